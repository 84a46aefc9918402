import Foundation

/// What a child prints: read whenever there is something, kept up to a limit, thrown away beyond it, so that a flood of
/// output neither blocks the child nor fills memory. Not thread-safe; belongs to whoever serves the child at the time.
final class PrintedText {
    let descriptor: Int32
    private let limit: Int
    private var kept: [UInt8] = []
    private var isCut = false

    init(descriptor: Int32, limit: Int = 8_192) {
        self.descriptor = descriptor
        self.limit = limit
    }

    var text: String {
        let text = String(decoding: kept, as: UTF8.self)
        return isCut ? text + "\n… (cut off after \(limit) bytes)" : text
    }

    /// Reads what is there. False once the child has closed its end.
    @discardableResult
    func drain() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count == 0 { return false }
                if count < 0 { return errno == EAGAIN || errno == EINTR }
                let room = limit - kept.count
                if count > room { isCut = true }
                kept.append(contentsOf: buffer[..<min(count, room)])
                // A flood must not keep the caller here for ever.
                if count < buffer.count { return true }
                if isCut { return true }
            }
        }
    }

    func drainUntilClosed(_ deadline: Deadline) {
        while !deadline.isOver {
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&wanted, 1, deadline.milliseconds) > 0, !drain() { return }
        }
    }

    /// Hands out what was printed since the last call, and starts anew.
    func take() -> String {
        defer {
            kept = []
            isCut = false
        }
        return kept.isEmpty ? "" : text
    }
}
