import FeatureModel
import Foundation
public import Logging
import Synchronization
import Threads
public import Warehouse

/// The warehouse through libpq.
///
/// Sessions are used by threads of a bounded pool, never by Swift's cooperative ones: some for streams of rows, which can last,
/// and two for short questions, so that a description or a health check never waits behind a training run.
public final class PostgresWarehouse: Warehouse {
    /// What bounds the sessions.
    public struct Limits: Sendable {
        /// Sessions in all, at least 3; two of them are kept for short questions.
        public var connections = 8
        /// Callers that may wait for a session, for streams and for questions each.
        public var queue = 512
        /// Seconds a caller waits for a session before it is told `busy`.
        public var patience = 10.0
        /// Seconds a short question may take.
        public var questionSeconds = 10.0
        /// Seconds the load of one table may take.
        public var loadSeconds = 3_600.0

        public init() {}
    }

    let settings: ConnectionSettings
    let limits: Limits
    let questions: ConnectionPool
    let streams: ConnectionPool
    let log: Logger
    private let known: KnownEnvironment

    /// - Parameters:
    ///   - url: `postgres://…` or libpq's `key=value` form. Throws if it is neither; nothing is connected yet.
    ///   - searchPath: schemas in which unqualified table names are looked up, e.g. `["feature_store", "public"]`.
    ///   - timeZone: the sessions' TimeZone.
    public init(url: String, searchPath: [String], timeZone: String = "UTC", limits: Limits = Limits(), log: Logger) throws {
        settings = try ConnectionSettings(url: url, searchPath: searchPath, timeZone: timeZone, isReadOnly: true)
        self.limits = limits
        self.log = log
        let known = KnownEnvironment()
        self.known = known
        let canceller = ThreadPool(name: "warehouse-cancel", threads: 1)
        let onLoss: @Sendable () -> Void = { known.forget() }
        questions = ConnectionPool(
            settings, name: "warehouse-ask", connections: 2, queueLimit: limits.queue, patience: limits.patience, canceller: canceller, onLoss: onLoss
        )
        streams = ConnectionPool(
            settings, name: "warehouse-rows", connections: max(1, limits.connections - 2), queueLimit: limits.queue, patience: limits.patience,
            canceller: canceller, onLoss: onLoss)
    }

    public func environment() async throws -> WarehouseEnvironment {
        if let value = known.value { return value }
        let searchPath = settings.searchPath
        let value = try await questions.run(seconds: limits.questionSeconds) { try EnvironmentReader.read($0, searchPath: searchPath) }
        known.remember(value)
        return value
    }

    public func definitions(of references: [RelationReference]) async throws -> ResolvedDefinitions {
        guard !references.isEmpty else { return ResolvedDefinitions(tables: [], meaning: [:]) }
        let searchPath = settings.searchPath
        return try await questions.run(seconds: limits.questionSeconds) {
            try DefinitionReader(connection: $0, searchPath: searchPath).read(references)
        }
    }

    public func describe(_ sql: String) async throws -> [OutputColumn] {
        try await questions.run(seconds: limits.questionSeconds) { try StatementDescription.read(sql, on: $0).columns }
    }

    public func explain(_ sql: String) async throws -> [String] {
        try await questions.run(seconds: limits.questionSeconds) { connection in
            // Only what PostgreSQL takes for one SELECT is explained: EXPLAIN ANALYZE would run it.
            _ = try StatementDescription.read(sql, on: connection)
            let rows = try connection.query("EXPLAIN " + sql)
            return (0..<rows.rowCount).map { rows.string($0, 0) }
        }
    }

    public func ping() async throws {
        try await questions.run(seconds: min(2, limits.questionSeconds)) { try $0.execute("SELECT 1") }
    }

    /// Ends idle sessions and the threads; runs that are under way end first.
    public func close() async {
        questions.close()
        streams.close()
    }
}

/// What the server was when it was last asked; forgotten when a connection is lost, for another server may come back.
private final class KnownEnvironment: Sendable {
    private let stored = Mutex<WarehouseEnvironment?>(nil)

    var value: WarehouseEnvironment? { stored.withLock { $0 } }
    func remember(_ value: WarehouseEnvironment) { stored.withLock { $0 = value } }
    func forget() { stored.withLock { $0 = nil } }
}
