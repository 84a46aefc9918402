import CLibPQ
import Foundation

/// Stops what a connection is running, from another thread.
///
/// `@unchecked Sendable`: the variables are read and written under `lock`; libpq allows `PQcancel` from any thread.
final class CancelHandle: @unchecked Sendable {
    private let raw: OpaquePointer
    private let socket: Int32
    private let lock = NSLock()
    private var isActive = false
    private var used = false

    init(_ connection: OpaquePointer) {
        raw = PQgetCancel(connection)
        socket = PQsocket(connection)
    }

    deinit { PQfreeCancel(raw) }

    /// A cancel request may arrive late and hit the next statement: a connection that was cancelled is not used again.
    var wasUsed: Bool { lock.withLock { used } }

    /// From here on ``cancel()`` has something to stop.
    func activate() { lock.withLock { isActive = true } }

    /// Waits for a cancellation that is under way.
    func deactivate() { lock.withLock { isActive = false } }

    /// Blocks for a round trip. Does nothing between statements.
    func cancel() {
        lock.withLock {
            guard isActive, !used else { return }
            used = true
            var message = [CChar](repeating: 0, count: 256)
            // When the server cannot even be told, the thread that waits for it is set free by ending the connection.
            if PQcancel(raw, &message, 256) == 0 { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }
}
