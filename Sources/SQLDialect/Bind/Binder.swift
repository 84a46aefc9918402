internal import FeatureModel

/// Makes the typed form of a canonical query: resolves names, types every expression, and writes functions and operators as the
/// support table says. What has no entry there is recorded as an obstacle, and binding goes on to find the others.
final class Binder {
    let input: ServingInput
    let definitions: [TableName: TableDefinition]
    private(set) var obstacles: [Obstacle] = []
    private(set) var tables: Set<TableName> = []
    /// What each common table is, by number.
    var commonTables: [Int: Query] = [:]
    private var relationCount = 0
    private var commonCount = 0
    private var openViews: [TableName] = []
    private var depth = 0
    /// What ties a LATERAL item just bound to its neighbours, on its way to the ON of the join it stands in.
    var lateralConditions: [Expr] = []

    /// What may put nulls in place of the columns of the LATERAL item being bound.
    var lateralNulls = LateralJoin.Nulls.never
    /// Calls in a select list that give rows, bound as a source already.
    var boundRows: [(call: Node, elements: Expr, value: Expr)] = []

    /// The statement's first WITH query is what says what `request` is, and was not met yet.
    private var awaitsRequest: Bool

    /// Expressions nested deeper would overflow SQLite's own limits.
    private static let maximumDepth = 200

    init(_ input: ServingInput) {
        self.input = input
        definitions = Dictionary(input.tables.map { ($0.name, $0) }) { first, _ in first }
        awaitsRequest = input.request != nil
    }

    /// - Throws: if the canonical text cannot be parsed; everything else is an obstacle.
    func bindStatement() throws(SQLDialectError) -> Query {
        let bound = bind(query: try statement(input.canonicalSQL), parent: nil)
        let query = input.request == nil ? bound : RequestSource.unwrapped(bound)
        var search = PoisonSearch()
        _ = search.rewrite(query)
        // Whatever could not be bound left an obstacle; should one way not have, the query is refused all the same.
        if search.found, obstacles.isEmpty { unsupported("a construct of this query") }
        return query
    }

    private struct PoisonSearch: QueryRewriter {
        var found = false

        mutating func rewritten(_ expression: Expr) -> Expr {
            if expression.isPoison { found = true }
            return expression
        }
    }

    private func statement(_ sql: String) throws(SQLDialectError) -> Node {
        let tree = try ParseTree.parse(sql, limits: .canonical)
        guard tree.statements.count == 1, let statement = tree.statements[0]["stmt"], statement.kind == .selectStmt else {
            throw SQLDialectError(.internal, "the canonical form is not one SELECT")
        }
        return statement
    }

    // MARK: Obstacles

    @discardableResult
    func refuse(_ construct: String, _ hint: String) -> Expr {
        let obstacle = Obstacle(construct: construct, hint: hint)
        if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
        return .poison
    }

    static let useTraining = "the realtime store cannot answer it exactly; run the query for training only, or write this part differently"

    @discardableResult
    func unsupported(_ construct: String) -> Expr { refuse(construct, Self.useTraining) }

    /// Guards every recursion of the binder.
    func nested<Result>(_ otherwise: @autoclosure () -> Result, _ body: () -> Result) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            refuse("nesting deeper than \(Self.maximumDepth) levels", "give inner parts a name with WITH")
            return otherwise()
        }
        return body()
    }

    func newRelation() -> Int {
        relationCount += 1
        return relationCount
    }

    func newCommonTable() -> Int {
        commonCount += 1
        return commonCount
    }

    /// The rows of `request` if this is the name of WITH that says what it is.
    func takeRequest(_ name: String) -> Query? {
        guard awaitsRequest, let request = input.request, name == RequestRelation.name else { return nil }
        awaitsRequest = false
        return RequestSource.row(of: request)
    }

    // MARK: Relations

    /// A base table or a view by its qualified name.
    func relation(_ name: TableName) -> (source: Source, columns: [(name: String, value: Expr)])? {
        if let sql = input.views[name] ?? definitions[name]?.viewSQL { return view(name, sql) }
        guard let definition = definitions[name] else {
            refuse("relation \(name)", "its definition is not known")
            return nil
        }
        switch definition.kind {
        case .table, .partitioned: break
        case .view, .materializedView, .foreign, .other:
            refuse("\(definition.kind.rawValue) \(name)", "only tables, and views over tables, are mirrored into the realtime store")
            return nil
        }
        if definition.hasRowSecurity { refuse("row security on \(name)", "what a role may see is decided by the warehouse; use a table without it") }
        tables.insert(name)
        let id = newRelation()
        let source = Source.table(TableSource(id: id, table: name, columns: definition.columns.map(\.name)))
        let columns = definition.columns.enumerated().map { index, column in
            (column.name, columnExpression(column, of: name, ColumnID(relation: id, index: index)))
        }
        return (source, columns)
    }

    /// A column whose type cannot be mirrored keeps its type; using it is the obstacle (``Binder/checked(_:)``).
    private func columnExpression(_ column: TableDefinition.Column, of table: TableName, _ id: ColumnID) -> Expr {
        let encoding = Encoding.ofColumn(column.type)
        let collation: TextCollation =
            switch column.collation {
            case nil, "default"?: .databaseDefault
            case "C"?, "POSIX"?, "C.UTF-8"?, "C.utf8"?, "ucs_basic"?: .binary
            case .some(let name): .other(name)
            }
        return Expr(.column(id), column.type, encoding ?? .blob, isNullable: column.isNullable, digits: column.type.encodedDigits, collation: collation)
    }

    private func view(_ name: TableName, _ sql: String) -> (source: Source, columns: [(name: String, value: Expr)])? {
        guard !openViews.contains(name) else {
            refuse("view \(name)", "it reads itself")
            return nil
        }
        openViews.append(name)
        defer { openViews.removeLast() }
        let node: Node
        do { node = try statement(sql) } catch {
            refuse("view \(name)", "its definition cannot be read: \(error.message)")
            return nil
        }
        let query = bind(query: node, parent: nil)
        let id = newRelation()
        return (.query(id: id, query), Self.columns(of: query, relation: id))
    }

    static func columns(of query: Query, relation id: Int) -> [(name: String, value: Expr)] {
        query.columns.enumerated().map { index, column in (column.name, column.reference(.column(ColumnID(relation: id, index: index)))) }
    }
}

extension PostgresType {
    /// The most decimal digits that a value has in an integer's encoding.
    var encodedDigits: Int {
        switch kind {
        case .int2: 5
        case .int4: 10
        case .numeric: declaredNumeric?.precision ?? 19
        default: 19
        }
    }
}
