import Foundation
import Synchronization

/// One run of `mongod`, from its start until it is killed.
final class MongoProcess: Sendable {
    struct StartFailed: Error, CustomStringConvertible {
        let log: String
        var isPortTaken: Bool { log.contains("Address already in use") }
        var description: String { "mongod did not start; its last words:\n\(log)" }
    }

    let id: Int32
    let port: UInt16
    /// While this is open, mongod may run.
    private let leash: FileHandle
    private let log: MongoLog

    /// Returns when it accepts connections. Blocks.
    init(folder: URL, port: UInt16) throws {
        self.port = port
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The watcher reads our pipe: its end, by a stop or by the death of this process, ends mongod.
        process.arguments = [
            "-c",
            """
            exec 3<&0
            (cat <&3; grep -qa -- "$1" /proc/$$/cmdline && kill -9 $$) >/dev/null 2>&1 &
            exec "$0" --dbpath "$1" --port "$2" --bind_ip 127.0.0.1 --nounixsocket --replSet featurestore --oplogSize 64 \
            --wiredTigerCacheSizeGB 0.5 --setParameter diagnosticDataCollectionEnabled=false 3<&- </dev/null
            """,
            try MongoBinary.find(), folder.path, String(port),
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        log = MongoLog(output.fileHandleForReading)
        try process.run()
        id = process.processIdentifier
        leash = input.fileHandleForWriting
        guard log.waitForConnections() else {
            kill()
            throw StartFailed(log: log.lastLines)
        }
    }

    /// Returns when the process is gone.
    func kill() {
        Foundation.kill(id, SIGKILL)
        log.waitForEnd()
        try? leash.close()
    }
}

/// What mongod prints, read on a thread of its own so that it never waits for us.
private final class MongoLog: Sendable {
    private let accepting = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let state = Mutex((isAccepting: false, lines: [Substring]()))

    var lastLines: String { state.withLock { $0.lines.joined(separator: "\n") } }

    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            var rest: Substring = ""
            while case let data = handle.availableData, !data.isEmpty {
                var lines = (rest + String(decoding: data, as: UTF8.self)).split(separator: "\n", omittingEmptySubsequences: false)
                rest = lines.popLast() ?? ""
                take(lines)
            }
            accepting.signal()
            ended.signal()
        }
    }

    func waitForConnections() -> Bool {
        accepting.wait()
        return state.withLock { $0.isAccepting }
    }

    func waitForEnd() { ended.wait() }

    private func take(_ lines: [Substring]) {
        let isNew = state.withLock { state in
            state.lines = (state.lines + lines).suffix(20)
            guard !state.isAccepting, lines.contains(where: { $0.contains("\"Waiting for connections\"") }) else { return false }
            state.isAccepting = true
            return true
        }
        if isNew { accepting.signal() }
    }
}
