public import FeatureModel

/// An SQL text that is exactly one SELECT which only reads, calls permitted functions only and names no system catalog.
///
/// The text itself is never changed. Checking it is the first of several locks: the same functions are checked again as PostgreSQL
/// resolved them (``FunctionPolicy/permits(schema:name:arguments:isVolatile:)``), and the statement runs READ ONLY.
public struct CheckedQuery: Sendable {
    public enum Purpose: Sendable {
        /// A query over tables of the warehouse.
        case query
        /// A transformation of a query's rows: the only relation it reads is ``CheckedQuery/inputName``, at least once.
        case sqlETL
    }

    /// The relation that a SQL ETL selects from.
    public static let inputName = "input"

    /// As sent.
    public let text: String
    public let purpose: Purpose
    public let tree: ParseTree
    /// What `request` is; nil if the query declares none.
    public let request: RequestRelation?
    /// The one statement without the semicolon behind it, comments kept. It may end within a `--` comment, so put a line end behind it
    /// when embedding it: `"(\n" + statement + "\n)"`.
    public let statement: String
    /// Every table and view it reads, each once, in the order of the text. Names of its own WITH are not among them, nor is a declared `request`.
    public let relations: [RelationUse]
    /// Constructs that are fit for training and not for serving.
    public let trainingOnly: [Obstacle]

    /// Parses and checks on a thread of ``DeepStack``.
    /// - Throws: ``SQLDialectError`` with the construct and its position; `CancellationError`.
    public init(_ text: String, as purpose: Purpose, policy: FunctionPolicy = .builtIn, request: RequestRelation? = nil) async throws {
        self = try await DeepStack.run { try CheckedQuery(checking: text, as: purpose, policy: policy, request: request) }
    }

    /// The same for a caller that may block its thread.
    public static func check(
        _ text: String, as purpose: Purpose, policy: FunctionPolicy = .builtIn, request: RequestRelation? = nil
    ) throws(SQLDialectError) -> CheckedQuery {
        try DeepStack.runHere { () throws(SQLDialectError) in try CheckedQuery(checking: text, as: purpose, policy: policy, request: request) }
    }

    private init(checking text: String, as purpose: Purpose, policy: FunctionPolicy, request: RequestRelation?) throws(SQLDialectError) {
        let tree = try ParseTree.parse(text)
        let raw = try StatementCheck.onlyStatement(of: tree)
        var check = StatementCheck(tree: tree, policy: policy)
        try check.run()
        let relations = RelationCollector.relations(of: tree, hidden: request == nil ? [] : [RequestRelation.name])
        try StatementCheck.refuseSystemRelations(relations)
        if purpose == .sqlETL { try StatementCheck.requireInputOnly(relations, in: text) }
        self.text = text
        self.purpose = purpose
        self.tree = tree
        self.request = request
        self.relations = relations
        trainingOnly = check.trainingOnly
        statement = Self.substring(of: text, from: raw.int("stmt_location"), count: raw.int("stmt_len"))
    }

    /// A length of 0 says that the statement goes on to the end of the text.
    private static func substring(of text: String, from offset: Int, count: Int) -> String {
        let bytes = text.utf8.dropFirst(offset)
        return String(decoding: count == 0 ? bytes : bytes.prefix(count), as: UTF8.self)
    }

    /// One statement that gives the ETL's rows over this query's.
    ///
    /// - Parameter condition: on this query's output columns, which says what rows the ETL sees; of this project's own making.
    public func combined(with etl: CheckedQuery, where condition: String? = nil) -> String {
        let rows = condition.map { "SELECT * FROM (\n\(statement)\n) AS \"query\" WHERE \($0)" } ?? statement
        return Self.opening(rows) + etl.statement + "\n) AS \"output\""
    }

    /// On a line of its own, so that positions in the ETL are found again.
    private static func opening(_ rows: String) -> String { "WITH \"\(inputName)\" AS (\n\(rows)\n) SELECT * FROM (\n" }

    /// A place in ``combined(with:where:)`` without condition, in the ETL's text; nil if it is elsewhere.
    public func position(in etl: CheckedQuery, ofCombined outer: SourcePosition) -> SourcePosition? {
        etl.statement.place(of: outer, behind: Self.opening(statement))
    }

    /// Where a function of that name is called first; nil if the text calls none, e.g. because an operator stands for it.
    public func locate(function name: String) -> SourcePosition? {
        tree.allNodes.first { $0.kind == .functionCall && $0.strings("funcname").last == name }?.position
    }

    /// Where a relation is read first.
    public func locate(relation name: String, schema: String? = nil) -> SourcePosition? {
        relations.first { $0.name == name && (schema == nil || $0.schema == nil || $0.schema == schema) }?.position
    }

    /// The output names must differ: a row is an object, and a column is found by its name.
    public func refuseDuplicates(_ names: [String]) throws(SQLDialectError) {
        var seen: Set<String> = []
        guard let repeated = names.first(where: { !seen.insert($0).inserted }) else { return }
        let targets = tree.statements.first?["stmt"]?.list("targetList") ?? NodeList(tree: tree, range: 0..<0)
        // Output columns and targets agree unless a star stands among them.
        let second = names.indices.filter { names[$0] == repeated }.dropFirst().first
        let node = second.flatMap { targets.count == names.count ? targets[$0] : nil }
        throw SQLDialectError(
            .duplicateColumn, "two output columns are called '\(repeated)'", position: node?.position,
            hint: "name the second one with AS, e.g. AS \(repeated)_2", details: ["column": .string(repeated)])
    }
}
