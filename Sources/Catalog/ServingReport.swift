public import FeatureModel

/// How a statement is looked up: found at save, kept beside the binding.
public struct ServingReport: Codable, Sendable, Hashable {
    /// An output column as a key.
    public struct KeyColumn: Codable, Sendable, Hashable {
        public let column: String
        public let type: String
        /// A lookup by it visits a few rows of every table, and the key reaches every table that is kept in part.
        public let isLocal: Bool
        /// Why not, when not.
        public let reason: String?

        public init(column: String, type: String, isLocal: Bool, reason: String?) {
            self.column = column
            self.type = type
            self.isLocal = isLocal
            self.reason = reason
        }
    }

    /// A table that each lookup reads from end to end.
    public struct Scan: Codable, Sendable, Hashable {
        public let table: TableName
        /// When the report was made; nil if unknown.
        public let rows: Int?

        public init(table: TableName, rows: Int?) {
            self.table = table
            self.rows = rows
        }
    }

    /// A prepared lookup.
    public struct Lookup: Codable, Sendable, Hashable {
        public let key: [String]
        /// The realtime store's plan, a step a line.
        public let plan: [String]
        public let scans: [Scan]
        /// Rows that one lookup is thought to visit: those of scanned tables, one where a unique key finds it, ten where another index does.
        /// Nil if the size of a scanned table is unknown.
        public let estimatedRows: Int?

        public init(key: [String], plan: [String], scans: [Scan], estimatedRows: Int?) {
            self.key = key
            self.plan = plan
            self.scans = scans
            self.estimatedRows = estimatedRows
        }
    }

    public let columns: [KeyColumn]
    public let lookups: [Lookup]
    /// PostgreSQL's plan for the whole statement; empty if the warehouse was away.
    public let warehousePlan: [String]
    /// Statements that would give the warehouse the indexes that lookups use here.
    public let suggestedIndexes: [String]

    public init(columns: [KeyColumn], lookups: [Lookup], warehousePlan: [String], suggestedIndexes: [String]) {
        self.columns = columns
        self.lookups = lookups
        self.warehousePlan = warehousePlan
        self.suggestedIndexes = suggestedIndexes
    }
}
