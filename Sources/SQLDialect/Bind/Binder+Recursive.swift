internal import FeatureModel

extension Binder {
    static func refersToItself(_ cte: Node, _ name: String) -> Bool {
        cte.descendants.contains { $0.kind == .rangeVar && $0.string("schemaname") == nil && $0.string("relname") == name }
    }

    /// `WITH RECURSIVE name AS (base UNION [ALL] step)`.
    ///
    /// PostgreSQL gives the step all rows of the turn before, SQLite one row after the other: the same where the step looks at each row on
    /// its own, that is, reads the table once, directly in FROM, and neither groups, sorts, limits nor looks across rows.
    func bind(recursive cte: Node, _ name: String, _ scope: Scope) -> CommonTable? {
        let construct = "WITH RECURSIVE of this form"
        guard cte["search_clause"] == nil, cte["cycle_clause"] == nil else { return refused("SEARCH and CYCLE of WITH RECURSIVE", name, scope) }
        guard let union = cte["ctequery"], union.kind == .selectStmt, union.string("op") == "SETOP_UNION", let left = union["larg"],
            let right = union["rarg"], union["withClause"] == nil, union.list("sortClause").isEmpty, union["limitCount"] == nil,
            union["limitOffset"] == nil
        else { return refused(construct, name, scope) }
        var base = bind(query: left, parent: scope)
        let names = cte.strings("aliascolnames")
        var columns = base.columns
        for index in columns.indices {
            if index < names.count { columns[index].name = names[index] }
            columns[index].isNullable = true
            columns[index].digits = 19
            // The scale may change from turn to turn.
            if columns[index].type.kind == .numeric, !columns[index].type.isArray {
                columns[index].encoding = .decimal
                columns[index].type = PostgresType(.numeric)
                setEncoding(of: index, in: &base, like: columns[index].reference(.output(index)))
            }
        }
        let all = union.bool("all")
        if all {
            for index in columns.indices where columns[index].encoding == .real { columns[index].mayBeNegativeZero = true }
        } else {
            for column in columns { requireEquality(column.reference(.output(0)), "UNION") }
            if columns.contains(where: { $0.reference(.output(0)).printsVary }) { return refused(Self.recursiveUnion, name, scope) }
        }
        let id = newCommonTable()
        scope.common[name] = Scope.CommonInfo(id: id, columns: columns)
        var step = bind(query: right, parent: scope)
        guard step.columns.count == columns.count else { return refused(construct, name, scope) }
        for index in columns.indices where step.columns[index].encoding != columns[index].encoding || step.columns[index].type.kind != columns[index].type.kind {
            setEncoding(of: index, in: &step, like: columns[index].reference(.output(index)))
            if obstacles.isEmpty, step.columns[index].encoding != columns[index].encoding { return refused(construct, name, scope) }
        }
        // Of what is not -0 the step may make it.
        if !all, step.columns.contains(where: \.mayBeNegativeZero) { return refused(Self.recursiveUnion, name, scope) }
        if obstacles.isEmpty, !Self.looksAtEachRow(step, of: id) { return refused(construct, name, scope) }
        let query = Query(body: .setOperation(.union, all: all, base, step), columns: columns)
        commonTables[id] = query
        return CommonTable(id: id, name: name, query: query, isRecursive: true)
    }

    private static let recursiveUnion = "WITH RECURSIVE … UNION over numerics, intervals, char(n), jsonb or computed doubles"

    private func refused(_ construct: String, _ name: String, _ scope: Scope) -> CommonTable? {
        unsupported(construct)
        // What reads it is refused with it.
        scope.common[name] = Scope.CommonInfo(id: newCommonTable(), columns: [])
        return nil
    }

    private static func looksAtEachRow(_ step: Query, of table: Int) -> Bool {
        guard case .select(let select) = step.body, select.distinct == .none, !select.isGrouped, step.orderBy.isEmpty, step.limit == nil,
            step.offset == nil, step.with.isEmpty, !select.output.contains(where: \.containsWindow), let from = select.from
        else { return false }
        var references = References(table: table)
        _ = references.rewrite(step)
        return references.count == 1 && directReferences(from, table) == 1
    }

    /// In FROM itself, where no outer join may put nulls in its place.
    private static func directReferences(_ source: Source, _ table: Int) -> Int {
        switch source {
        case .common(_, table): 1
        case .join(.inner, let left, let right, _): directReferences(left, table) + directReferences(right, table)
        case .join(.left, let left, _, _): directReferences(left, table)
        default: 0
        }
    }

    private struct References: QueryRewriter {
        let table: Int
        var count = 0

        mutating func rewritten(_ query: Query) -> Query {
            if case .select(let select) = query.body, let from = select.from { collect(from) }
            return query
        }

        private mutating func collect(_ source: Source) {
            switch source {
            case .common(_, table): count += 1
            case .join(_, let left, let right, _):
                collect(left)
                collect(right)
            default: break
            }
        }
    }
}
