public import FeatureModel

/// A query as the realtime store runs it: SQLite's text, wrapped with its key, and how to read what comes back.
public struct RealtimeStatement: Sendable, Hashable, Codable {
    /// One SELECT in SQLite's dialect with parameters `?1`… for the key's columns.
    public let sql: String
    /// One per key column, in the order of the parameters.
    public let parameters: [Parameter]
    public let columns: [OutputCell]
    /// The base tables read.
    public let tables: [TableName]
    /// Indexes that let the key reach rows without a scan: table and columns.
    public let wantedIndexes: [WantedIndex]
    /// Which tables the key reaches.
    public let reach: KeyReach
    /// The tables' names in ``sql``.
    public let aliases: [String: TableName]
    /// The number of the parameter that takes the time of the request, in microseconds since 1970-01-01 UTC: the query reads the clock.
    /// Nil if it does not.
    public let clockParameter: Int?
    /// Base tables of which a lookup needs only the rows that hold the key's values.
    public let keyedTables: [KeyedTable]

    /// The columns of `request`, one parameter each, in order; none if the query reads none.
    public let requestParameters: [Parameter]
    /// The number of the first of them.
    public let firstRequestParameter: Int

    public struct Parameter: Sendable, Hashable, Codable {
        public let column: String
        public let type: PostgresType
        public let encoding: Encoding

        public init(column: String, type: PostgresType, encoding: Encoding) {
            self.column = column
            self.type = type
            self.encoding = encoding
        }
    }

    public struct OutputCell: Sendable, Hashable, Codable {
        public let name: String
        public let type: PostgresType
        public let isNullable: Bool
        public let encoding: Encoding

        public init(name: String, type: PostgresType, isNullable: Bool, encoding: Encoding) {
            self.name = name
            self.type = type
            self.isNullable = isNullable
            self.encoding = encoding
        }
    }

    public struct WantedIndex: Sendable, Hashable, Codable {
        public let table: TableName
        public let columns: [String]

        public init(table: TableName, columns: [String]) {
            self.table = table
            self.columns = columns
        }
    }

    public struct KeyedTable: Sendable, Hashable, Codable {
        public let table: TableName
        /// A row is needed if all columns of one of them equal their parameters.
        public let alternatives: [[KeyedColumn]]
    }

    public struct KeyedColumn: Sendable, Hashable, Codable {
        public let column: String
        /// From 1.
        public let parameter: Int
    }

    public init(
        sql: String, parameters: [Parameter], columns: [OutputCell], tables: [TableName], wantedIndexes: [WantedIndex], reach: KeyReach = KeyReach(),
        aliases: [String: TableName] = [:], clockParameter: Int? = nil, keyedTables: [KeyedTable] = [],
        requestParameters: [Parameter] = [], firstRequestParameter: Int = 0
    ) {
        self.sql = sql
        self.parameters = parameters
        self.columns = columns
        self.tables = tables
        self.wantedIndexes = wantedIndexes
        self.reach = reach
        self.aliases = aliases
        self.clockParameter = clockParameter
        self.keyedTables = keyedTables
        self.requestParameters = requestParameters
        self.firstRequestParameter = firstRequestParameter
    }

    /// The schema of the rows.
    public var schema: Schema { Schema(columns.map { .init(name: $0.name, type: $0.type, isNullable: $0.isNullable) }) }
}

/// How a value of a PostgreSQL type is held in SQLite, in a mirror's column or an expression's result. One value, one encoding:
/// equality, order and grouping in SQLite are then PostgreSQL's.
public enum Encoding: Sendable, Hashable, Codable {
    /// INTEGER: int2, int4, int8.
    case integer
    /// INTEGER 0 or 1.
    case boolean
    /// INTEGER, the value times 10^scale: numeric(p,s) with 0 ≤ s ≤ p ≤ 18, every value printed with exactly `scale` digits.
    case scaled(Int)
    /// TEXT as PostgreSQL prints it, display scale included, compared under the collation `pg_numeric`: any other numeric.
    case decimal
    /// REAL: float8, and float4 widened. NaN and -0 cannot be held: SQLite stores them as NULL and 0.
    case real
    /// TEXT under BINARY, which is the order of C, POSIX and C.UTF-8: text, varchar, name, uuid, json; the values of enums, which are compared
    /// by `pg_enum_rank` where their order counts; jsonb and arrays as PostgreSQL prints them, compared under their ``ValueOrder``.
    case text
    /// TEXT as PostgreSQL prints it, compared under SQLite's `RTRIM`, which passes over blanks at the end: char(n).
    case padded
    /// INTEGER days since 1970-01-01.
    case days
    /// INTEGER microseconds since 1970-01-01 00:00 (UTC), or since midnight for time.
    case microseconds
    /// TEXT as PostgreSQL prints it, compared under the collation `pg_interval`.
    case interval
    /// BLOB: bytea.
    case blob

    /// The encoding of a stored column of this type; nil if it cannot be mirrored.
    public static func ofColumn(_ type: PostgresType) -> Encoding? {
        if type.isArray { return .text }
        switch type.kind {
        case .bool: return .boolean
        case .int2, .int4, .int8: return .integer
        case .numeric:
            if let declared = type.declaredNumeric, declared.precision <= 18, (0...declared.precision).contains(declared.scale) {
                return .scaled(declared.scale)
            }
            return .decimal
        case .float4, .float8: return .real
        case .text, .varchar, .name, .uuid, .json, .jsonb: return .text
        case .date: return .days
        case .time, .timestamp, .timestamptz: return .microseconds
        case .interval: return .interval
        case .bytea: return .blob
        case .bpchar: return .padded
        case .other: return type.labels == nil ? nil : .text
        case .timetz, .unknown: return nil
        }
    }
}

/// Names shared by the generator, which writes them, and the store, which makes them.
public enum SQLiteNames {
    /// The mirror of a warehouse table: `"schema.table"`, quoted by ``quoted(_:)`` wherever it is written.
    public static func mirror(of table: TableName) -> String { "\(table.schema).\(table.name)" }

    /// The one function that quotes an identifier for SQLite.
    public static func quoted(_ identifier: String) -> String { "\"" + identifier.replacing("\"", with: "\"\"") + "\"" }
}
