internal import Foundation
internal import Glibc
internal import Threads

/// The threads with large stacks on which SQL is parsed and trees are walked: a long expression is a deep tree, and its
/// recursion overflows an ordinary stack.
public enum DeepStack {
    /// See ``ParseLimits`` for what fits.
    private static let stackSize = 64 << 20
    private static let pool = ThreadPool(
        name: "deep-stack", threads: max(2, min(4, ProcessInfo.processInfo.activeProcessorCount)), stackSize: stackSize, queueLimit: 256)

    /// Runs `body` on one of the threads; it may parse and recurse over trees, and must not wait for anything.
    /// - Throws: what `body` throws, `CancellationError`, or a ``SQLDialectError`` `busy` if too many are waiting.
    public static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        do { return try await pool.run(marked(body)) } catch is ThreadPoolFull { throw SQLDialectError.busy }
    }

    /// Runs `body` at once if the calling thread has such a stack, else on one that has while the caller's thread waits.
    static func runHere<Result: Sendable>(_ body: @escaping @Sendable () throws(SQLDialectError) -> Result) throws(SQLDialectError) -> Result {
        if isHere { return try body() }
        do {
            return try pool.runBlocking(marked(body))
        } catch let error as SQLDialectError {
            throw error
        } catch {
            throw SQLDialectError.busy
        }
    }

    /// The same for a caller that may block its thread.
    package static func runBlocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
        isHere ? try body() : try pool.runBlocking(marked(body))
    }

    /// Whether the calling thread is one of the pool's. Kept with the thread itself: a task-local flag would be inherited by tasks
    /// that run on other stacks.
    private static var isHere: Bool { pthread_getspecific(mark) != nil }

    private static func marked<Result>(_ body: @escaping @Sendable () throws -> Result) -> @Sendable () throws -> Result {
        {
            if !isHere { pthread_setspecific(mark, UnsafeRawPointer(bitPattern: 1)) }
            return try body()
        }
    }

    private static let mark: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0, "no thread-specific storage left")
        return key
    }()
}
