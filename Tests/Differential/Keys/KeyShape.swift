/// A query over ``KeyTables``, a key, and how far that reaches: one shape in which feature queries are written.
public struct KeyShape: Sendable, CustomStringConvertible {
    public enum Reach: Sendable, Equatable {
        /// Every table, through an index.
        case all
        /// All but these tables, which are read from end to end; what the report says has these words.
        case allBut([String], String)
        /// Every table through an index, but these by a value that other keys' rows share.
        case shared([String])
    }

    public let name: String
    public let sql: String
    public let key: [String]
    public let etl: String?
    /// Query and ETL as somebody would write them by hand as one query; nil where that is no shape of its own.
    public let byHand: String?
    public let reach: Reach

    public var description: String { name }

    public init(_ name: String, _ sql: String, key: [String] = ["customer_id"], etl: String? = nil, byHand: String? = nil, _ reach: Reach = .all) {
        self.name = name
        self.sql = sql
        self.key = key
        self.etl = etl
        self.byHand = byHand
        self.reach = reach
    }

    /// The query alone, without its ETL.
    public var alone: KeyShape { KeyShape(name, sql, key: key, reach) }

    /// ``byHand`` as a shape.
    public var writtenByHand: KeyShape? { byHand.map { KeyShape(name, $0, key: key, reach) } }
}
