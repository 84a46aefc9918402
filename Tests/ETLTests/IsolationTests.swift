@testable import ETL
import FeatureModel
import Foundation
import Testing

@Suite("What an ETL can't do")
struct IsolationTests {
    let workers = TestWorkers.shared
    let frame = Frame([.field("a", .int8, nullable: false)], rows: [[.int(1)]])

    /// Executes the only row's text: one worker for many cases.
    static let executing = ETLProgram.extracting(
        """
        try:
            exec(self.df['code'][0])
            told = 'done'
        except Exception as error:
            told = type(error).__name__ + ': ' + str(error)
        self.df['told'] = told
        """, before: "import os, resource, signal, socket, subprocess, threading")

    /// Runs `statement` in `extract()`, and gives the exception it raised, or "done".
    private func attempt(_ statement: String, _ workers: PythonWorkers = TestWorkers.shared) async throws -> String {
        let frame = Frame([.field("code", .text)], rows: [[.text(statement)]])
        let output = try await workers.extract(Self.executing, from: frame, limits: ETLLimits())
        guard case .text(let told) = output.values("told").first else { return "" }
        return told
    }

    @Test(
        "reaches no network",
        arguments: [
            "socket.create_connection(('127.0.0.1', 22), timeout=2)", "socket.create_connection(('1.1.1.1', 53), timeout=2)",
            "socket.getaddrinfo('example.com', 80)", "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('8.8.8.8', 53))",
        ])
    func network(statement: String) async throws {
        let told = try await attempt(statement)
        #expect(told.contains("Error") || told.contains("gaierror"), "\(told)")
    }

    @Test("does not reach a server on this machine's loopback that the service itself reaches", .enabled(if: Machine.canChangeMounts, Machine.reason))
    func loopback() async throws {
        let server = try LoopbackListener()
        #expect(server.canConnect())
        #expect(try await attempt("socket.create_connection(('127.0.0.1', \(server.port)), timeout=2)").contains("ConnectionRefusedError"))
    }

    @Test(
        "starts no process and no thread",
        arguments: [
            "os.fork()", "subprocess.run(['/bin/true'])", "os.posix_spawn('/bin/true', ['true'], {})", "threading.Thread(target=print).start()",
        ])
    func processes(statement: String) async throws {
        let told = try await attempt(statement)
        #expect(told.contains("BlockingIOError") || told.contains("can't start new thread"), "\(told)")
    }

    @Test("sees none of the service's files, nor those of the machine's users", .enabled(if: Machine.canChangeMounts, Machine.reason))
    func files() async throws {
        let own = TestWorkers.folder + "/README.md"
        let secret = FileManager.default.temporaryDirectory.appending(path: "etl-secret-\(UUID().uuidString)").path
        try Data("secret".utf8).write(to: URL(filePath: secret))
        defer { try? FileManager.default.removeItem(atPath: secret) }
        for path in [own, secret, "/etc/passwd", "/etc/shadow", "/root/.bashrc", "/proc/self/environ", "/proc/1/environ", "/etl/demo_etl.py"] {
            let told = try await attempt("open(\(quoted(path))).read()")
            #expect(told.contains("FileNotFoundError") || told.contains("PermissionError") || told.contains("NotADirectory"), "\(path): \(told)")
        }
        #expect(
            try await attempt("raise ValueError(sorted(os.listdir('/')))")
                == "ValueError: ['bin', 'dev', 'etc', 'etl', 'lib', 'lib64', 'sbin', 'tmp', 'usr']")
    }

    @Test("changes no file, and has a little room for temporary ones", .enabled(if: Machine.canChangeMounts, Machine.reason))
    func writing() async throws {
        for path in ["/etl/worker.py", "/etl/new.py", "/usr/lib/x", "/x", "/dev/x", "/etc/x"] {
            let told = try await attempt("open(\(quoted(path)), 'a').write('x')")
            #expect(told.contains("Permission") || told.contains("Read-only"), "\(path): \(told)")
        }
        #expect(try await attempt("open('/tmp/x', 'w').write('x' * 1000)") == "done")
        let full = try await attempt("open('/tmp/y', 'wb').write(bytes(100 << 20))")
        #expect(full.contains("File too large") || full.contains("No space left"), "\(full)")
    }

    @Test("sees nothing of the service's environment and inherits no descriptor")
    func environment() async throws {
        setenv("ETL_TEST_SECRET", "hush", 1)
        defer { unsetenv("ETL_TEST_SECRET") }
        let workers = TestWorkers.make {
            $0.spares = 1; $0.workers = 1
        }
        defer { workers.shutDown() }
        let body = """
            found = []
            for number in range(64):
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    pass
            self.df['names'] = ','.join(sorted(os.environ))
            self.df['descriptors'] = len(found)
            self.df['user'] = os.getuid()
            """
        let output = try await workers.extract(.extracting(body, before: "import os"), from: frame, limits: ETLLimits())
        guard case .text(let names) = output.values("names").first else { return #expect(Bool(false), "no names") }
        let allowed: Set = [
            "HOME", "LANG", "LC_CTYPE", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PWD", "OLDPWD", "SHLVL",
            "_",
            "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "TZ",
        ]
        #expect(Set(names.split(separator: ",").map(String.init)).subtracting(allowed) == [])
        // Standard input (nothing), output, error, and the socket for frames.
        #expect(output.values("descriptors") == [.int(4)])
        #expect(output.values("user") != [.int(0)])
    }

    @Test(
        "gains nothing: no user, no limit, no name space",
        arguments: [
            "os.setuid(0)", "resource.setrlimit(resource.RLIMIT_NPROC, (9, 9))", "os.kill(1, signal.SIGKILL); raise PermissionError",
            "os.chroot('/tmp')",
        ])
    func privileges(statement: String) async throws {
        let told = try await attempt(statement)
        #expect(told.contains("Permission") || told.contains("ValueError"), "\(told)")
    }

    @Test("holds as well where root has no bubblewrap", .enabled(if: Machine.canChangeMounts, Machine.reason))
    func namespaces() async throws {
        guard geteuid() == 0 else {
            // Namespaces without bubblewrap need root, and are not tried without it.
            return #expect(Sandbox.candidates(allowUnsandboxed: false, isRoot: false).allSatisfy { if case .bubblewrap = $0 { true } else { false } })
        }
        let workers = TestWorkers.make {
            $0.sandboxes = [.namespaces(unshare: "/usr/bin/unshare")]; $0.workers = 2; $0.spares = 1
        }
        defer { workers.shutDown() }
        #expect(try await workers.runtimeDescription().hasSuffix("(sandbox: namespaces)"))
        let server = try LoopbackListener()
        let refusals = [
            ("socket.create_connection(('127.0.0.1', \(server.port)), timeout=2)", "Error"), ("os.fork()", "BlockingIOError"),
            ("open('/etc/passwd')", "FileNotFoundError"), ("open('\(TestWorkers.folder)/demo_etl.py')", "FileNotFoundError"),
            ("open('/etl/worker.py', 'a')", "Permission"), ("open('/usr/x', 'a')", "Read-only"), ("open('/x', 'a')", "Read-only"),
            ("os.setuid(0)", "Permission"),
            ("os.chroot('/tmp')", "Permission"), ("open('/tmp/y', 'wb').write(bytes(100 << 20))", "File too large"),
            ("raise ValueError(sorted(os.listdir('/')))", "['bin', 'dev', 'etc', 'etl', 'lib', 'lib64', 'sbin', 'tmp', 'usr']"),
        ]
        for (statement, expected) in refusals {
            let told = try await attempt(statement, workers)
            #expect(told.contains(expected), "\(statement): \(told)")
        }
        let endless = await failure { _ = try await workers.extract(.extracting("while True: pass"), from: frame, limits: ETLLimits(seconds: 0.3)) }
        #expect(endless?.kind == .timeLimit)
        let crash = await failure {
            _ = try await workers.extract(.extracting("import ctypes; ctypes.string_at(0)"), from: frame, limits: ETLLimits())
        }
        #expect(crash?.reason.contains("signal 11") == true, "\(crash?.reason ?? "")")
    }

    @Test("keeps network, processes and private files away where root can't change what is mounted, and says what is missing")
    func networkOnly() async throws {
        guard geteuid() == 0 else {
            return #expect(!Sandbox.candidates(allowUnsandboxed: false, isRoot: false).contains(.network(unshare: "/usr/bin/unshare")))
        }
        let workers = TestWorkers.make {
            $0.sandboxes = [.network(unshare: "/usr/bin/unshare")]; $0.workers = 1; $0.spares = 1
        }
        defer { workers.shutDown() }
        try await workers.start()
        #expect(workers.warnings().count == 1)
        let server = try LoopbackListener()
        let refusals = [
            ("socket.create_connection(('127.0.0.1', \(server.port)), timeout=2)", "Error"), ("os.fork()", "BlockingIOError"),
            ("open('/proc/\(getpid())/environ')", "Permission"), ("open('/etc/shadow')", "Permission"),
            ("os.kill(\(getpid()), 9)", "ProcessLookupError"),
        ]
        for (statement, expected) in refusals {
            let told = try await attempt(statement, workers)
            #expect(told.contains(expected), "\(statement): \(told)")
        }
    }

    @Test("no ETL runs where it can't be cut off, unless the platform says so, and then with a warning")
    func refusesWithout() async throws {
        let workers = TestWorkers.make { $0.sandboxes = [] }
        let error = await failure { try await workers.start() }
        #expect(error?.kind == .notIsolated)
        #expect(error?.hint?.contains("bubblewrap") == true)
        let broken = TestWorkers.make { $0.sandboxes = [.bubblewrap(path: "/bin/false"), .namespaces(unshare: "/bin/false")] }
        #expect(await failure { try await broken.start() }?.kind == .notIsolated)

        let bare = TestWorkers.make {
            $0.sandboxes = [.bubblewrap(path: "/bin/false"), .none]; $0.workers = 1; $0.spares = 1
        }
        defer { bare.shutDown() }
        #expect(try await bare.runtimeDescription().hasSuffix("(sandbox: none)"))
        #expect(bare.warnings().count == 1)
        #expect(try await attempt("os.fork()", bare).contains("BlockingIOError"))
        let environment = try await attempt("raise ValueError(sorted(os.environ))", bare)
        #expect(!environment.contains("PATH"), "\(environment)")
    }

    private func quoted(_ path: String) -> String { "'\(path)'" }
}

/// A listening TCP socket on the loopback address.
final class LoopbackListener {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        guard isBound else { throw CocoaError(.fileReadUnknown) }
    }

    deinit { close(descriptor) }

    func canConnect() -> Bool {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(client) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
    }
}
