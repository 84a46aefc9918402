import Foundation
import Glibc

/// Starts programs with nothing inherited but what is named: no environment, no file descriptors, no ignored signals,
/// a process group of their own (so that Ctrl-C in a terminal reaches the service alone, which then stops them in order).
enum ChildProcess {
    struct SpawnFailed: Error, CustomStringConvertible {
        let program: String
        let number: Int32
        var description: String { "\(program): \(String(cString: strerror(number)))" }
    }

    static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC"]

    /// Starts the program and returns its process id; the caller must wait for it. `input` is nil for none.
    static func spawn(_ arguments: [String], input: Int32?, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        for descriptor in openDescriptors() where descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        // The service's own folder may be closed to the user the program runs as.
        let arguments = ["/usr/bin/env", "--chdir=/"] + arguments
        var pid = pid_t()
        let result = withCStrings(arguments) { argv in
            withCStrings(environment) { envp in posix_spawn(&pid, arguments[0], &actions, &attributes, argv, envp) }
        }
        guard result == 0 else { throw SpawnFailed(program: arguments[0], number: result) }
        return pid
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
        guard status == 0 else { throw SpawnFailed(program: arguments[0], number: EINVAL) }
        return output
    }

    private static func openDescriptors() -> [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    private static func withCStrings<R>(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
