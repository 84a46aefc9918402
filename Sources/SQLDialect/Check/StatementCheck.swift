internal import FeatureModel

/// Goes once through every node of a tree and refuses what a query must not contain. What is on no list is refused.
struct StatementCheck {
    let tree: ParseTree
    let policy: FunctionPolicy
    private(set) var trainingOnly: [Obstacle] = []
    var rangeNames: RangeNames

    init(tree: ParseTree, policy: FunctionPolicy) {
        self.tree = tree
        self.policy = policy
        rangeNames = RangeNames(of: tree)
    }

    /// The one statement of the tree.
    static func onlyStatement(of tree: ParseTree) throws(SQLDialectError) -> Node {
        guard let first = tree.statements.first, let statement = first["stmt"] else {
            throw SQLDialectError(.noStatement, "the text holds no SQL statement", at: 0, in: tree.text, hint: "write one SELECT")
        }
        if tree.statements.count > 1 {
            let offset = SQLWords.skipSpace(in: tree.text, from: tree.statements[1].int("stmt_location"))
            throw SQLDialectError(
                .severalStatements, "the text holds \(tree.statements.count) statements; one SELECT is permitted", at: offset, in: tree.text,
                hint: "keep the first statement; combine several with WITH or UNION ALL")
        }
        guard statement.kind == .selectStmt else {
            let offset = SQLWords.skipSpace(in: tree.text, from: first.int("stmt_location"))
            throw SQLDialectError(
                .statementNotPermitted, "\(StatementName.of(statement)) is not permitted: a query is one SELECT", at: offset, in: tree.text,
                hint: "write one SELECT (WITH and VALUES included)")
        }
        return first
    }

    /// What a SQL ETL may read.
    static func requireInputOnly(_ relations: [RelationUse], in text: String) throws(SQLDialectError) {
        let isInput = { (use: RelationUse) in use.schema == nil && use.name == CheckedQuery.inputName }
        if let other = relations.first(where: { !isInput($0) }) {
            let name = (other.schema.map { $0 + "." } ?? "") + other.name
            throw SQLDialectError(
                .statementNotPermitted, "a SQL ETL selects from 'input' alone, and this one reads '\(name)'", position: other.position,
                hint: "join '\(name)' in the query, and transform its rows here")
        }
        if relations.isEmpty {
            throw SQLDialectError(
                .statementNotPermitted, "a SQL ETL selects from 'input', and this one never reads it", at: 0, in: text, hint: "write … FROM input")
        }
    }

    /// The name of a WITH hides a system relation of that name, so this looks at what is left when those are taken away.
    static func refuseSystemRelations(_ relations: [RelationUse]) throws(SQLDialectError) {
        for use in relations where use.schema.map(isSystemSchema) ?? use.name.hasPrefix("pg_") {
            let name = (use.schema.map { $0 + "." } ?? "") + use.name
            throw SQLDialectError(
                .relationNotPermitted, "the system relation \(name) is not permitted", position: use.position,
                hint: "system catalogs are never read by a query; look into the warehouse itself, as with psql")
        }
    }

    static func isSystemSchema(_ schema: String) -> Bool { schema.hasPrefix("pg_") || schema == "information_schema" }

    mutating func run() throws(SQLDialectError) {
        for node in tree.allNodes { try check(node) }
    }

    private mutating func check(_ node: Node) throws(SQLDialectError) {
        switch node.kind {
        case .rawStmt, .resTarget, .withClause, .cteSearchClause, .cteCycleClause, .windowDef, .groupingSet, .rangeSubselect, .rangeFunction,
            .joinExpr, .alias, .columnDef, .star, .constant, .boolExpr, .nullTest, .booleanTest, .namedArgument, .coalesce, .minMax, .caseExpr,
            .caseWhen, .arrayExpr, .rowExpr, .groupingFunction, .indices, .typeCast, .collateClause, .string, .integer, .float, .boolean,
            .bitString, .list, .empty:
            break
        case .selectStmt: limit(node)
        case .commonTableExpr: try commonTable(node)
        case .intoClause:
            try refuse(
                .statementNotPermitted, "SELECT INTO", at: offset(of: ["into"], near: node), hint: "leave INTO out; saving is the service's work")
        case .lockingClause: try locking(node)
        case .rangeVar: try threeParts(node)
        case .rangeTableSample: try sample(node)
        case .rangeTableFunc, .xmlExpr, .xmlSerialize:
            try refuse(.functionNotPermitted, "an xml function", at: node.nearestLocation, hint: "keep documents as json or jsonb")
        case .columnRef: try column(node)
        case .indirection: try indirection(node)
        case .expression: try operatorName(node, "name")
        case .subLink: try operatorName(node, "operName")
        case .sortBy: try operatorName(node, "useOp")
        case .functionCall: try function(node)
        case .sqlValueFunction: try sqlValue(node)
        case .typeName: try type(node)
        case .parameter:
            try refuse(
                .parameterNotPermitted, "the parameter $\(node.int("number"))", at: node.location,
                hint: "write the value itself; keys are bound by the service around the query")
        case .setToDefault: try refuse(.statementNotPermitted, "DEFAULT", at: node.nearestLocation, hint: "write the value itself")
        case .currentOf: try refuse(.statementNotPermitted, "CURRENT OF", at: node.nearestLocation, hint: "a query reads no cursor")
        case .other: try refuse(.statementNotPermitted, StatementName.of(node), at: node.nearestLocation, hint: "write one SELECT that only reads")
        }
    }

    func refuse(_ code: SQLDialectError.Code, _ construct: String, at offset: Int?, hint: String) throws(SQLDialectError) {
        throw SQLDialectError(code, "\(construct) is not permitted", at: offset, in: tree.text, hint: hint)
    }

    /// Each construct is noted once, where it stands first.
    mutating func note(_ construct: String, at offset: Int?, hint: String) {
        guard !trainingOnly.contains(where: { $0.construct == construct }) else { return }
        trainingOnly.append(Obstacle(construct: construct, position: offset.map { SourcePosition(utf8Offset: $0, in: tree.text) }, hint: hint))
    }

    /// Where these words stand at or behind the node's first place; the node itself where they cannot be found.
    func offset(of words: [String], near node: Node) -> Int? {
        guard let start = node.parent?.nearestLocation ?? node.nearestLocation else { return nil }
        return SQLWords(tree.text, from: start).offset(of: words) ?? SQLWords(tree.text).offset(of: words) ?? start
    }
}
