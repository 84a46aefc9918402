/// What the warehouse's catalog says about a relation: all that the prover needs to make a copy of the definition,
/// the realtime store to mirror it, and the planner to find keys.
public struct TableDefinition: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
        case table, partitioned, view, materializedView, foreign, other
    }

    public struct Column: Hashable, Sendable, Codable {
        public let name: String
        public let type: PostgresType
        public let isNullable: Bool
        /// The collation's name when it is not the database's default, e.g. `sv_SE`; nil for `default` and non-text.
        public let collation: String?

        public init(name: String, type: PostgresType, isNullable: Bool, collation: String? = nil) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.collation = collation
        }
    }

    /// Columns of this table that refer to columns of another.
    public struct ForeignKey: Hashable, Sendable, Codable {
        public let columns: [String]
        public let references: TableName
        public let referencedColumns: [String]

        public init(columns: [String], references: TableName, referencedColumns: [String]) {
            self.columns = columns
            self.references = references
            self.referencedColumns = referencedColumns
        }
    }

    public let name: TableName
    public let kind: Kind
    /// In the warehouse's order, dropped columns left out.
    public let columns: [Column]
    public let primaryKey: [String]
    /// Unique constraints and unique indexes on plain columns, the primary key left out.
    public let uniqueKeys: [[String]]
    public let foreignKeys: [ForeignKey]
    /// Leading plain columns of every other index.
    public let indexes: [[String]]
    /// The view's SELECT in canonical form (`pg_get_viewdef`), names schema-qualified; nil unless it is a view.
    public let viewSQL: String?
    public let hasRowSecurity: Bool
    /// The planner's estimate (`reltuples`), -1 when never analysed.
    public let estimatedRows: Int

    public init(
        name: TableName, kind: Kind, columns: [Column], primaryKey: [String] = [], uniqueKeys: [[String]] = [],
        foreignKeys: [ForeignKey] = [], indexes: [[String]] = [], viewSQL: String? = nil, hasRowSecurity: Bool = false, estimatedRows: Int = -1
    ) {
        self.name = name
        self.kind = kind
        self.columns = columns
        self.primaryKey = primaryKey
        self.uniqueKeys = uniqueKeys
        self.foreignKeys = foreignKeys
        self.indexes = indexes
        self.viewSQL = viewSQL
        self.hasRowSecurity = hasRowSecurity
        self.estimatedRows = estimatedRows
    }

    public func column(named name: String) -> Column? { columns.first { $0.name == name } }
}
