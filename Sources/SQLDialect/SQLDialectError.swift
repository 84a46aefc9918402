internal import CPgQuery
public import FeatureModel

/// SQL that is not accepted: what is wrong, and where in the text as sent.
public struct SQLDialectError: Failure, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        enum Base: String, Sendable, Hashable, CaseIterable {
            case syntax = "sql_syntax"
            case tooLarge = "sql_too_large"
            case tooDeep = "sql_too_deep"
            case noStatement = "no_statement"
            case severalStatements = "several_statements"
            case statementNotPermitted = "statement_not_permitted"
            case functionNotPermitted = "function_not_permitted"
            case typeNotPermitted = "type_not_permitted"
            case relationNotPermitted = "relation_not_permitted"
            case columnNotPermitted = "column_not_permitted"
            case parameterNotPermitted = "parameter_not_permitted"
            case duplicateColumn = "duplicate_column"
            case notServable = "not_servable"
            case busy = "sql_busy"
            case `internal` = "sql_internal"
        }

        let base: Base

        init(_ base: Base) { self.base = base }

        public var description: String { base.rawValue }

        /// Not SQL in PostgreSQL's grammar.
        public static let syntax = Code(.syntax)
        public static let tooLarge = Code(.tooLarge)
        public static let tooDeep = Code(.tooDeep)
        /// Nothing but spaces and comments.
        public static let noStatement = Code(.noStatement)
        public static let severalStatements = Code(.severalStatements)
        /// Anything but one SELECT that only reads.
        public static let statementNotPermitted = Code(.statementNotPermitted)
        public static let functionNotPermitted = Code(.functionNotPermitted)
        public static let typeNotPermitted = Code(.typeNotPermitted)
        public static let relationNotPermitted = Code(.relationNotPermitted)
        public static let columnNotPermitted = Code(.columnNotPermitted)
        public static let parameterNotPermitted = Code(.parameterNotPermitted)
        public static let duplicateColumn = Code(.duplicateColumn)
        /// A permitted query that the realtime store cannot answer with PostgreSQL's meaning.
        public static let notServable = Code(.notServable)
        /// Too many texts are waiting to be parsed.
        public static let busy = Code(.busy)
        /// A defect of ours, not of the text.
        public static let `internal` = Code(.internal)

        /// Every code, for the list of error codes.
        public static let all = Base.allCases.map(Code.init)
    }

    public let kind: Code
    public let message: String
    public let position: SourcePosition?
    public let hint: String?
    public let details: JSONValue?

    public init(_ kind: Code, _ message: String, position: SourcePosition? = nil, hint: String? = nil, details: JSONValue? = nil) {
        self.kind = kind
        self.message = message
        self.position = position
        self.hint = hint
        self.details = details
    }

    /// - Parameter offset: in bytes of `text`.
    public init(_ kind: Code, _ message: String, at offset: Int?, in text: String, hint: String? = nil) {
        self.init(kind, message, position: offset.map { SourcePosition(utf8Offset: $0, in: text) }, hint: hint)
    }

    /// What is wrong with a node, said at its place.
    public init(_ kind: Code, _ message: String, at node: Node, hint: String? = nil) {
        self.init(kind, message, position: node.position, hint: hint)
    }

    /// libpg_query counts its position in characters from 1; 0 is none.
    init(parser error: PgQueryError, in sql: String) {
        let message = error.message.map { String(cString: $0) } ?? "syntax error"
        let scalars = sql.unicodeScalars
        let offset = scalars.prefix(Int(max(error.cursorpos, 1)) - 1).reduce(0) { $0 + UTF8.width($1) }
        // The grammar's own stack has a limit that nested parentheses, which leave no trace in a tree, reach first.
        let isDeep = message.contains("memory exhausted") || message.contains("stack depth")
        self.init(
            isDeep ? .tooDeep : .syntax, isDeep ? "the SQL text nests too deeply" : message, at: error.cursorpos > 0 ? offset : nil, in: sql,
            hint: isDeep ? "use WITH to give the inner parts a name" : nil)
    }

    public var code: String { kind.description }

    public var fault: Fault {
        switch kind {
        case .busy: .shed
        case .internal: .internal
        default: .refused
        }
    }

    public var sqlstate: String? { kind == .syntax ? "42601" : nil }
    public var retryAfter: Int? { kind == .busy ? 1 : nil }

    static let busy = SQLDialectError(.busy, "too many SQL texts are waiting to be parsed", hint: "try again in a second")
}
