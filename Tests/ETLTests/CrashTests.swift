@testable import ETL
import FeatureModel
import Foundation
import Synchronization
import Testing

@Suite("ETLs that die, hang or take too much", .serialized)
struct CrashTests {
    let frame = Frame([.field("a", .int8, nullable: false)], rows: [[.int(1)]])
    let good = ETLProgram.extracting("self.df['ok'] = 1")

    private func stillWorks(_ workers: PythonWorkers) async throws {
        #expect(try await workers.extract(good, from: frame, limits: ETLLimits()).values("ok") == [.int(1)])
    }

    @Test(
        "a worker that dies or talks nonsense costs its own call only",
        arguments: [
            ("os._exit(0)", "exited with status 0"), ("os._exit(3)", "exited with status 3"), ("ctypes.string_at(0)", "signal 11"),
            ("os.kill(os.getpid(), signal.SIGKILL)", "signal 9"), ("os.abort()", "signal 6"),
            ("[os.write(n, b'x' * 64) for n in range(3, 10) if open_socket(n)]", "no answer"),
            ("[os.write(n, b'FSE1' + bytes([13, 0, 1, 0]) + b'\\xff' * 8) for n in range(3, 10) if open_socket(n)]", "no answer"),
            ("[os.close(n) for n in range(3, 10) if open_socket(n)]", "exited with status 1"),
        ])
    func crashes(statement: String, reason: String) async throws {
        let workers = TestWorkers.shared
        let before = """
            import ctypes, os, signal, stat
            def open_socket(n):
                try:
                    return stat.S_ISSOCK(os.fstat(n).st_mode)
                except OSError:
                    return False
            """
        let crashed = workers.statistics().crashed
        let error = await failure { _ = try await workers.extract(.extracting(statement, before: before), from: frame, limits: ETLLimits()) }
        #expect(error?.kind == .workerLost)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "no error")")
        #expect(workers.statistics().crashed >= crashed + 2)
        try await stillWorks(workers)
    }

    @Test("writing to descriptors 0, 1 and 2, and closing them, does not touch the answer")
    func standardStreams() async throws {
        let body = """
            for n in (0, 1, 2):
                try:
                    os.write(n, b'FSE1 garbage')
                except OSError:
                    pass
            sys.stdin.close(); sys.stdout.close(); sys.stderr.close()
            for n in (0, 1, 2):
                try:
                    os.close(n)
                except OSError:
                    pass
            self.df['ok'] = 1
            """
        let program = ETLProgram.extracting(body, before: "import os, sys")
        for _ in 0..<2 {
            #expect(try await TestWorkers.shared.extract(program, from: frame, limits: ETLLimits()).values("ok") == [.int(1)])
        }
    }

    @Test(
        "an endless loop is ended at its time limit",
        arguments: ["while True: pass", "import time; time.sleep(1000)", "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass"])
    func timeLimit(body: String) async throws {
        let workers = TestWorkers.shared
        let error = await failure {
            _ = try await workers.extract(.extracting(body, before: "import signal"), from: frame, limits: ETLLimits(seconds: 0.3))
        }
        #expect(error?.kind == .timeLimit)
        #expect(error?.fault == .timeout)
        try await stillWorks(workers)
    }

    @Test("an endless loop at load is ended, too")
    func loadTimeLimit() async throws {
        let workers = TestWorkers.make {
            $0.loadSeconds = 0.3; $0.spares = 1; $0.workers = 2
        }
        defer { workers.shutDown() }
        let error = await failure { try await workers.check(ETLProgram(source: "while True: pass\n")) }
        #expect(error?.kind == .timeLimit)
    }

    @Test(
        "memory beyond the limit is a clear error, as data frame, as bytes or while loading",
        arguments: ["np.ones(1 << 30)", "bytearray(4 << 30)", "x = [0]\nwhile True: x = x + x"])
    func memoryLimit(body: String) async throws {
        let workers = TestWorkers.shared
        let error = await failure { _ = try await workers.extract(.extracting(body), from: frame, limits: ETLLimits(seconds: 60, memory: 1 << 30)) }
        #expect(error?.kind == .memoryLimit)
        let atLoad = ETLProgram.extracting("pass", before: "big = bytearray(4 << 30)")
        #expect(await failure { _ = try await workers.check(atLoad) }?.kind == .memoryLimit)
        try await stillWorks(workers)
    }

    @Test("a worker killed between two calls, or in the middle of one, is replaced and the call succeeds")
    func killed() async throws {
        let workers = TestWorkers.make {
            $0.workers = 2; $0.spares = 1
        }
        defer { workers.shutDown() }
        try await stillWorks(workers)
        for worker in workers.state.withLock({ Array($0.workers.values) }) { worker.child.interrupt() }
        try await stillWorks(workers)

        let program = ETLProgram.extracting("time.sleep(0.5)\nself.df['ok'] = 1", before: "import time")
        for _ in 0..<3 {
            async let output = workers.extract(program, from: frame, limits: ETLLimits(seconds: 60))
            try await killFirstBusy(workers)
            #expect(try await output.values("ok") == [.int(1)])
        }
    }

    /// Waits until a worker is busy with a call, kills its processes, and waits until the last of them is gone: the kernel takes
    /// a moment, in which a worker can still answer.
    private func killFirstBusy(_ workers: PythonWorkers) async throws {
        while true {
            let busy = workers.state.withLock { state in
                let unused = state.pool.unused
                return state.workers.filter { !unused.contains($0.key) }.values.first
            }
            if let busy {
                busy.child.interrupt()
                while !busy.child.hasHungUp { try await Task.sleep(for: .milliseconds(1)) }
                return
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    @Test("a training call whose worker dies is made again with the same rows")
    func killedTraining() async throws {
        let workers = TestWorkers.make {
            $0.workers = 2; $0.spares = 1
        }
        defer { workers.shutDown() }
        try await workers.start()
        let sent = Mutex(0)
        let frames = AsyncThrowingStream<Frame, any Error>(unfolding: {
            let number = sent.withLock { sent in
                sent += 1
                return sent
            }
            if number == 3 { try await self.killFirstBusy(workers) }
            return number > 5 ? nil : self.frame
        })
        let output = try await workers.extract(good, schema: frame.schema, from: frames, limits: ETLLimits())
        #expect(output.rowCount == 5)
        #expect(workers.statistics().crashed == 1)
    }

    @Test("a cancelled call ends its worker at once")
    func cancelled() async throws {
        let workers = TestWorkers.make {
            $0.workers = 1; $0.spares = 1
        }
        defer { workers.shutDown() }
        let call = Task { try await workers.extract(.extracting("while True: pass"), from: frame, limits: ETLLimits(seconds: 600)) }
        while workers.statistics().busy == 0 { try await Task.sleep(for: .milliseconds(1)) }
        call.cancel()
        await #expect(throws: CancellationError.self) { _ = try await call.value }
        try await stillWorks(workers)
    }

    @Test("eight programs run at once, each in a process of its own")
    func eightAtOnce() async throws {
        let workers = TestWorkers.shared
        let outputs = try await withThrowingTaskGroup(of: (Int, ETLOutput).self) { group in
            for number in 0..<8 {
                let program = ETLProgram.extracting("self.df['n'] = \(number)\nself.df['user'] = os.getuid()", before: "import os")
                group.addTask { (number, try await workers.extract(program, from: frame, limits: ETLLimits())) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (number, output) in outputs { #expect(output.values("n") == [.int(Int64(number))]) }
        if geteuid() == 0 { #expect(Set(outputs.values.map { $0.values("user") }).count > 1) }
    }

    @Test("a call that finds no worker in time is told to come back")
    func busy() async throws {
        let workers = TestWorkers.make {
            $0.workers = 1; $0.spares = 1; $0.waitSeconds = 0.2
        }
        defer { workers.shutDown() }
        try await workers.start()
        let call = Task { try await workers.extract(.extracting("while True: pass"), from: frame, limits: ETLLimits(seconds: 600)) }
        while workers.statistics().busy == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let error = await failure { try await stillWorks(workers) }
        #expect(error?.kind == .busy)
        #expect(error?.fault == .shed)
        #expect(error?.retryAfter == 1)
        call.cancel()
    }

    @Test("a worker that died while nobody used it is noticed and replaced")
    func supervision() async throws {
        let workers = TestWorkers.make {
            $0.workers = 2; $0.spares = 1
        }
        let running = Task { await workers.run() }
        while workers.statistics().idle == 0 { try await Task.sleep(for: .milliseconds(1)) }
        for worker in workers.state.withLock({ Array($0.workers.values) }) { worker.child.interrupt() }
        while workers.statistics().crashed == 0 || workers.statistics().idle == 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(workers.statistics().started >= 2)
        running.cancel()
        await running.value
        #expect(workers.statistics().idle == 0)
        await #expect(throws: ETLError.self) { try await stillWorks(workers) }
    }

    @Test("without Python, or without pandas, the package is named")
    func notInstalled() async throws {
        let workers = TestWorkers.make { $0.python = "/nowhere/python3" }
        let error = await failure { try await workers.start() }
        #expect(error?.kind == .notInstalled)
        #expect(error?.hint?.contains("python3-pandas") == true)
        #expect(error?.fault == .unavailable)
    }
}

extension ChildProcess {
    /// Whether no process holds the other end of the socket any more.
    fileprivate var hasHungUp: Bool {
        var descriptor = pollfd(fd: socket, events: 0, revents: 0)
        return poll(&descriptor, 1, 0) == 1 && descriptor.revents & Int16(POLLHUP) != 0
    }
}
