import EmbeddedPostgres
import Foundation
import Synchronization

/// PostgreSQL's own client, to look at a server from outside the code under test.
public enum Psql {
    private static let program = Result {
        // A psql that ends before it has read its input must fail its caller, not kill the process.
        signal(SIGPIPE, SIG_IGN)
        return try PostgresBinaries.find().path(of: "psql")
    }

    /// Runs statements, stopping at the first error, which is thrown; answers what they print: rows a line, columns separated by `|`.
    @discardableResult
    public static func run(_ sql: String, on connection: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try program.get())
        process.arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", connection, "-f", "-"]
        let input = Pipe(), output = Pipe(), errors = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let complaints = Mutex(Data())
        let heard = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let data = errors.fileHandleForReading.readDataToEndOfFile()
            complaints.withLock { $0 = data }
            heard.signal()
        }
        Thread.detachNewThread {
            try? input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
            try? input.fileHandleForWriting.close()
        }
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        heard.wait()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw StatementFailed(description: complaints.withLock { String(decoding: $0, as: UTF8.self) })
        }
        return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    public struct StatementFailed: Error, CustomStringConvertible {
        public let description: String
    }
}
