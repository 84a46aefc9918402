import Foundation

/// Starts programs that inherit nothing but what is named: no environment, no descriptors, no ignored or blocked signals. Each leads a
/// process group of its own, so that Ctrl-C in a terminal reaches the service alone, which then stops them in order.
public enum Program {
    public struct NotStarted: Error, CustomStringConvertible {
        public let program: String
        /// `errno`.
        public let number: Int32

        public init(program: String, number: Int32) {
            self.program = program
            self.number = number
        }

        public var description: String { "\(program): \(String(cString: strerror(number)))" }
    }

    /// Returns the process id, which is the group's too; the caller must wait for it.
    ///
    /// - Parameters:
    ///   - arguments: the first is the program's path.
    ///   - environment: `NAME=value`.
    ///   - input: what becomes its standard input; nil for none.
    ///   - output: what becomes its standard output and error.
    public static func start(_ arguments: [String], environment: [String], input: Int32?, output: Int32) throws(NotStarted) -> Int32 {
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
        let closing = closeOthers(&actions)
        guard closing == 0 else { throw NotStarted(program: arguments[0], number: closing) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer {
            for pointer in argv + envp { free(pointer) }
        }
        var id: pid_t = 0
        let code = posix_spawn(&id, arguments[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw NotStarted(program: arguments[0], number: code) }
        return id
    }

    /// glibc has this since 2.34, but declares it only for GNU sources, which Swift's view of glibc is not.
    private static func closeOthers(_ actions: inout posix_spawn_file_actions_t) -> Int32 {
        typealias AddCloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return ENOSYS }
        return unsafeBitCast(symbol, to: AddCloseFrom.self)(&actions, 3)
    }
}
