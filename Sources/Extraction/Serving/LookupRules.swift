import FeatureModel

/// What a lookup may ask of the tables.
public struct LookupRules: Sendable {
    /// Tables of which the realtime store may hold a part only, as `schema.table`, or `table` in any schema. All others are complete.
    public var hotTables: Set<String> = []
    /// Rows that a lookup may scan where its key reaches no index.
    public var scannedRows = 100_000

    public init() {}

    func isHot(_ table: TableName) -> Bool { hotTables.contains(table.description) || hotTables.contains(table.name) }
}
