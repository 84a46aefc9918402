import Foundation
import Synchronization

/// A fixed number of threads for C calls that wait and for deep recursion; neither may run on Swift's cooperative pool.
///
/// Jobs wait in a queue of bounded length; one more is refused with ``ThreadPoolFull``. A job that is still queued when its
/// task is cancelled is dropped; stopping one that runs is its own affair (`PQcancel`, `sqlite3_interrupt`).
/// Threads start with the pool and end with ``shutDown()`` or when the pool is released.
public final class ThreadPool: Sendable {
    private let queue: JobQueue

    /// - Parameter stackSize: in bytes; the threads' own, so a recursive pass knows what it may use.
    public init(name: String, threads: Int, stackSize: Int = 8 << 20, queueLimit: Int = 1_024) {
        let queue = JobQueue(name: name, limit: queueLimit)
        self.queue = queue
        for number in 0..<threads {
            let thread = Thread { queue.work() }
            thread.name = "\(name)-\(number)"
            thread.stackSize = stackSize
            thread.start()
        }
    }

    deinit { queue.close() }

    /// Runs `body` on one of the threads. Throws what it throws, ``ThreadPoolFull``, or `CancellationError` if the task was
    /// cancelled before the job began.
    public func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        let ticket = Ticket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let accepted = queue.add { mayRun in
                    guard mayRun, ticket.begin() else { return continuation.resume(throwing: CancellationError()) }
                    continuation.resume(with: Swift.Result(catching: body))
                }
                if !accepted { continuation.resume(throwing: ThreadPoolFull(name: queue.name)) }
            }
        } onCancel: {
            ticket.cancel()
        }
    }

    /// The same for a caller that may block its own thread.
    public func runBlocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Swift.Result<Result, any Error>>(.failure(CancellationError()))
        let accepted = queue.add { mayRun in
            if mayRun {
                let result = Swift.Result(catching: body)
                outcome.withLock { $0 = result }
            }
            done.signal()
        }
        guard accepted else { throw ThreadPoolFull(name: queue.name) }
        done.wait()
        return try outcome.withLock { try $0.get() }
    }

    /// Ends the threads after the jobs they are running; jobs still queued fail with `CancellationError`.
    public func shutDown() { queue.close() }
}

/// More jobs were waiting than the pool's queue may hold.
public struct ThreadPoolFull: Error, CustomStringConvertible {
    public let name: String
    public var description: String { "the queue of the thread pool '\(name)' is full" }
}

/// Whether a job has begun or was cancelled first.
private final class Ticket: Sendable {
    private enum State { case waiting, begun, cancelled }
    private let state = Mutex(State.waiting)

    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .begun
            return true
        }
    }

    func cancel() {
        state.withLock { if case .waiting = $0 { $0 = .cancelled } }
    }
}

/// The threads share this and not the pool, so that releasing the pool can end them.
///
/// `@unchecked Sendable`: every stored variable is read and written under `condition`.
private final class JobQueue: @unchecked Sendable {
    typealias Job = @Sendable (_ mayRun: Bool) -> Void

    let name: String
    private let limit: Int
    private let condition = NSCondition()
    private var jobs: [Job] = []
    private var head = 0
    private var isClosed = false

    init(name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }

    func add(_ job: @escaping Job) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed, jobs.count - head < limit else { return false }
        jobs.append(job)
        condition.signal()
        return true
    }

    func work() {
        while let job = next() { job(true) }
    }

    private func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        while head == jobs.count {
            if isClosed { return nil }
            condition.wait()
        }
        let job = jobs[head]
        head += 1
        if head == jobs.count || head > 256 {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }

    func close() {
        condition.lock()
        let dropped = jobs[head...]
        jobs = []
        head = 0
        isClosed = true
        condition.broadcast()
        condition.unlock()
        for job in dropped { job(false) }
    }
}
