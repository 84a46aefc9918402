import Dispatch
import Synchronization
import Testing
import Threads

@Suite("Threads")
struct ThreadsTests {
    @Test("runs jobs on its threads and hands back what they return and throw")
    func results() async throws {
        let pool = ThreadPool(name: "test", threads: 2)
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<100 { group.addTask { try await pool.run { number * 2 } } }
            return try await group.reduce(0, +)
        }
        #expect(values == 9_900)
        await #expect(throws: CancellationError.self) { try await pool.run { throw CancellationError() } }
        #expect(try pool.runBlocking { 7 } == 7)
    }

    @Test("refuses jobs beyond its queue, and fails those still queued when it is shut down")
    func limits() async throws {
        let pool = ThreadPool(name: "test", threads: 1, queueLimit: 1)
        let started = BatchChannel<Bool>(), gate = DispatchSemaphore(value: 0)
        let running = Task {
            try await pool.run {
                try started.send(true)
                gate.wait()
            }
        }
        _ = try await started.makeAsyncIterator().next()
        // One of three finds room in the queue; it waits until the pool is shut down.
        let outcomes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do { try await pool.run {}; return "ran" } catch { return "\(type(of: error))" }
                }
            }
            var outcomes: [String] = []
            while let outcome = await group.next() {
                outcomes.append(outcome)
                if outcomes.count == 2 { pool.shutDown() }
            }
            return outcomes
        }
        #expect(outcomes == ["ThreadPoolFull", "ThreadPoolFull", "CancellationError"])
        gate.signal()
        try await running.value
    }

    @Test("drops a queued job whose task is cancelled")
    func cancelled() async throws {
        let pool = ThreadPool(name: "test", threads: 1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pool.run {}
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("recurses a million deep on a large stack")
    func stack() async throws {
        @Sendable func depth(_ n: Int) -> Int { n == 0 ? 0 : 1 + depth(n - 1) }
        let reached = try await ThreadPool(name: "deep", threads: 1, stackSize: 512 << 20).run { depth(1_000_000) }
        #expect(reached == 1_000_000)
    }

    @Test("holds the producer back until the consumer reads, and tells it when the consumer has gone")
    func backPressure() async throws {
        let pool = ThreadPool(name: "producer", threads: 1)
        let channel = BatchChannel<Int>(capacity: 2)
        let produced = Mutex(0)
        let producer = Task {
            try await pool.run {
                for number in 0..<1_000 {
                    try channel.send(number)
                    produced.withLock { $0 += 1 }
                }
                channel.finish()
            }
        }
        var seen = 0
        for try await number in channel {
            #expect(number == seen)
            #expect(produced.withLock { $0 } <= seen + 4)
            seen += 1
            if seen == 500 { break }
        }
        channel.abandon()
        await #expect(throws: BatchChannel<Int>.Closed.self) { try await producer.value }
    }
}
