internal import CSQLite
import Synchronization

/// Stops the statements that a connection is running, from any thread.
///
/// `@unchecked Sendable`: the handle is used under the lock only, and forgotten under it before the connection closes it;
/// `sqlite3_interrupt` is the one call that SQLite allows beside a running statement.
public final class Interrupter: @unchecked Sendable {
    private let lock = Mutex(())
    private var handle: OpaquePointer?

    init(_ handle: OpaquePointer) { self.handle = handle }

    /// Running statements fail with an interrupt error; without a running statement nothing happens.
    public func interrupt() {
        lock.withLock { _ in
            if let handle { sqlite3_interrupt(handle) }
        }
    }

    func forget() { lock.withLock { _ in handle = nil } }
}
