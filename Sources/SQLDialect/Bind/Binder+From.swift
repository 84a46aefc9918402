internal import FeatureModel

extension Binder {
    /// The items of FROM, joined from left to right; each adds its names to the scope.
    func bind(from items: NodeList, _ scope: Scope) -> Source? {
        var result: Source?
        let outer = lateralConditions
        lateralConditions = []
        defer { lateralConditions = outer }
        for item in items {
            guard let source = bind(source: item, scope) else { continue }
            let conditions = takeLateralConditions()
            result = result.map { .join(.inner, $0, source, on: Expr.and(conditions)) } ?? source
        }
        return result
    }

    private func bind(source node: Node, _ scope: Scope) -> Source? {
        nested(nil) {
            switch node.kind {
            case .rangeVar: return bind(table: node, scope)
            case .rangeSubselect: return bind(subselect: node, scope)
            case .joinExpr: return bind(join: node, scope)
            case .rangeFunction: return bind(function: node, scope)
            case .rangeTableSample: unsupported("TABLESAMPLE")
            case .rangeTableFunc: unsupported("XMLTABLE")
            default: unsupported(node.kindName)
            }
            return nil
        }
    }

    private func bind(table node: Node, _ scope: Scope) -> Source? {
        let name = node.string("relname") ?? ""
        var columns: [(name: String, value: Expr)]
        let source: Source
        if node.string("schemaname") == nil, let common = scope.common(named: name) {
            let id = newRelation()
            source = common.inlined.map { .query(id: id, $0) } ?? .common(id: id, table: common.id)
            columns = common.columns.enumerated().map { ($1.name, $1.reference(.column(ColumnID(relation: id, index: $0)))) }
        } else {
            guard let found = relation(TableName(schema: node.string("schemaname") ?? "public", name: name)) else {
                // The names stay known, so that each use of them is not one more obstacle.
                scope.add(Scope.Relation(alias: node["alias"]?.string("aliasname") ?? name, columns: []))
                return nil
            }
            (source, columns) = found
        }
        rename(&columns, node["alias"])
        scope.add(Scope.Relation(alias: node["alias"]?.string("aliasname") ?? name, columns: columns))
        return source
    }

    func rename(_ columns: inout [(name: String, value: Expr)], _ alias: Node?) {
        guard let alias else { return }
        for (index, name) in alias.strings("colnames").enumerated() where index < columns.count { columns[index].name = name }
    }

    private func bind(subselect node: Node, _ scope: Scope) -> Source? {
        guard let inner = node["subquery"] else { return nil }
        let alias = node["alias"]?.string("aliasname") ?? ""
        if node.bool("lateral") { return bind(lateral: inner, alias, node["alias"], scope) }
        // A sub-select in FROM sees common tables, and what is outside the whole FROM, but not its neighbours.
        let outer = Scope(parent: scope.parent)
        outer.common = scope.common
        let query = bind(query: inner, parent: outer)
        let id = newRelation()
        var columns = Self.columns(of: query, relation: id)
        rename(&columns, node["alias"])
        scope.add(Scope.Relation(alias: alias, columns: columns))
        return .query(id: id, query)
    }

    // MARK: Joins

    private func bind(join node: Node, _ scope: Scope) -> Source? {
        let kinds: [String: JoinKind] = ["JOIN_INNER": .inner, "JOIN_LEFT": .left, "JOIN_RIGHT": .right, "JOIN_FULL": .full]
        guard let kind = kinds[node.string("jointype") ?? "JOIN_INNER"], let larg = node["larg"], let rarg = node["rarg"] else {
            unsupported("join")
            return nil
        }
        let start = scope.relations.count
        let outerNulls = lateralNulls
        if kind == .right || kind == .full { lateralNulls = .always }
        let left = bind(source: larg, scope)
        let middle = scope.relations.count
        let outerMerged = scope.merged
        let outerConditions = takeLateralConditions()
        lateralNulls = kind == .inner ? outerNulls : max(outerNulls, node["quals"]?.constant == .bool(true) ? .withoutRows : .always)
        let right = bind(source: rarg, scope)
        lateralNulls = outerNulls
        let end = scope.relations.count
        guard let left, let right else { return left ?? right }
        if node.bool("isNatural") { unsupported("NATURAL JOIN") }
        // The condition sees both sides as they are, before the join adds nulls.
        var conditions = takeLateralConditions()
        if kind == .right || kind == .full, !conditions.isEmpty || Self.hasElements(right) { unsupported("LATERAL in a RIGHT or FULL JOIN") }
        lateralConditions = outerConditions
        var merged: [(name: String, left: Expr, right: Expr)] = []
        for name in node.strings("usingClause") {
            guard let a = outerMerged[name] ?? find(name, scope, start..<middle), let b = find(name, scope, middle..<end) else {
                unsupported("USING (\(name))")
                continue
            }
            conditions.append(compare(.equal, a, b, "USING (\(name))"))
            merged.append((name, a, b))
        }
        if let quals = node["quals"] { conditions.append(bind(condition: quals, scope)) }
        if kind == .left || kind == .full { scope.makeNullable(middle..<end) }
        if kind == .right || kind == .full { scope.makeNullable(start..<middle) }
        for (name, a, b) in merged {
            scope.merged[name] =
                switch kind {
                case .inner, .left: a
                case .right: b
                case .full:
                    coalesce(
                        [a, b].map { value in
                            var value = value
                            value.isNullable = true
                            return value
                        })
                }
        }
        alias(of: node, scope, start..<end)
        if kind == .inner || kind == .left { return .join(kind, left, right, on: Expr.and(conditions)) }
        return .join(kind, Self.withoutConstants(left), Self.withoutConstants(right), on: Expr.and(conditions))
    }

    /// SQLite 3.40 takes a constant in ON below a RIGHT or FULL JOIN for a condition of the whole query, and loses the rows without a
    /// partner: it is made to look at a column.
    private static func withoutConstants(_ source: Source) -> Source {
        guard case .join(let kind, let left, let right, let on) = source else { return source }
        let conditions = (on?.conjuncts ?? []).map { condition -> Expr in
            guard !condition.contains({ $0.column != nil }), let relation = left.relations.first else { return condition }
            let column = Expr(.column(ColumnID(relation: relation, index: 0)), PostgresType(.bool), .boolean, isNullable: true)
            let always = Expr.boolean(.compare(.notDistinct, column, column), isNullable: false)
            return .boolean(.choose([Branch(condition: always, value: condition)], otherwise: nil), isNullable: condition.isNullable)
        }
        return .join(kind, withoutConstants(left), withoutConstants(right), on: Expr.and(conditions))
    }

    private static func hasElements(_ source: Source) -> Bool {
        switch source {
        case .series(_, .elements): true
        case .join(_, let left, let right, _): hasElements(left) || hasElements(right)
        default: false
        }
    }

    private func takeLateralConditions() -> [Expr] {
        defer { lateralConditions = [] }
        return lateralConditions
    }

    private func find(_ name: String, _ scope: Scope, _ range: Range<Int>) -> Expr? {
        let found = scope.relations[range].flatMap { $0.columns.filter { $0.name == name } }
        return found.count == 1 ? found[0].value : nil
    }

    /// `(a JOIN b USING (x)) j`: one relation, the merged columns first.
    private func alias(of node: Node, _ scope: Scope, _ range: Range<Int>) {
        if node["join_using_alias"] != nil { unsupported("JOIN … USING (…) AS alias") }
        guard let alias = node["alias"] else { return }
        let names = node.strings("usingClause")
        var columns: [(name: String, value: Expr)] = names.compactMap { name in scope.merged[name].map { (name, $0) } }
        columns += scope.relations[range].flatMap(\.columns).filter { !names.contains($0.name) }
        rename(&columns, alias)
        for name in names { scope.merged[name] = nil }
        scope.replace(range, with: Scope.Relation(alias: alias.string("aliasname") ?? "", columns: columns))
    }
}
