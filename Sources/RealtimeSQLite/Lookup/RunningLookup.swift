internal import EmbeddedSQL
import Synchronization

/// Connects a task's cancellation to the copy that runs its lookup at the moment.
final class RunningLookup: Sendable {
    private struct State {
        var isCancelled = false
        var interrupter: Interrupter?
    }

    private let state = Mutex(State())

    /// Runs `body`, which may be interrupted from now on; throws `CancellationError` if the task was cancelled before.
    func run<Result>(on session: CopySession, _ body: () throws -> Result) throws -> Result {
        let mayRun = state.withLock { state in
            guard !state.isCancelled else { return false }
            state.interrupter = session.connection.interrupter
            return true
        }
        guard mayRun else { throw CancellationError() }
        // Forgotten before the copy's lock is given up, so it is never somebody else's lookup that is stopped.
        defer { state.withLock { $0.interrupter = nil } }
        return try body()
    }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.interrupter?.interrupt()
        }
    }
}
