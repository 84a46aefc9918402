import Foundation

/// An `http` or `https` address, its parts checked. Never described with user, password or query, which may be secrets.
struct WebAddress: Sendable {
    let isSecure: Bool
    /// Lower case; an IPv6 address without brackets.
    let host: String
    let port: Int?
    let path: String
    private let query: String?
    /// `user:password`, if the address has one.
    let credentials: String?

    init(_ text: String) throws {
        guard let parts = URLComponents(string: text) else { throw Self.malformed }
        try self.init(parts)
    }

    private init(_ parts: URLComponents) throws {
        guard let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { throw Self.malformed }
        isSecure = scheme == "https"
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        // A dot at the end names the same host.
        let name = (bare.hasSuffix(".") ? String(bare.dropLast()) : bare).lowercased()
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "%") }) else { throw Self.malformed }
        self.host = name
        port = parts.port
        path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        query = parts.percentEncodedQuery
        credentials = parts.user.map { "\($0):\(parts.password ?? "")" }
    }

    private static var malformed: SourceFetchError { SourceFetchError(.badPath, "the address of the ETL's source is malformed") }

    /// Where a redirect from here leads.
    func redirected(to location: String) throws -> WebAddress {
        guard let base = URL(string: request), let url = URL(string: location, relativeTo: base),
            let parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
        else { throw SourceFetchError(.failed, "\(origin) redirects to an address that is malformed") }
        return try WebAddress(parts)
    }

    private var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    /// For the record and for errors: without user, password and query.
    var origin: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }

    /// For the request: with the query, still without user and password, which travel in a header.
    var request: String { query.map { "\(origin)?\($0)" } ?? origin }

    /// Same scheme, host and port: what may see the credentials.
    func isSameSite(as other: WebAddress) -> Bool { isSecure == other.isSecure && host == other.host && port == other.port }
}
