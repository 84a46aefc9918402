public import EmbeddedPostgres
import Foundation
import Logging
import Synchronization

/// One scratch PostgreSQL for a test run, started by the first test that needs it and stopped when the process ends.
/// A run in which it cannot be started fails: nothing here skips.
public final class TestPostgres: Sendable {
    public let server: EmbeddedPostgres
    private let droppings = DispatchQueue(label: "test-postgres-droppings")
    private let counter = Atomic<Int>(0)

    /// Blocks the first caller until the server answers.
    public static var shared: TestPostgres {
        get throws { try started.get() }
    }

    private static let started = Result {
        let folder = try TemporaryFolder.make("fstest")
        let server = EmbeddedPostgres(
            folder: folder.path + "/postgres", profile: .scratch, settings: ["max_connections": "300"],
            log: Logger(label: "test-postgres", factory: { _ in SwiftLogNoOpLogHandler() }))
        try server.startBlocking()
        atexit {
            guard let test = try? TestPostgres.shared else { return }
            test.server.stopBlocking()
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: test.server.folder).deletingLastPathComponent())
        }
        return TestPostgres(server: server)
    }

    private init(server: EmbeddedPostgres) {
        self.server = server
    }

    /// A fresh database, in which `sql` has been run; dropped, connections and all, some time after the value returned is released.
    ///
    /// - Parameter locale: one that the machine has; nil for the server's, C.UTF-8.
    public func createDatabase(_ sql: String = "", locale: String? = nil) throws -> TestDatabase {
        let name = "test_\(counter.add(1, ordering: .relaxed).newValue)"
        try run("CREATE DATABASE \(name) TEMPLATE template0\(locale.map { " LOCALE '\($0)'" } ?? "")", in: "postgres")
        let database = TestDatabase(name: name, postgres: self)
        if !sql.isEmpty { try database.run(sql) }
        return database
    }

    /// Not waited for: PostgreSQL drops a database once every session of the server has noticed, and a session that streams to a
    /// slow test notices late.
    fileprivate func drop(_ name: String) {
        droppings.async { _ = try? self.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", in: "postgres") }
    }

    /// Runs statements through psql; see ``Psql/run(_:on:)``.
    @discardableResult
    public func run(_ sql: String, in database: String) throws -> String {
        try Psql.run(sql, on: server.connectionString(database: database))
    }
}

/// A database of one test.
public final class TestDatabase: Sendable {
    public let name: String
    private let postgres: TestPostgres

    init(name: String, postgres: TestPostgres) {
        self.name = name
        self.postgres = postgres
    }

    deinit { postgres.drop(name) }

    /// libpq's `key=value` form, as the role that owns everything.
    public var url: String { get throws { try postgres.server.connectionString(database: name) } }

    /// The same as the role that may select and do nothing else.
    public var readerURL: String { get throws { try postgres.server.connectionString(database: name, role: .reader) } }

    /// Runs statements and answers what they print: rows a line, columns separated by `|`.
    @discardableResult
    public func run(_ sql: String) throws -> String { try postgres.run(sql, in: name) }
}
