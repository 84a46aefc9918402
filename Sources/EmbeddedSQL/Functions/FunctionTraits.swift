internal import CSQLite

/// What SQLite may assume of a registered function.
public struct FunctionTraits: OptionSet, Sendable {
    public let rawValue: Int32
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Equal arguments give equal results within a statement: calls can be moved out of loops, and stand in indexes.
    public static let deterministic = FunctionTraits(rawValue: SQLITE_DETERMINISTIC)
    /// Without side effects and secrets: may stand in a schema that is not trusted (an index over an expression).
    public static let innocuous = FunctionTraits(rawValue: SQLITE_INNOCUOUS)
    /// Only in statements, never in the schema.
    public static let directOnly = FunctionTraits(rawValue: SQLITE_DIRECTONLY)
}
