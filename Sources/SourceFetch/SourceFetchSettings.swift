/// From where sources may be read, and how much.
public struct SourceFetchSettings: Sendable {
    /// Folders under which a path is looked up, in order.
    public var roots: [String]
    /// Nil: any host on the public internet. Else only these, by name, address or `*.domain`; a host that is named itself
    /// may also be internal.
    public var allowedHosts: [String]?
    public var mostBytes: Int
    /// For the whole of a fetch, redirects included.
    public var seconds: Double
    public var mostRedirects: Int

    public init(roots: [String] = ["etl"], allowedHosts: [String]? = nil, mostBytes: Int = 1 << 20, seconds: Double = 10, mostRedirects: Int = 5) {
        self.roots = roots
        self.allowedHosts = allowedHosts
        self.mostBytes = mostBytes
        self.seconds = seconds
        self.mostRedirects = mostRedirects
    }
}
