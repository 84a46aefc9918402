public import Logging
import Foundation
import Synchronization

/// A private PostgreSQL in a folder of ours: the default warehouse, the prover's server, the tests' server.
///
/// It listens on a Unix socket alone, which only the service's own user (and root) can reach, and never runs as root.
/// ``start()`` makes the cluster if there is none, stops what a killed service left running, and returns when the server answers.
/// From then on the server is started again whenever it dies, at the same address, until ``stop()``.
///
/// ```swift
/// let server = EmbeddedPostgres(folder: "/var/lib/featurestore/postgres", profile: .durable, log: log)
/// try await server.start()
/// let warehouse = PostgresWarehouse(url: try server.connectionString(), …)
/// ```
public final class EmbeddedPostgres: Sendable {
    /// Who a connection is.
    public enum Role: Sendable {
        /// May do everything.
        case owner
        /// May select from every table, and nothing else.
        case reader
        /// May make and drop schemas, tables and temporary views in the database `postgres`; for typing statements.
        case prover
    }

    public let folder: String
    private let profile: ServerProfile
    private let settings: [String: String]
    private let startLimit: Double
    private let log: Logger
    private let keeper = Mutex<ServerKeeper?>(nil)
    private let roles = ServerRoles()

    /// - Parameters:
    ///   - folder: made if absent; when the service is root, the user `postgres` (or `nobody`) must be able to traverse those above it.
    ///   - settings: PostgreSQL settings that add to or replace the profile's.
    ///   - startLimit: seconds the server may take until it answers, crash recovery included.
    public init(folder: String, profile: ServerProfile, settings: [String: String] = [:], startLimit: Double = 120, log: Logger) {
        self.folder = folder
        self.profile = profile
        self.settings = settings
        self.startLimit = startLimit
        self.log = log
    }

    deinit { keeper.withLock { $0 }?.stop() }

    /// Returns when the server answers; at once if it does already.
    /// Throws `EmbeddedPostgresError` if it cannot be started, after which it may be tried again.
    public func start() async throws {
        let keeper = current()
        try await withCheckedThrowingContinuation { continuation in keeper.whenReady { continuation.resume(with: $0) } }
    }

    /// The same for a caller that may block its thread.
    public func startBlocking() throws {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Void, any Error>>(.success(()))
        current().whenReady { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        try outcome.withLock { try $0.get() }
    }

    /// Starts the server, keeps it until the task is cancelled, then stops it. For a group of services that end in reverse order.
    public func run() async throws {
        try await start()
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
        await stop()
    }

    /// A fast shutdown: transactions are rolled back, connections closed, everything acknowledged is on disk. Bounded, at most 35 s.
    public func stop() async {
        guard let keeper = keeper.withLock({ $0 }) else { return }
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                keeper.stop()
                continuation.resume()
            }
        }
    }

    /// The same, blocking; for the end of a process.
    public func stopBlocking() { keeper.withLock { $0 }?.stop() }

    /// libpq's form: `host=… user=… dbname=…`. The same from ``start()`` to ``stop()``, also across restarts of the server;
    /// throws before and after.
    public func connectionString(database: String? = nil, role: Role = .owner) throws -> String {
        guard let socket = keeper.withLock({ $0 })?.socketFolder else {
            throw EmbeddedPostgresError(.notRunning, "The private PostgreSQL in \(folder) has not been started.")
        }
        let (user, standard) =
            switch role {
            case .owner: (roles.owner, roles.database)
            case .reader: (roles.reader, roles.database)
            case .prover: (roles.prover, "postgres")
            }
        return "host=\(socket) port=5432 user=\(user) dbname=\(database ?? standard)"
    }

    /// Of the server at present; nil while there is none.
    public var processID: Int32? { keeper.withLock { $0 }?.processID }

    private func current() -> ServerKeeper {
        keeper.withLock { keeper in
            if let keeper, !keeper.hasEnded { return keeper }
            let new = ServerKeeper(path: folder, profile: profile, settings: settings, startLimit: startLimit, log: log)
            new.begin()
            keeper = new
            return new
        }
    }
}
