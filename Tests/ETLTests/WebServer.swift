import Foundation
import Synchronization

/// A folder of its own, removed at the end.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: "etl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    func write(_ name: String, _ data: Data) throws {
        let url = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }
}

/// Python's own web server on a loopback port, with the answers that a fetcher should cope with.
final class WebServer: Sendable {
    let port: Int
    private let process: Process
    private let log: TemporaryFolder

    init() async throws {
        log = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.program, log.path + "/log"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        // The first line is the port; it is printed once the server listens.
        let line = await Task.detached { output.fileHandleForReading.availableData }.value
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw CocoaError(.fileReadUnknown)
        }
        self.port = port
    }

    deinit { process.terminate() }

    func requestCount() -> Int {
        let text = (try? String(contentsOfFile: log.path + "/log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count
    }

    private static let program = """
        import http.server, sys, time
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *a):
                with open(sys.argv[1], "a") as f:
                    f.write(self.path + "\\n")
            def give(self, status, body=b"", **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                path = self.path.split("?")[0]
                port = self.server.server_address[1]
                if path == "/good.py": self.give(200, b"x = 1\\n")
                elif path == "/good.sql": self.give(200, b"SELECT 1")
                elif path == "/broken.py": self.give(500)
                elif path == "/large.py": self.give(200, b"#" * 10001)
                elif path == "/binary.py": self.give(200, b"\\xff\\xfe")
                elif path == "/moved.py": self.give(302, Location="/good.py?x=1")
                elif path == "/round.py": self.give(302, Location="/round.py")
                elif path == "/to-internal.py": self.give(302, Location=f"http://[::1]:{port}/good.py")
                elif path == "/to-file.py": self.give(302, Location="file:///etc/passwd")
                elif path == "/needs-password.py":
                    ok = self.headers.get("Authorization") == "Basic dXNlcjpodXNo"
                    self.give(200 if ok else 401, b"x = 1\\n")
                elif path == "/endless.py":
                    self.send_response(200)
                    self.end_headers()
                    try:
                        while True:
                            self.wfile.write(b"#" * 1000)
                    except OSError:
                        pass
                elif path == "/slow.py":
                    self.send_response(200)
                    self.end_headers()
                    try:
                        while True:
                            self.wfile.write(b"#")
                            self.wfile.flush()
                            time.sleep(0.05)
                    except OSError:
                        pass
                else: self.give(404)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
