import TestServers

/// A web server for the files of a folder, on a loopback port.
final class StaticFiles: Sendable {
    let port: Int
    private let process: RunningProcess

    /// Returns when it accepts connections.
    init(folder: String) async throws {
        port = Int(try FreePort.find())
        process = try RunningProcess(
            "/usr/bin/python3", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", folder],
            environment: ["PYTHONUNBUFFERED": "1"],
            in: folder, logFile: folder + "/web.log")
        try await until("the web server listens") { [process] in process.log.contains("Serving HTTP") }
    }

    func stop() { process.signal(15) }

    deinit { stop() }
}
