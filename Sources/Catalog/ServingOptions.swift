/// What a query's author said at save about how it is to be served.
public struct ServingOptions: Codable, Sendable, Hashable {
    /// Lookups may scan more rows than the service's limit.
    public var allowsScan: Bool
    /// Keep answers by key until a table changes, however cheap they are.
    public var isCached: Bool

    public init(allowsScan: Bool = false, isCached: Bool = false) {
        self.allowsScan = allowsScan
        self.isCached = isCached
    }
}
