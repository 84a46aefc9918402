import Foundation

/// A process that a test started. It is ended by its own pid, also when the tests themselves die.
final class RunningProcess: Sendable {
    let pid: Int32
    /// Standard output and standard error.
    let logFile: String
    private let ended: Task<Int32, Never>
    private let guardian: Guardian

    /// - Parameter folder: the working folder.
    init(_ executable: String, _ arguments: [String], environment: [String: String], in folder: String, logFile: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        if !FileManager.default.fileExists(atPath: logFile) { _ = FileManager.default.createFile(atPath: logFile, contents: nil) }
        let log = try FileHandle(forWritingTo: URL(filePath: logFile))
        try log.seekToEnd()
        process.standardOutput = log
        process.standardError = log
        let (exits, exit) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            exit.yield(process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
            exit.finish()
        }
        try process.run()
        try log.close()
        pid = process.processIdentifier
        self.logFile = logFile
        guardian = try Guardian(of: pid)
        ended = Task { [guardian] in
            var status: Int32 = -1
            for await exit in exits { status = exit }
            guardian.dismiss()
            return status
        }
    }

    /// Waits for the end. The exit status, or 128 and the signal that ended it.
    func exitStatus() async -> Int32 { await ended.value }

    func signal(_ signal: Int32) { kill(pid, signal) }

    var log: String { (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "" }

    /// Whether the process can still be signalled.
    var isRunning: Bool { kill(pid, 0) == 0 }
}

/// A shell that waits beside a process, and ends it when the tests end without having done so.
private final class Guardian: Sendable {
    private let line: FileHandle

    init(of pid: Int32) throws {
        let shell = Process(), pipe = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "read -r done || kill \"$0\"", String(pid)]
        shell.standardInput = pipe
        try shell.run()
        line = pipe.fileHandleForWriting
    }

    func dismiss() {
        try? line.write(contentsOf: Data("done\n".utf8))
        try? line.close()
    }
}
