internal import FeatureModel

extension Binder {
    func bind(subLink node: Node, _ scope: Scope) -> Expr {
        guard let inner = node["subselect"] else { return .poison }
        let kind = node.string("subLinkType") ?? "EXISTS_SUBLINK"
        var query = bind(query: inner, parent: scope)
        if query.columns.isEmpty, kind != "EXISTS_SUBLINK" { return .poison }
        switch kind {
        case "EXISTS_SUBLINK":
            if query.columns.isEmpty, case .select(var select) = query.body {
                // SELECT FROM …: SQLite wants a column.
                select.output = [.bool(true)]
                query.columns = [QueryColumn(name: "c1", select.output[0])]
                query.body = .select(select)
            }
            return .boolean(.exists(query), isNullable: false)
        case "EXPR_SUBLINK":
            guard query.columns.count == 1 else { return unsupported("scalar sub-query of several columns") }
            var result = query.columns[0].reference(.scalarSubquery(query, provenSingle: SingleRow.isProven(query)))
            result.isNullable = true
            return result
        case "ANY_SUBLINK", "ALL_SUBLINK":
            let name = node.strings("operName").last ?? "="
            guard let test = node["testexpr"] else { return .poison }
            guard name == "=" && kind == "ANY_SUBLINK" || name == "<>" && kind == "ALL_SUBLINK" else {
                let construct = "\(name) \(kind == "ANY_SUBLINK" ? "ANY" : "ALL") (sub-query)"
                return test.kind == .rowExpr ? unsupported(construct) : quantified(name, bind(test, scope), query, isAll: kind == "ALL_SUBLINK", construct)
            }
            var values = test.kind == .rowExpr ? test.list("args").map { bind($0, scope) } : [bind(test, scope)]
            guard values.count == query.columns.count else { return unsupported("IN over rows of another width") }
            for index in values.indices {
                let value = values[index], column = query.columns[index].reference(.output(index))
                let both = alike([value, column])
                if compare(.equal, both[0], both[1]).isPoison { return .poison }
                let sides = comparable(both)
                values[index] = sides[0]
                if sides[1] != column { convert(column: index, of: &query) { comparable(alike([value, $0]))[1] } }
            }
            let isNullable = values.contains(where: \.isNullable) || query.columns.contains(where: \.isNullable)
            return .boolean(.inSubquery(values, query, negated: kind == "ALL_SUBLINK"), isNullable: isNullable)
        case "ARRAY_SUBLINK": return array(of: query)
        default: return unsupported("sub-query of this form")
        }
    }

    /// `x > ALL (SELECT …)` and its like: whether the comparison is true, false or null for each row, counted.
    func quantified(_ name: String, _ value: Expr, _ query: Query, isAll: Bool, _ construct: String) -> Expr {
        guard query.columns.count == 1, let op = Self.comparisons[name] else { return unsupported(construct) }
        let id = newRelation()
        if value.containsAggregate || value.containsWindow { return unsupported("\(construct) of an aggregate") }
        let found = compare(op, value, query.columns[0].reference(.column(ColumnID(relation: id, index: 0))), construct)
        if found.isPoison { return found }
        func aggregate(_ function: String, _ arguments: [Expr]) -> Expr {
            Expr(
                .aggregate(Aggregate(function: function, arguments: arguments, isDistinct: false, filter: nil)), PostgresType(.bool), .boolean,
                isNullable: true)
        }
        // Decided by one row that is false under ALL, true under ANY; else null if one row is null.
        let isDecided = aggregate(isAll ? "min" : "max", [found])
        let decided = Expr.boolean(.isBoolean(isDecided, value: !isAll, negated: false), isNullable: false)
        let allKnown = Expr.boolean(.compare(.equal, aggregate("count", [found]), aggregate("count", [])), isNullable: false)
        let branches = [Branch(condition: decided, value: .bool(!isAll)), Branch(condition: allKnown, value: .bool(isAll))]
        let answer = Expr.boolean(.choose(branches, otherwise: nil), isNullable: true)
        let select = Select(output: [answer], from: .query(id: id, query), isGrouped: true)
        let counted = Query(body: .select(select), columns: [QueryColumn(name: "c1", answer)])
        return .boolean(.scalarSubquery(counted, provenSingle: true), isNullable: true)
    }

    /// `ARRAY(SELECT … ORDER BY …)`.
    private func array(of query: Query) -> Expr {
        guard query.columns.count == 1, !query.columns[0].type.isArray else { return unsupported("ARRAY(sub-query of arrays)") }
        guard !query.orderBy.isEmpty else {
            return refuse("ARRAY(sub-query) without ORDER BY", "its answer depends on the order in which rows are stored; add ORDER BY inside")
        }
        var inner = query
        inner.with = []
        let id = newRelation()
        guard let keys = inner.addSortKeys(readFrom: id) else { return unsupported("ARRAY(SELECT DISTINCT … ORDER BY another expression)") }
        if query.limit == nil, query.offset == nil { inner.orderBy = [] }
        let value = inner.columns[0].reference(.column(ColumnID(relation: id, index: 0)))
        let list = Aggregate(
            function: "pg_array_agg", arguments: [outputText(value), .text(AggregateLowering.spec(keys))] + keys.map(\.expression),
            isDistinct: false, filter: nil)
        let type = PostgresType(value.type.kind, isArray: true)
        let collected = Expr(.aggregate(list), type, .text, isNullable: true)
        let filled = Expr(.coalesce([collected, Expr(.literal(.text("{}")), type, .text, isNullable: false)]), type, .text, isNullable: false)
        let select = Select(output: [filled], from: .query(id: id, inner), isGrouped: true)
        let whole = Query(with: query.with, body: .select(select), columns: [QueryColumn(name: "c1", filled)])
        return Expr(.scalarSubquery(whole, provenSingle: true), type, .text, isNullable: false)
    }
}

/// Proves that a query gives at most one row whatever the data.
enum SingleRow {
    static func isProven(_ query: Query) -> Bool {
        if case .integer(let limit)? = query.limit?.literal, limit <= 1 { return true }
        switch query.body {
        case .select(let select): return select.isGrouped && select.groupBy.isEmpty || select.from == nil
        case .values(let rows): return rows.count <= 1
        case .setOperation: return false
        }
    }
}
