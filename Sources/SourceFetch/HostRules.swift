/// Which hosts may be asked, by name and by the addresses the name stands for.
struct HostRules: Sendable {
    private let names: Set<String>
    private let suffixes: [String]
    private let isOpen: Bool

    /// `allowed` nil: any public host.
    init(allowed: [String]?) {
        isOpen = allowed == nil
        let entries = (allowed ?? []).map { $0.lowercased().filter { !$0.isWhitespace && $0 != "[" && $0 != "]" } }
        names = Set(entries.filter { !$0.hasPrefix("*.") && !$0.isEmpty })
        suffixes = entries.filter { $0.hasPrefix("*.") }.map { String($0.dropFirst()) }
    }

    /// Throws unless the host may be asked at every one of `addresses`: one internal address among public ones is enough to refuse.
    func check(_ host: String, addresses: [IPAddress]) throws {
        if names.contains(host) { return }
        guard isOpen || suffixes.contains(where: { host.hasSuffix($0) && host.count > $0.count }) else {
            throw SourceFetchError(
                .hostNotAllowed, "sources may not be read from '\(host)'", hint: "ask for the host to be added to ETL_ALLOWED_HOSTS")
        }
        guard addresses.allSatisfy(\.isPublic) else {
            throw SourceFetchError(
                .hostNotAllowed, "'\(host)' is internal, and sources are read from internal hosts only if they are named",
                hint: "ask for the host to be added to ETL_ALLOWED_HOSTS")
        }
    }
}
