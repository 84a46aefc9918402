import Foundation
import Processes
import Synchronization

/// A process with a socket as standard input and another as standard output and error; ended and reaped exactly once.
///
/// It is the leader of a group of its own, inherits no other descriptor, and nothing of the environment that is not given.
/// Started on a thread that lives as long as the child is wanted: the sandbox ends the child with the thread that made it.
final class ChildProcess: Sendable {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private enum State { case running, ended(status: Int32) }

    let processID: pid_t
    /// Frames both ways; non-blocking.
    let socket: Int32
    /// What the child prints; non-blocking.
    let output: Int32
    private let state = Mutex(State.running)

    init(_ arguments: [String], environment: [String]) throws {
        let frames = try Self.socketPair()
        let printed: (ours: Int32, theirs: Int32)
        do {
            printed = try Self.socketPair()
        } catch {
            close(frames.ours)
            close(frames.theirs)
            throw error
        }
        defer {
            close(frames.theirs)
            close(printed.theirs)
        }
        do {
            processID = try Program.start(arguments, environment: environment, input: frames.theirs, output: printed.theirs)
        } catch {
            close(frames.ours)
            close(printed.ours)
            throw error
        }
        socket = frames.ours
        output = printed.ours
    }

    deinit {
        end()
        close(socket)
        close(output)
    }

    /// Kills the whole group and, through the sandbox, everything the child started; waits until the kernel has done so.
    /// May be called from any thread and any number of times.
    func end() {
        state.withLock { state in
            guard case .running = state else { return }
            kill(-processID, SIGKILL)
            kill(processID, SIGKILL)
            var status: Int32 = 0
            while waitpid(processID, &status, 0) == -1, errno == EINTR {}
            state = .ended(status: status)
        }
    }

    /// Kills without waiting, to wake the thread that reads from the child; that one ends it.
    func interrupt() {
        state.withLock { state in
            guard case .running = state else { return }
            kill(-processID, SIGKILL)
            kill(processID, SIGKILL)
        }
    }

    /// The wait status if the child has ended, else nil; never waits.
    func exitStatus() -> Int32? {
        state.withLock { state in
            if case .ended(let status) = state { return status }
            var status: Int32 = 0
            guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
            state = .ended(status: status)
            return status
        }
    }

    private static func socketPair() throws -> (ours: Int32, theirs: Int32) {
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else { throw Failed(description: "socketpair: \(String(cString: strerror(errno)))") }
        // Ours alone: the flag belongs to the open file, and each end is one of its own.
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        return (pair[0], pair[1])
    }
}
