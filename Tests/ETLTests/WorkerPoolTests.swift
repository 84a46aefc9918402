import FeatureModel
import Testing
@testable import ETL

@Suite("Who gets which worker")
struct WorkerPoolTests {
    private func key(_ number: Int, memory: Int = 1) -> WorkerPool.Key {
        let digits = String(number)
        return WorkerPool.Key(program: ETLID(String(repeating: "0", count: 24 - digits.count) + digits)!, memory: memory)
    }

    private func waiter(_ id: Int, _ program: Int, lane: WorkerPool.Lane = .realtime, fresh: Bool = false) -> WorkerPool.Waiter {
        WorkerPool.Waiter(id: id, key: key(program), lane: lane, wantsFresh: fresh)
    }

    /// A pool whose spares have started.
    private func warm(most: Int = 4, spares: Int = 2) -> WorkerPool {
        var pool = WorkerPool(most: most, spares: spares, mostWaiting: 10)
        for case .start(let id) in pool.adopt(0) { _ = pool.didStart(id) }
        return pool
    }

    @Test("the first call takes a spare, and another spare is started")
    func takesSpare() {
        var pool = warm()
        #expect(pool.idleCount == 2)
        let step1 = pool.acquire(waiter(1, 7))
        #expect(step1 == [.grant(1, 0, holdsProgram: false), .start(2)])
        #expect(pool.busyCount == 1)
    }

    @Test("the next call of the same program takes the worker that holds it")
    func prefersHolder() {
        var pool = warm()
        _ = pool.acquire(waiter(1, 7))
        _ = pool.didStart(2)
        let step2 = pool.release(0)
        #expect(step2 == [])
        let step3 = pool.acquire(waiter(2, 7))
        #expect(step3 == [.grant(2, 0, holdsProgram: true)])
    }

    @Test("no worker ever serves two programs, nor one program under two memory limits")
    func isBound() {
        var pool = warm()
        _ = pool.acquire(waiter(1, 7))
        _ = pool.release(0)
        let step4 = pool.acquire(waiter(2, 8))
        #expect(step4.contains(.grant(2, 1, holdsProgram: false)))
        let other = WorkerPool.Waiter(id: 3, key: key(7, memory: 2), lane: .realtime, wantsFresh: false)
        let step5 = pool.acquire(other)
        #expect(!step5.contains { if case .grant(3, 0, _) = $0 { true } else { false } })
    }

    @Test("a full pool ends the worker that was idle longest")
    func evicts() {
        var pool = warm(most: 2, spares: 1)
        for program in 1...2 {
            let actions = pool.acquire(waiter(program, program))
            for case .start(let id) in actions { _ = pool.didStart(id) }
        }
        _ = pool.release(1)
        _ = pool.release(0)
        let step6 = pool.acquire(waiter(3, 3))
        #expect(step6 == [.stop(1), .start(2)])
        let step7 = pool.didStart(2)
        #expect(step7 == [.grant(3, 2, holdsProgram: false)])
    }

    @Test("who waits longest is served first, also by ending a worker that a younger one could use")
    func isFair() {
        var pool = warm(most: 2, spares: 0)
        _ = pool.acquire(waiter(1, 1))
        for case .start(let id) in pool.acquire(waiter(2, 1, lane: .training)) { _ = pool.didStart(id) }
        let step8 = pool.acquire(waiter(3, 3))
        #expect(step8 == [])
        let step9 = pool.acquire(waiter(4, 1))
        #expect(step9 == [])
        let step10 = pool.release(0)
        #expect(step10 == [.stop(0), .start(2)])
        #expect(pool.waitingCount == 2)
    }

    @Test("training takes at most half of the workers, and real-time calls go on")
    func lanes() {
        var pool = warm(most: 4, spares: 4)
        for id in 1...2 { #expect(pool.acquire(waiter(id, id, lane: .training)).count == 1) }
        let step11 = pool.acquire(waiter(3, 3, lane: .training))
        #expect(step11 == [])
        let step12 = pool.acquire(waiter(4, 4))
        #expect(step12.count == 1)
        let step13 = pool.release(0)
        #expect(step13 == [.grant(3, 3, holdsProgram: false)])
    }

    @Test("one program takes at most half of the workers")
    func perProgram() {
        var pool = warm(most: 4, spares: 4)
        for id in 1...2 { #expect(pool.acquire(waiter(id, 1)).count == 1) }
        let step14 = pool.acquire(waiter(3, 1))
        #expect(step14 == [])
        let step15 = pool.release(1)
        #expect(step15 == [.grant(3, 1, holdsProgram: true)])
    }

    @Test("a retry gets a worker that has not held the program")
    func fresh() {
        var pool = warm(most: 3, spares: 0)
        let first = pool.acquire(waiter(1, 7))
        #expect(first == [.grant(1, 0, holdsProgram: false)])
        let second = pool.acquire(waiter(2, 8))
        #expect(second == [.start(1)])
        _ = pool.didStart(1)
        _ = pool.release(0)
        let lost = pool.remove(1, isCrash: true)
        #expect(lost == [])
        #expect(pool.crashed == 1)
        let retry = pool.acquire(waiter(3, 7, fresh: true))
        #expect(retry == [.start(2)])
        let started = pool.didStart(2)
        #expect(started == [.grant(3, 2, holdsProgram: false)])
    }

    @Test("a failed start tells those who wait, and is not tried again by itself")
    func failedStart() {
        var pool = WorkerPool(most: 2, spares: 1, mostWaiting: 10)
        let first = pool.retry()
        #expect(first == [.start(1)])
        let acquired = pool.acquire(waiter(1, 1))
        #expect(acquired == [])
        let failed = pool.failedToStart(1)
        #expect(failed == [.refuse(1, .startFailed)])
        let again = pool.acquire(waiter(2, 1))
        #expect(again == [.start(2)])
        _ = pool.failedToStart(2)
        let retried = pool.retry()
        #expect(retried == [.start(3)])
    }

    @Test("those beyond the limit of waiting calls are refused, and who gives up is forgotten")
    func waiting() {
        var pool = WorkerPool(most: 1, spares: 0, mostWaiting: 1)
        let step22 = pool.acquire(waiter(1, 1))
        #expect(step22 == [.start(1)])
        let step23 = pool.acquire(waiter(2, 1))
        #expect(step23 == [.refuse(2, .full)])
        let step24 = pool.abandon(1)
        #expect(step24)
        let step25 = pool.abandon(1)
        #expect(!step25)
        let step26 = pool.didStart(1)
        #expect(step26 == [])
        #expect(pool.idleCount == 1)
    }

    @Test("shutting down refuses those who wait and stops all, and nothing starts again")
    func shutDown() {
        var pool = warm(most: 2, spares: 2)
        _ = pool.acquire(waiter(1, 1))
        _ = pool.acquire(waiter(2, 1))
        let step27 = pool.shutDown()
        #expect(step27 == [.refuse(2, .shutDown), .stop(0), .stop(1)])
        let step28 = pool.acquire(waiter(3, 1))
        #expect(step28 == [.refuse(3, .shutDown)])
        let step29 = pool.release(0)
        #expect(step29 == [])
        let step30 = pool.didStart(9)
        #expect(step30 == [.stop(9)])
    }
}
