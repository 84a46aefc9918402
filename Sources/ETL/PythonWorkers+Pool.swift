import FeatureModel
import Foundation
import Logging
import Synchronization
import Threads

extension PythonWorkers {
    /// Waits for a worker, lends it to `body`, and takes it back or replaces it.
    func withWorker<Result>(
        for program: ETLProgram, memory: Int, lane: WorkerPool.Lane, wantsFresh: Bool, _ body: (Grant) async throws -> Result
    ) async throws -> Result {
        _ = try await environment()
        let key = WorkerPool.Key(program: program.id, memory: memory)
        let grant = try await acquire(key, lane, wantsFresh: wantsFresh)
        do {
            try Task.checkCancellation()
            let result = try await body(grant)
            giveBack(grant)
            return result
        } catch {
            // Cancelled, or the input failed in the middle: whatever the worker is doing, nobody wants it.
            if !(error is ETLError) { grant.worker.giveUp() }
            giveBack(grant)
            throw error
        }
    }

    private func giveBack(_ grant: Grant) {
        if Task.isCancelled { grant.worker.giveUp() }
        let isSpent = grant.worker.isSpent
        let actions = state.withLock { state in
            if isSpent {
                state.workers[grant.id] = nil
                return state.pool.remove(grant.id, isCrash: grant.worker.isCrashed)
            }
            return state.pool.release(grant.id)
        }
        if isSpent { end(grant.worker) }
        perform(actions)
    }

    private func acquire(_ key: WorkerPool.Key, _ lane: WorkerPool.Lane, wantsFresh: Bool) async throws -> Grant {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let seconds = lane == .training ? settings.trainingWaitSeconds : settings.waitSeconds
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = WorkerPool.Waiter(id: id, key: key, lane: lane, wantsFresh: wantsFresh)
                let actions = state.withLock { state in
                    state.waiting[id] = Waiting(continuation: continuation)
                    return state.pool.acquire(waiter)
                }
                perform(actions)
                limitWait(of: id, seconds: seconds)
            }
        } onCancel: {
            abandon(id, CancellationError())
        }
    }

    private func limitWait(of id: WorkerPool.WaiterID, seconds: Double) {
        state.withLock { state in
            guard state.waiting[id] != nil else { return }
            state.waiting[id]?.timer = Task { [weak self] in
                guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
                self?.abandon(id, Self.busy("no worker became free within \(seconds) s"))
            }
        }
    }

    private func abandon(_ id: WorkerPool.WaiterID, _ error: any Error) {
        let waiting = state.withLock { state in
            state.pool.abandon(id) ? state.waiting.removeValue(forKey: id) : nil
        }
        waiting?.timer?.cancel()
        waiting?.continuation.resume(throwing: error)
    }

    static func busy(_ reason: String) -> ETLError {
        ETLError(.busy, "all ETL workers are busy", reason: reason, hint: "try again, or give the service more workers")
    }

    // MARK: Carrying out what the pool decided

    func perform(_ actions: [WorkerPool.Action]) {
        for action in actions {
            switch action {
            case .start(let id): Task { await startWorker(id) }
            case .stop(let id):
                if let worker = state.withLock({ $0.workers.removeValue(forKey: id) }) { end(worker) }
            case .grant(let waiter, let id, let holdsProgram):
                let (waiting, worker) = state.withLock { ($0.waiting.removeValue(forKey: waiter), $0.workers[id]) }
                waiting?.timer?.cancel()
                if let worker {
                    waiting?.continuation.resume(returning: Grant(id: id, worker: worker, holdsProgram: holdsProgram))
                } else {
                    waiting?.continuation.resume(throwing: WorkerLost(reason: "it was ended"))
                }
            case .refuse(let waiter, let refusal): refuse(waiter, refusal)
            }
        }
    }

    private func refuse(_ waiter: WorkerPool.WaiterID, _ refusal: WorkerPool.Refusal) {
        let (waiting, failure) = state.withLock { ($0.waiting.removeValue(forKey: waiter), $0.lastStartFailure) }
        waiting?.timer?.cancel()
        let error =
            switch refusal {
            case .full: Self.busy("\(settings.mostWaiting) calls are waiting already")
            case .shutDown: ETLError(.busy, "the service is stopping", hint: "try again")
            case .startFailed: ETLError(.notInstalled, "no ETL worker can be started", reason: failure, hint: "see the service's log")
            }
        waiting?.continuation.resume(throwing: error)
    }

    private func startWorker(_ id: WorkerPool.WorkerID) async {
        do {
            let environment = try await environment()
            let command = environment.command(for: id, settings)
            let seconds = settings.startSeconds
            let worker = try await starters.run {
                func start() throws -> Worker { try Worker(command, environment: Sandbox.environment, deadline: Deadline(seconds: seconds)) }
                // One that was killed as it started says nothing about the next.
                do { return try start() } catch is WorkerLost { return try start() }
            }
            perform(
                state.withLock { state in
                    state.workers[id] = worker
                    return state.pool.didStart(id)
                })
        } catch {
            let reason = (error as? WorkerLost)?.reason ?? "\(error)"
            logger.error("an ETL worker could not be started", metadata: ["reason": "\(reason)"])
            perform(
                state.withLock { state in
                    state.lastStartFailure = reason
                    return state.pool.failedToStart(id)
                })
        }
    }

    /// Off the caller's thread: the kernel takes a moment to end a process.
    private func end(_ worker: Worker) {
        worker.child.interrupt()
        Task { try? await starters.run { worker.child.end() } }
    }
}
