import Foundation
import Glibc
import Processes

/// PostgreSQL's programs, started with a minimal environment from the root folder.
enum ChildProcess {
    static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC"]

    /// Starts the program and returns its process id; the caller must wait for it. `input` is nil for none.
    static func spawn(_ arguments: [String], input: Int32?, output: Int32) throws -> pid_t {
        // The service's own folder may be closed to the user the program runs as.
        try Program.start(["/usr/bin/env", "--chdir=/"] + arguments, environment: environment, input: input, output: output)
    }

    /// Runs the program to its end, blocking, and returns its exit status and what it wrote (both streams, the first 64 KB).
    /// `input` must fit a pipe (64 KB).
    static func run(_ arguments: [String], input: String? = nil) throws -> (status: Int32, output: String) {
        let output = Pipe()
        let supply = input.map { _ in Pipe() }
        if let supply, let input {
            try supply.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try supply.fileHandleForWriting.close()
        }
        let pid = try spawn(arguments, input: supply?.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
        try output.fileHandleForWriting.close()
        var text = Data()
        while let piece = try output.fileHandleForReading.read(upToCount: 4096), !piece.isEmpty {
            if text.count < 65_536 { text.append(piece) }
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return (status, String(decoding: text, as: UTF8.self))
    }

    /// What the program writes; throws unless it ends with status 0.
    static func output(of arguments: [String]) throws -> String {
        let (status, output) = try run(arguments)
        guard status == 0 else { throw Program.NotStarted(program: arguments[0], number: EINVAL) }
        return output
    }
}
