import FeatureModel
import Foundation

/// A wait went past its deadline.
struct TimeIsOver: Error {}

/// The worker's end of the socket is closed.
struct ConnectionClosed: Error {}

/// Frames to and from one worker. Whenever it waits, it also reads what the worker prints, which would else fill up and
/// block the worker. Blocks the calling thread; used by one thread at a time.
final class WorkerConnection {
    private let socket: Int32
    private let printed: PrintedText
    private var isOutputOpen = true
    /// Received and not yet used.
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var start = 0
    private var end = 0

    init(_ child: ChildProcess) {
        socket = child.socket
        printed = PrintedText(descriptor: child.output)
    }

    /// Sends what the kernel takes at once, and tells how much that was. Never waits; what went wrong shows at the next call.
    func sendAtOnce(_ bytes: [UInt8]) -> Int {
        max(0, bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) })
    }

    /// Sends the bytes from `start` on.
    func send(_ bytes: [UInt8], from start: Int = 0, deadline: Deadline) throws {
        try bytes.withUnsafeBytes { bytes in
            var sent = start
            while sent < bytes.count {
                let count = Glibc.send(socket, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                if count >= 0 {
                    sent += count
                } else if errno == EAGAIN {
                    try wait(for: POLLOUT, deadline)
                } else if errno != EINTR {
                    throw ConnectionClosed()
                }
            }
        }
    }

    /// The next frame. Throws ``GarbledFrame`` for one whose header is wrong or announces more than `longestBody`.
    func receive(longestBody: Int, deadline: Deadline) throws -> WorkerFrame {
        while end - start < WorkerFrame.headerSize { try fill(deadline) }
        let header = buffer.withUnsafeBytes { WorkerFrameHeader(UnsafeRawBufferPointer(rebasing: $0[start..<end]), longestBody: longestBody) }
        guard let header else { throw GarbledFrame() }
        start += WorkerFrame.headerSize
        let head = try take(header.headLength, deadline)
        let body = try take(header.bodyLength, deadline)
        return WorkerFrame(kind: header.kind, call: header.call, head: head, body: body)
    }

    private func take(_ length: Int, _ deadline: Deadline) throws -> [UInt8] {
        let have = min(length, end - start)
        if have == length {
            defer { start += have }
            return Array(buffer[start..<start + have])
        }
        var taken = [UInt8](repeating: 0, count: length)
        taken.replaceSubrange(..<have, with: buffer[start..<start + have])
        start += have
        var at = have
        while at < length {
            at += try taken.withUnsafeMutableBytes { try read(into: UnsafeMutableRawBufferPointer(rebasing: $0[at...]), deadline) }
        }
        return taken
    }

    private func fill(_ deadline: Deadline) throws {
        if start > 0 {
            buffer.replaceSubrange(..<(end - start), with: Array(buffer[start..<end]))
            end -= start
            start = 0
        }
        end += try buffer.withUnsafeMutableBytes { try read(into: UnsafeMutableRawBufferPointer(rebasing: $0[end...]), deadline) }
    }

    private func read(into room: UnsafeMutableRawBufferPointer, _ deadline: Deadline) throws -> Int {
        while true {
            let count = recv(socket, room.baseAddress, room.count, 0)
            if count > 0 { return count }
            if count == 0 { throw ConnectionClosed() }
            if errno == EAGAIN {
                try wait(for: POLLIN, deadline)
            } else if errno != EINTR {
                throw ConnectionClosed()
            }
        }
    }

    private func wait(for event: Int32, _ deadline: Deadline) throws {
        while true {
            var wanted = [
                pollfd(fd: socket, events: Int16(event), revents: 0),
                // A negative descriptor is passed over.
                pollfd(fd: isOutputOpen ? printed.descriptor : -1, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&wanted, 2, deadline.milliseconds)
            if count > 0, wanted[1].revents != 0 { drain() }
            if count > 0, wanted[0].revents != 0 { return }
            if deadline.isOver { throw TimeIsOver() }
        }
    }

    func drain() {
        if isOutputOpen, !printed.drain() { isOutputOpen = false }
    }

    /// What was printed up to the answer; the worker flushes before it answers.
    func takePrinted() -> String {
        // More than the kernel buffers for us can't be there: the worker waits for its next call.
        for _ in 0..<64 {
            guard isOutputOpen, hasPrinted() else { break }
            drain()
        }
        return printed.take()
    }

    private func hasPrinted() -> Bool {
        var wanted = pollfd(fd: printed.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, 0) > 0
    }
}
