import Foundation
import Synchronization
import Threads
import Warehouse

/// The stop button of one run: reachable by the caller's task, the clock and whoever drops the rows, while a thread is at work.
final class RunControl: Sendable {
    private struct State: Sendable {
        var stopped: (any Error)?
        var handle: CancelHandle?
        var hasBegun = false
        var onStop: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let canceller: ThreadPool
    /// Seconds the server was given.
    let seconds: Double

    /// - Parameter canceller: where requests to cancel are sent from; they block for a round trip.
    init(seconds: Double, canceller: ThreadPool) {
        // `statement_timeout` is 31 bits of milliseconds.
        self.seconds = min(max(seconds, 0.001), 2_000_000)
        self.canceller = canceller
    }

    static func timeout(_ seconds: Double) -> WarehouseError {
        WarehouseError(
            .timeout, "The statement took longer than its limit of \(Int(seconds.rounded(.up))) s.",
            hint: "Select fewer rows, add an index in the warehouse, or ask for a higher limit.")
    }

    /// Why the run was stopped from outside, if it was.
    var reason: (any Error)? { state.withLock { $0.stopped } }

    /// Runs `body` when the run is stopped; at once if it is already.
    func onStop(_ body: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            state.onStop = body
            return state.stopped != nil
        }
        if isStopped { body() }
    }

    /// Stops the run, wherever it is. The first reason counts.
    func stop(_ reason: any Error) {
        let (handle, body) = state.withLock { state -> (CancelHandle?, (@Sendable () -> Void)?) in
            guard state.stopped == nil else { return (nil, nil) }
            state.stopped = reason
            return (state.handle, state.onStop)
        }
        body?()
        guard let handle else { return }
        let canceller = canceller
        Task.detached { try? await canceller.run { handle.cancel() } }
    }

    /// Stops the run if no thread has taken it up yet; answers whether that is so.
    func stopIfWaiting(_ reason: any Error) -> Bool {
        state.withLock { state in
            guard !state.hasBegun, state.stopped == nil else { return false }
            state.stopped = reason
            return true
        }
    }

    // MARK: On the thread

    /// Throws if the run was stopped while it waited.
    func begin() throws {
        try state.withLock { state in
            if let stopped = state.stopped { throw stopped }
            state.hasBegun = true
        }
    }

    /// From here to ``detach()`` a stop reaches the server.
    func attach(_ handle: CancelHandle) throws {
        handle.activate()
        let stopped = state.withLock { state in
            state.handle = handle
            return state.stopped
        }
        if let stopped {
            detach()
            throw stopped
        }
    }

    func detach() {
        let handle = state.withLock { state in
            defer { state.handle = nil }
            return state.handle
        }
        handle?.deactivate()
    }

    /// What to tell the caller about a failure on the thread.
    func explain(_ error: any Error, after elapsed: Double) -> any Error {
        if let reason { return reason }
        guard let failure = error as? StatementFailure else { return error }
        if let complaint = failure.complaint, complaint.isCancellation, elapsed >= seconds * 0.95 { return Self.timeout(seconds) }
        return failure.error
    }
}
