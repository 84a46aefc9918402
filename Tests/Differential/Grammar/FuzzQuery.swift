import Certificate

/// A random query over ``FuzzTables``; the same for a seed always.
public struct FuzzQuery: Sendable {
    public let sql: String
    /// An output column that lookups can go by.
    public let key: String?

    /// How many queries in a row are asked of one set of tables.
    public static let queriesPerTables = 250

    public static func tables(ofQuery seed: Int) -> FuzzTables { FuzzTables(seed: seed / queriesPerTables) }

    public init(seed: Int, tables: FuzzTables) {
        var maker = QueryMaker(seed: seed, tables: tables)
        (sql, key) = maker.query()
    }
}
