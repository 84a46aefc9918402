import Glibc

/// The lock of one copy: handed over in the order of arrival, so that readers who come again and again cannot keep the writer out.
///
/// `@unchecked Sendable`: the mutex has an address of its own and is made for use from all threads.
final class CopyLock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() {
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        defer { pthread_mutexattr_destroy(&attributes) }
        // With priority inheritance the kernel gives the mutex to the waiter itself, instead of letting all try again.
        pthread_mutexattr_setprotocol(&attributes, Int32(PTHREAD_PRIO_INHERIT))
        if pthread_mutex_init(mutex, &attributes) != 0 { pthread_mutex_init(mutex, nil) }
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// nil if somebody holds it.
    func withLockIfFree<Result>(_ body: () throws -> Result) rethrows -> Result? {
        guard pthread_mutex_trylock(mutex) == 0 else { return nil }
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }
}
