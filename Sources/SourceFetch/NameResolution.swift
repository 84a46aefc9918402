import Foundation
import Synchronization

/// The addresses that a name stands for, asked for on a thread of its own: `getaddrinfo` blocks.
enum NameResolution {
    /// Throws ``SourceFetchError`` if there are none, or none within `seconds`.
    static func addresses(of host: String, seconds: Double) async throws -> [IPAddress] {
        if let literal = IPAddress(host) { return [literal] }
        let found: [IPAddress]? = await withCheckedContinuation { continuation in
            let answer = Once(continuation)
            DispatchQueue.global().async { answer.give(lookUp(host)) }
            // A name server that does not answer keeps its thread for a while, but not the caller.
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { answer.give(nil) }
        }
        guard let found else { throw SourceFetchError(.failed, "the name '\(host)' was not resolved in time") }
        guard !found.isEmpty else {
            throw SourceFetchError(.failed, "there is no host '\(host)'", hint: "check the address for a typing error")
        }
        return found
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = address(entry.pointee), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let socketAddress = UnsafeRawPointer(entry.ai_addr) else { return nil }
        switch entry.ai_family {
        case AF_INET:
            var address = socketAddress.loadUnaligned(as: sockaddr_in.self).sin_addr
            return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
        case AF_INET6:
            var address = socketAddress.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
        default: return nil
        }
    }

    /// The first answer counts.
    private final class Once: Sendable {
        private let continuation: Mutex<CheckedContinuation<[IPAddress]?, Never>?>

        init(_ continuation: CheckedContinuation<[IPAddress]?, Never>) { self.continuation = Mutex(continuation) }

        func give(_ answer: [IPAddress]?) {
            let waiting = continuation.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            waiting?.resume(returning: answer)
        }
    }
}
