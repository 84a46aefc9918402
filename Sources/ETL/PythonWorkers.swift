import FeatureModel
import Foundation
public import Logging
import Synchronization
import Threads

/// Keeps Python processes warm and runs each ETL in one that holds it, or that has held nothing yet.
///
/// pandas is imported before anybody asks. A worker serves one program for the whole of its life. One that crashes fails
/// nothing at first: the call is made once more on a fresh one. Processes that are lost or ended are replaced in the background.
/// Workers start with ``start()`` or ``run()``, else at the first call; ``shutDown()`` ends them, so does releasing the last reference.
public final class PythonWorkers: ETLRuntime {
    let settings: PythonWorkerSettings
    let logger: Logger
    let state: Mutex<State>
    /// Calls block a thread each while they wait for their worker: as many as there are workers.
    let threads: ThreadPool
    /// Starts and ends processes. The sandbox ends a worker with the thread that made it, so these live as long as the workers.
    let starters: ThreadPool

    struct State: Sendable {
        var pool: WorkerPool
        var workers: [WorkerPool.WorkerID: Worker] = [:]
        var waiting: [WorkerPool.WaiterID: Waiting] = [:]
        var lastWaiter = 0
        var environment: WorkerEnvironment?
        var discovery: Task<WorkerEnvironment, any Error>?
        /// Until when a failed discovery is not repeated, however many calls come.
        var discoveryFailedUntil: Deadline?
        var lastStartFailure = ""
    }

    struct Waiting: Sendable {
        let continuation: CheckedContinuation<Grant, any Error>
        var timer: Task<Void, Never>?
    }

    /// A worker for the time of one call.
    struct Grant: Sendable {
        let id: WorkerPool.WorkerID
        let worker: Worker
        let holdsProgram: Bool
    }

    public init(settings: PythonWorkerSettings = PythonWorkerSettings(), logger: Logger) {
        self.settings = settings
        self.logger = logger
        let pool = WorkerPool(most: settings.workers, spares: settings.spares, mostWaiting: settings.mostWaiting)
        state = Mutex(State(pool: pool))
        threads = ThreadPool(name: "etl", threads: pool.most, stackSize: 1 << 20)
        starters = ThreadPool(name: "etl-start", threads: 2, stackSize: 1 << 20)
    }

    // MARK: Life

    /// Finds Python and the best sandbox that works here, and starts the first workers. Throws ``ETLError`` `notInstalled` or
    /// `notIsolated`; may be called again later, e.g. after the package has been installed.
    public func start() async throws { _ = try await environment() }

    /// Starts the workers and looks after them until the task is cancelled; then ends them.
    /// What can't be started is logged and tried again at the next call.
    public func run() async {
        do {
            try await start()
        } catch {
            logger.warning("no ETL can run", metadata: ["reason": "\(error)"])
        }
        var seconds = 0
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            seconds += 1
            lookAfter(retrying: seconds.isMultiple(of: 5))
        }
        shutDown()
    }

    /// Ends every worker. Calls under way fail, later ones too.
    public func shutDown() { perform(state.withLock { $0.pool.shutDown() }) }

    /// Replaces workers that died while nobody used them.
    private func lookAfter(retrying: Bool) {
        let actions = state.withLock { state in
            var actions: [WorkerPool.Action] = []
            for id in state.pool.unused {
                guard let worker = state.workers[id], worker.child.exitStatus() != nil else { continue }
                state.workers[id] = nil
                actions += state.pool.remove(id, isCrash: true)
            }
            if retrying, state.environment != nil { actions += state.pool.retry() }
            return actions
        }
        perform(actions)
    }

    // MARK: About

    public func runtimeDescription() async throws -> String { try await environment().description }

    /// What a platform person should know, e.g. that workers are not cut off from the network; empty when all is well.
    public func warnings() -> [String] {
        guard case .some(let environment) = state.withLock({ $0.environment }) else { return [] }
        return environment.warnings
    }

    public func statistics() -> ETLStatistics {
        state.withLock { state in
            ETLStatistics(idle: state.pool.idleCount, busy: state.pool.busyCount, started: state.pool.started, crashed: state.pool.crashed)
        }
    }
}
