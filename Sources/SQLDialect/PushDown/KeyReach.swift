public import FeatureModel

/// How far the key of a lookup reaches: whether every table is asked for a few rows, and whether these rows are the key's own.
public struct KeyReach: Sendable, Hashable, Codable {
    /// Tables read somewhere without an equality that leads to the key: every row may count.
    public let unreached: [TableName]
    /// Tables that an equality leads to, but by a value that rows of other keys may share (`of the same type`): a lookup visits few rows, yet
    /// it is right only if all rows are there. Contains ``unreached``.
    public let shared: [TableName]
    /// Why the key's condition had to stay outside of parts of the query.
    public let reasons: [String]

    public init(unreached: [TableName] = [], shared: [TableName] = [], reasons: [String] = []) {
        self.unreached = unreached
        self.shared = shared
        self.reasons = reasons
    }
}
