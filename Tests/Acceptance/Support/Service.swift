import AsyncHTTPClient
import FeatureModel
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import TestServers

/// The built executable, running as a user would run it: on a free loopback port, in a data folder of its own.
///
/// Without settings it runs on the embedded defaults: a private PostgreSQL and an SQLite catalog.
final class Service: Sendable {
    let port: Int
    let folder: ServiceFolder
    private let settings: [String: String]
    private let arguments: [String]
    private let process: Mutex<RunningProcess>

    var url: String { "http://127.0.0.1:\(port)" }
    var pid: Int32 { process.withLock { $0.pid } }
    /// Everything written to standard output and error so far.
    var log: String { process.withLock { $0.log } }
    var isRunning: Bool { process.withLock { $0.isRunning } }

    /// Starts without waiting. `settings` are environment variables; nothing else of the tests' environment reaches the service
    /// but what programs need to run at all.
    init(_ settings: [String: String] = [:], arguments: [String] = [], folder: ServiceFolder? = nil) throws {
        self.folder = try folder ?? ServiceFolder()
        self.settings = settings
        self.arguments = arguments
        port = Int(try FreePort.find())
        process = Mutex(try Self.launch(port: port, folder: self.folder, settings: settings, arguments: arguments))
    }

    /// Starts, and returns when it says that it is ready.
    static func ready(_ settings: [String: String] = [:], arguments: [String] = []) async throws -> Service {
        let service = try Service(settings, arguments: arguments)
        try await service.untilReady()
        return service
    }

    /// Runs `body` on a service of its own, and stops it whatever happens.
    static func run<Result: Sendable>(
        _ settings: [String: String] = [:], arguments: [String] = [], _ body: (Service) async throws -> Result
    ) async throws -> Result {
        let service = try Service(settings, arguments: arguments)
        do {
            try await service.untilReady()
            let result = try await body(service)
            await service.stop()
            return result
        } catch {
            await service.stop()
            throw error
        }
    }

    // MARK: Life

    /// Asks it to stop and waits; the exit status.
    @discardableResult
    func stop() async -> Int32 {
        let running = process.withLock { $0 }
        running.signal(SIGTERM)
        return await running.exitStatus()
    }

    /// Kills it without warning, and waits until it is gone.
    func killHard() async {
        let running = process.withLock { $0 }
        running.signal(SIGKILL)
        _ = await running.exitStatus()
    }

    /// Asks it to stop, without waiting.
    func terminate() { process.withLock { $0 }.signal(SIGTERM) }

    func exitStatus() async -> Int32 { await process.withLock { $0 }.exitStatus() }

    /// Starts it again, after it has ended, with the same settings, port and data.
    func startAgain() async throws {
        let running = try Self.launch(port: port, folder: folder, settings: settings, arguments: arguments)
        process.withLock { $0 = running }
        try await untilReady()
    }

    /// Waits until `/health/ready` answers 200; fails if the process ends or the time runs out.
    func untilReady(seconds: Double = 60) async throws {
        try await until("the service is ready", seconds: seconds) {
            guard self.process.withLock({ $0.isRunning }) else { throw UnexpectedAnswer(description: "the service ended: \(self.log.suffix(2_000))") }
            return (try? await self.send("GET", "/health/ready"))?.status == 200
        }
    }

    // MARK: Requests

    /// One request, one answer, whatever its status.
    func send(_ method: String, _ path: String, body: [UInt8]? = nil, headers: [(String, String)] = [("Content-Type", "application/json")])
        async throws -> Answer
    {
        var request = HTTPClientRequest(url: url + path)
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(headers)
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.client.execute(request, timeout: .seconds(120))
        var bytes: [UInt8] = []
        for try await piece in response.body { bytes.append(contentsOf: piece.readableBytesView) }
        return Answer(status: Int(response.status.code), headers: response.headers, bytes: bytes)
    }

    /// The same with a JSON body; asked again as long as it is 503 with `Retry-After` (a table is loading, a dependency comes back).
    func call(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> Answer {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while true {
            let answer = try await send(method, path, body: body?.utf8)
            guard answer.status == 503, let wait = answer.header("Retry-After").flatMap(Int.init), .now < deadline else { return answer }
            try await Task.sleep(for: .milliseconds(min(wait, 1) * 200))
        }
    }

    func post(_ path: String, _ body: JSONValue) async throws -> Answer { try await call("POST", path, body) }

    /// The same, insisting on 200.
    func answered(_ path: String, _ body: JSONValue) async throws -> Answer {
        let answer = try await post(path, body)
        guard answer.status == 200 else { throw UnexpectedAnswer(description: "\(path): \(answer)") }
        return answer
    }

    // MARK: Parts

    /// Says at once that nobody listens, instead of trying again until its time is up.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private static func launch(port: Int, folder: ServiceFolder, settings: [String: String], arguments: [String]) throws -> RunningProcess {
        let own = ProcessInfo.processInfo.environment
        var environment = own.filter { ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR"].contains($0.key) }
        environment["ETL_ROOTS"] = Repository.root + "/example_flows"
        environment.merge(settings) { $1 }
        return try RunningProcess(
            Repository.executable, ["serve", "--port", String(port), "--data-dir", folder.path + "/data"] + arguments, environment: environment,
            in: Repository.root, logFile: folder.path + "/service.log")
    }
}

/// Waits for something outside this process to become true, asking every 50 ms.
func until(_ what: String, seconds: Double = 30, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while try await !condition() {
        guard .now < deadline else { throw UnexpectedAnswer(description: "waited \(Int(seconds)) s in vain: \(what)") }
        try await Task.sleep(for: .milliseconds(50))
    }
}
