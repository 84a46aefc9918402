public import FeatureModel

/// Some tables' rows, made up or sampled, and the statements to run over them: what a ``Prover`` tries out and forgets.
public struct Rehearsal: Sendable {
    public var rows: [TableRows]
    public var statements: [String]
    /// Rows to be given back, as the realtime store would load them.
    public var cuts: [TableCut]
    /// Whether PostgreSQL is to plan as for large tables: to look up rows rather than read all, and so to evaluate conditions on fewer.
    public var looksUp: Bool

    public init(rows: [TableRows], statements: [String], cuts: [TableCut], looksUp: Bool = false) {
        self.rows = rows
        self.statements = statements
        self.cuts = cuts
        self.looksUp = looksUp
    }
}

/// Rows of one table, every value as PostgreSQL's input function reads it; nil is NULL.
public struct TableRows: Sendable, Hashable {
    public let table: TableName
    public let columns: [String]
    public var rows: [[String?]]

    public init(table: TableName, columns: [String], rows: [[String?]]) {
        self.table = table
        self.columns = columns
        self.rows = rows
    }
}

/// Some or all rows of a table, in the definition's columns.
public struct TableCut: Sendable {
    /// A column that must equal a value.
    public struct Equality: Sendable, Hashable {
        public let column: String
        public let value: String
        public let type: PostgresType

        public init(column: String, value: String, type: PostgresType) {
            self.column = column
            self.value = value
            self.type = type
        }
    }

    public let table: TableDefinition
    /// A row is kept if all equalities of one of them hold; nil keeps every row.
    public let alternatives: [[Equality]]?

    public init(table: TableDefinition, alternatives: [[Equality]]? = nil) {
        self.table = table
        self.alternatives = alternatives
    }
}

/// What came of a ``Rehearsal``.
public struct RehearsalOutcome: Sendable {
    /// One a statement.
    public let answers: [EngineAnswer]
    /// One a cut.
    public let frames: [[Frame]]
    /// The rows that PostgreSQL refused or that collided with a unique key are left out: by table, the places of those that are in.
    public let accepted: [[Int]]
    /// What `now()` was, in microseconds since 1970-01-01 UTC.
    public let clock: Int64

    public init(answers: [EngineAnswer], frames: [[Frame]], accepted: [[Int]], clock: Int64 = 0) {
        self.clock = clock
        self.answers = answers
        self.frames = frames
        self.accepted = accepted
    }
}

/// What an engine said to a statement.
public enum EngineAnswer: Sendable, Hashable {
    /// Each row as `row_to_json` prints it, in the order of the engine.
    case rows([String])
    /// It failed while it ran; nil where the engine gave no SQLSTATE.
    case failed(sqlstate: String?, message: String)
}
