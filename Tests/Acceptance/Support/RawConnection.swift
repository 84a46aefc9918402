import Glibc

/// A client's socket, for what no well-behaved client does. Its calls block, each for ten seconds at most.
final class RawConnection {
    private let socket: Int32

    /// - Parameter port: on this machine.
    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw UnexpectedAnswer(description: "no connection to port \(port): errno \(errno)") }
    }

    deinit { close(socket) }

    func send(_ text: String) { _ = text.withCString { Glibc.send(socket, $0, strlen($0), Int32(MSG_NOSIGNAL)) } }

    /// All that comes until the service closes the connection; throws if it does not.
    func readToEnd() throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count > 0 { bytes += buffer.prefix(count) } else if count == 0 || errno == ECONNRESET { return String(decoding: bytes, as: UTF8.self) } else {
                throw UnexpectedAnswer(description: "the connection is still open after \(bytes.count) bytes")
            }
        }
    }
}
