public import FeatureModel
import Foundation
import Synchronization
import Threads
public import Warehouse

/// Types statements on a private PostgreSQL (a scratch `EmbeddedPostgres`), in transactions that are rolled back.
///
/// Its role should be allowed to create schemas, tables and temporary views in its database and nothing else: statements reach
/// it before anybody has run them.
public final class PostgresProver: Prover {
    private let pool: ConnectionPool
    private let cache: TypedStatementCache
    private let seconds: Double

    /// - Parameters:
    ///   - url: of a database in which nothing is kept.
    ///   - connections: statements that are typed at once.
    ///   - seconds: for one statement.
    ///   - cached: answers that are kept, by statement, definitions and environment.
    public init(url: String, connections: Int = 2, seconds: Double = 20, cached: Int = 256) throws {
        let settings = try ConnectionSettings(url: url, searchPath: ["public"], timeZone: "UTC", isReadOnly: false)
        let canceller = ThreadPool(name: "prover-cancel", threads: 1)
        pool = ConnectionPool(settings, name: "prover", connections: connections, queueLimit: 64, patience: seconds, canceller: canceller)
        cache = TypedStatementCache(limit: cached)
        self.seconds = seconds
    }

    public func type(_ sql: String, over tables: [TableDefinition], environment: WarehouseEnvironment) async throws -> TypedStatement {
        let key = TypedStatementCache.Key(sql: sql, tables: tables, environment: environment)
        if let known = cache[key] { return known }
        let typed = try await pool.run(seconds: seconds) { connection in
            try TypingTransaction(connection: connection, tables: tables, environment: environment).run([sql])[0].get()
        }
        cache[key] = typed
        return typed
    }

    /// Types statements over the same tables, which are copied once for all of them: their answers are kept, and ``type(_:over:environment:)``
    /// gives them without another copy as long as `cached` allows. A statement that is refused is left for that to tell.
    public func prepare(_ statements: [String], over tables: [TableDefinition], environment: WarehouseEnvironment) async throws {
        let answers = try await pool.run(seconds: seconds) { connection in
            try TypingTransaction(connection: connection, tables: tables, environment: environment).run(statements)
        }
        for (sql, answer) in zip(statements, answers) {
            guard case .success(let typed) = answer else { continue }
            cache[TypedStatementCache.Key(sql: sql, tables: tables, environment: environment)] = typed
        }
    }

    public func rehearse(
        _ rehearsals: [Rehearsal], over tables: [TableDefinition], environment: WarehouseEnvironment, limits: RehearsalLimits
    ) async throws -> [RehearsalOutcome] {
        try await pool.run(seconds: limits.seconds) { connection in
            try RehearsalTransaction(connection: connection, tables: tables, environment: environment, limits: limits).run(rehearsals)
        }
    }

    public func close() async { pool.close() }
}

/// The answers used last. Statements and definitions decide an answer completely: an entry never grows old.
final class TypedStatementCache: Sendable {
    struct Key: Hashable {
        let sql: String
        let tables: [TableDefinition]
        let environment: WarehouseEnvironment
    }

    private struct Store {
        var entries: [Key: (statement: TypedStatement, used: Int)] = [:]
        var clock = 0
    }

    private let limit: Int
    private let store = Mutex(Store())

    init(limit: Int) { self.limit = limit }

    subscript(key: Key) -> TypedStatement? {
        get {
            store.withLock { store in
                guard let entry = store.entries[key] else { return nil }
                store.clock += 1
                store.entries[key]?.used = store.clock
                return entry.statement
            }
        }
        set {
            store.withLock { store in
                store.clock += 1
                store.entries[key] = newValue.map { ($0, store.clock) }
                if store.entries.count > limit, let oldest = store.entries.min(by: { $0.value.used < $1.value.used }) {
                    store.entries[oldest.key] = nil
                }
            }
        }
    }
}
