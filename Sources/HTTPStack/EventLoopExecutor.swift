import NIOCore
import Synchronization

/// Runs tasks on one event loop.
///
/// NIO's loops are serial executors only, which a task cannot prefer.
final class EventLoopExecutor: TaskExecutor {
    private static let known = Mutex<[ObjectIdentifier: EventLoopExecutor]>([:])

    /// Always the same for a loop, and kept as long as the process: there are as many as cores.
    static func executor(of loop: any EventLoop) -> EventLoopExecutor {
        known.withLock { known in
            if let executor = known[ObjectIdentifier(loop)] { return executor }
            let executor = EventLoopExecutor(loop)
            known[ObjectIdentifier(loop)] = executor
            return executor
        }
    }

    private let loop: any EventLoop

    private init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
