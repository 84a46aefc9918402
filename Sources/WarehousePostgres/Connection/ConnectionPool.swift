import Foundation
import Synchronization
import Threads
import Warehouse

/// Sessions, each used by one thread at a time, opened when needed and again after a loss.
///
/// There are as many sessions as threads; callers wait in a bounded queue for a bounded time, then are told `busy`.
final class ConnectionPool: Sendable {
    private let settings: ConnectionSettings
    private let threads: ThreadPool
    private let canceller: ThreadPool
    private let idle = Mutex<[PostgresConnection]>([])
    private let isClosed = Atomic(false)
    private let patience: Double
    /// Called after a connection was lost or could not be made.
    private let onLoss: @Sendable () -> Void

    init(
        _ settings: ConnectionSettings, name: String, connections: Int, queueLimit: Int, patience: Double, canceller: ThreadPool,
        onLoss: @escaping @Sendable () -> Void = {}
    ) {
        self.settings = settings
        self.patience = patience
        self.canceller = canceller
        self.onLoss = onLoss
        threads = ThreadPool(name: name, threads: connections, queueLimit: queueLimit)
    }

    /// Runs `body` on a thread with a session, within one transaction that ends with it.
    /// Cancelling the task stops the statement on the server.
    func run<Answer: Sendable>(seconds: Double, _ body: @escaping @Sendable (PostgresConnection) throws -> Answer) async throws -> Answer {
        let control = RunControl(seconds: seconds, canceller: canceller)
        return try await submit(control) { try self.transaction(control, body) }
    }

    /// Starts work that goes on after this call: it returns, or throws, when `body` calls `started` or fails before.
    /// From then on `control` alone stops it; `onEnd` says how it ended.
    func begin(
        _ control: RunControl, onEnd: @escaping @Sendable (Result<Void, any Error>) -> Void,
        _ body: @escaping @Sendable (PostgresConnection, _ started: () -> Void) throws -> Void
    ) async throws {
        let started = FirstAnswer<Void>()
        Task {
            do {
                try await submit(control) { try self.transaction(control) { try body($0) { started.give(.success(())) } } }
                onEnd(.success(()))
                started.give(.success(()))
            } catch {
                onEnd(.failure(error))
                started.give(.failure(error))
            }
        }
        try await withTaskCancellationHandler {
            try await started.value()
        } onCancel: {
            if control.stopIfWaiting(CancellationError()) { started.give(.failure(CancellationError())) } else { control.stop(CancellationError()) }
        }
    }

    func makeControl(seconds: Double) -> RunControl { RunControl(seconds: seconds, canceller: canceller) }

    /// Ends idle sessions; those in use end when they come back.
    func close() {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        idle.withLock { $0 = [] }
        threads.shutDown()
    }

    // MARK: Waiting

    private func submit<Answer: Sendable>(_ control: RunControl, _ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        let answer = FirstAnswer<Answer>()
        Task {
            do { answer.give(.success(try await threads.run(work))) } catch { answer.give(.failure(error)) }
        }
        let clock = Task {
            try await Task.sleep(for: .seconds(patience))
            if control.stopIfWaiting(Self.busy) { return answer.give(.failure(Self.busy)) }
            // The server stops by itself at its limit; this is for one that is frozen, and for readers that never read.
            try await Task.sleep(for: .seconds(max(0, control.seconds + 5 - patience)))
            control.stop(RunControl.timeout(control.seconds))
        }
        defer { clock.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await answer.value()
            } onCancel: {
                // A job that waits is passed over when its turn comes; one that runs ends by itself, told by the server.
                if control.stopIfWaiting(CancellationError()) {
                    answer.give(.failure(CancellationError()))
                } else {
                    control.stop(CancellationError())
                }
            }
        } catch is ThreadPoolFull {
            throw isClosed.load(ordering: .relaxed) ? Self.closed : Self.busy
        } catch is CancellationError where isClosed.load(ordering: .relaxed) {
            throw Self.closed
        }
    }

    private static let closed = ServerComplaint.unavailable("The service is shutting down.")

    private static let busy = WarehouseError(
        .busy, "Too many callers wait for the warehouse.", reason: "Every connection is in use, and the queue is full or moved too slowly.",
        hint: "Try again later, or give the service more warehouse connections.")

    // MARK: On a thread

    /// Where nothing was written, rolling back also undoes what a statement did to the session's settings; a lock it took is let go.
    private var ending: String { settings.isReadOnly ? "ROLLBACK; SELECT pg_catalog.pg_advisory_unlock_all()" : "COMMIT" }

    private func transaction<Answer>(_ control: RunControl, _ body: (PostgresConnection) throws -> Answer) throws -> Answer {
        try control.begin()
        let began = ContinuousClock.now
        do {
            let connection = try open(control)
            defer { control.detach() }
            do {
                let answer = try body(connection)
                try connection.execute(ending)
                control.detach()
                giveBack(connection)
                return answer
            } catch {
                // After a refusal the session is as good as before; after a cancellation or a loss it is dropped.
                let isWhole = connection.isConnected && control.reason == nil && !connection.cancelHandle.wasUsed
                let mayGoOn = isWhole && (try? connection.execute(settings.isReadOnly ? ending : "ROLLBACK")) != nil
                control.detach()
                if mayGoOn { giveBack(connection) }
                throw error
            }
        } catch {
            let elapsed = began.duration(to: .now) / .seconds(1)
            let explained = control.explain(error, after: elapsed)
            if (explained as? WarehouseError)?.kind == .unavailable {
                idle.withLock { $0 = [] }
                onLoss()
            }
            throw explained
        }
    }

    /// A session in a transaction. A session that had been idle may turn out to be dead; then a new one is made.
    private func open(_ control: RunControl) throws -> PostgresConnection {
        let milliseconds = Int((control.seconds * 1000).rounded(.up))
        let beginning = "BEGIN\(settings.isReadOnly ? " READ ONLY" : ""); SET LOCAL statement_timeout = \(milliseconds)"
        while let connection = idle.withLock({ $0.popLast() }) {
            if connection.hasBeenClosed() { continue }
            do {
                try control.attach(connection.cancelHandle)
                try connection.execute(beginning)
                return connection
            } catch let failure as StatementFailure {
                control.detach()
                if failure.error.kind != .unavailable || control.reason != nil { throw failure }
            }
        }
        let connection = try PostgresConnection(settings)
        try control.attach(connection.cancelHandle)
        try connection.execute(beginning)
        return connection
    }

    private func giveBack(_ connection: PostgresConnection) {
        guard connection.isReusable, !isClosed.load(ordering: .sequentiallyConsistent) else { return }
        idle.withLock { $0.append(connection) }
    }
}
