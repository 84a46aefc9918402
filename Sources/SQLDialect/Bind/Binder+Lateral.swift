internal import FeatureModel

extension Binder {
    /// See ``LateralJoin``. Its conditions are handed to the join that is being bound, which puts them into its ON.
    func bind(lateral node: Node, _ alias: String, _ aliasNode: Node?, _ scope: Scope) -> Source? {
        let query = bind(query: node, parent: scope)
        var neighbours: Set<Int> = []
        for column in scope.relations.flatMap(\.columns) { column.value.collectRelations(&neighbours) }
        let lateral = LateralJoin(newRelation: newRelation, newCommonTable: newCommonTable, neighbours: neighbours)
        func add(_ values: [Expr]) {
            var columns = zip(query.columns, values).map { (name: $0.name, value: $1) }
            rename(&columns, aliasNode)
            scope.add(Scope.Relation(alias: alias, columns: columns))
        }
        func plain() -> Source {
            let id = newRelation()
            add(Self.columns(of: query, relation: id).map(\.value))
            return .query(id: id, query)
        }
        guard obstacles.isEmpty, lateral.isCorrelated(query) else { return plain() }
        if var columns = lateral.columns(of: query) {
            let id = newRelation()
            if lateralNulls == .always {
                // The row is always there, until an outer join puts nulls in its place.
                let row = Expr(.column(ColumnID(relation: id, index: 0)), PostgresType(.bool), .boolean, isNullable: true)
                for index in columns.indices {
                    columns[index].operation = .choose([Branch(condition: .boolean(.isNotNull(row), isNullable: false), value: columns[index])], otherwise: nil)
                    columns[index].isNullable = true
                }
            }
            add(columns)
            return .query(id: id, Query(body: .values([[.bool(true)]]), columns: [QueryColumn(name: "c1", .bool(true))]))
        }
        guard let joined = lateral.joined(query, mayBeNull: lateralNulls != .never) else {
            unsupported("LATERAL of this form")
            return plain()
        }
        add(joined.columns)
        lateralConditions += joined.conditions
        return joined.source
    }
}

extension Expr {
    /// The relations whose columns it reads, those within sub-queries left out.
    func collectRelations(_ relations: inout Set<Int>) {
        if let column { relations.insert(column.relation) }
        for child in operation.children { child.collectRelations(&relations) }
        if operation.subquery != nil {
            var search = ColumnSearch()
            _ = search.rewrite(self)
            relations.formUnion(search.relations)
        }
    }

    private struct ColumnSearch: QueryRewriter {
        var relations: Set<Int> = []

        mutating func rewritten(_ expression: Expr) -> Expr {
            if let column = expression.column { relations.insert(column.relation) }
            return expression
        }
    }
}
