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
            source = .common(id: id, table: common.id)
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

    private func rename(_ columns: inout [(name: String, value: Expr)], _ alias: Node?) {
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

    /// See ``LateralJoin``. Its conditions are handed to the join that is being bound, which puts them into its ON.
    private func bind(lateral node: Node, _ alias: String, _ aliasNode: Node?, _ scope: Scope) -> Source? {
        let query = bind(query: node, parent: scope)
        let neighbours = Set(scope.relations.flatMap { $0.columns.compactMap { $0.value.column?.relation } })
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
        if let columns = lateral.columns(of: query) {
            add(columns)
            return .query(id: newRelation(), Query(body: .values([[.bool(true)]]), columns: [QueryColumn(name: "c1", .bool(true))]))
        }
        guard let joined = lateral.joined(query) else {
            unsupported("LATERAL of this form")
            return plain()
        }
        add(joined.columns)
        lateralConditions += joined.conditions
        return joined.source
    }

    // MARK: Joins

    private func bind(join node: Node, _ scope: Scope) -> Source? {
        let kinds: [String: JoinKind] = ["JOIN_INNER": .inner, "JOIN_LEFT": .left, "JOIN_RIGHT": .right, "JOIN_FULL": .full]
        guard let kind = kinds[node.string("jointype") ?? "JOIN_INNER"], let larg = node["larg"], let rarg = node["rarg"] else {
            unsupported("join")
            return nil
        }
        let start = scope.relations.count
        let left = bind(source: larg, scope)
        let middle = scope.relations.count
        let outerMerged = scope.merged
        let outerConditions = takeLateralConditions()
        let right = bind(source: rarg, scope)
        let end = scope.relations.count
        guard let left, let right else { return left ?? right }
        if node.bool("isNatural") { unsupported("NATURAL JOIN") }
        // The condition sees both sides as they are, before the join adds nulls.
        var conditions = takeLateralConditions()
        if !conditions.isEmpty, kind == .right || kind == .full { unsupported("LATERAL in a RIGHT or FULL JOIN") }
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
        if kind == .right || kind == .full, Self.hasConstantCondition(left) || Self.hasConstantCondition(right) {
            // SQLite 3.40 takes such a condition for one of the whole query, and loses the rows without a partner.
            unsupported("a JOIN on a constant below a RIGHT or FULL JOIN")
        }
        return .join(kind, left, right, on: Expr.and(conditions))
    }

    private static func hasConstantCondition(_ source: Source) -> Bool {
        guard case .join(_, let left, let right, let on) = source else { return false }
        let isConstant = (on?.conjuncts ?? []).contains { !$0.contains { $0.column != nil } }
        return isConstant || hasConstantCondition(left) || hasConstantCondition(right)
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

    // MARK: Functions

    private func bind(function node: Node, _ scope: Scope) -> Source? {
        let items = node.list("functions")
        if node.bool("is_rowsfrom") || items.count != 1 { unsupported("ROWS FROM"); return nil }
        if node.bool("ordinality") { unsupported("WITH ORDINALITY"); return nil }
        guard let call = items[0].list("items").first, call.kind == .functionCall, let name = call.strings("funcname").last else {
            unsupported("function in FROM")
            return nil
        }
        guard name == "generate_series" else {
            unsupported("function \(name) in FROM")
            return nil
        }
        let outer = Scope(parent: scope.parent)
        outer.common = scope.common
        let arguments = call.list("args").map { bind($0, outer) }
        guard let (series, column) = series(arguments) else { return nil }
        let id = newRelation()
        let aliasName = node["alias"]?.string("aliasname") ?? name
        var columns = [(name: aliasName, value: column)]
        columns[0].value.operation = .column(ColumnID(relation: id, index: 0))
        rename(&columns, node["alias"])
        scope.add(Scope.Relation(alias: aliasName, columns: columns))
        return .series(id: id, series)
    }

    private func series(_ arguments: [Expr]) -> (Series, Expr)? {
        if arguments.contains(where: \.isPoison) { return nil }
        let kinds = arguments.map(\.type.kind)
        func column(_ start: Expr) -> Expr { Expr(.poison, PostgresType(start.type.kind), start.encoding, isNullable: false) }
        switch kinds {
        case [.int4, .int4], [.int8, .int8]:
            let series = Series(start: arguments[0], stop: arguments[1], step: .integer(1, kinds[0]), advance: nil, zone: nil)
            return (series, column(arguments[0]))
        case [.int4, .int4, .int4], [.int8, .int8, .int8]:
            guard case .integer(let step)? = arguments[2].literal, step != 0 else { break }
            return (Series(start: arguments[0], stop: arguments[1], step: arguments[2], advance: nil, zone: nil), column(arguments[0]))
        case [.timestamp, .timestamp, .interval], [.timestamptz, .timestamptz, .interval]:
            // The direction must be known: a step of mixed or unknown sign is not written as one comparison.
            guard case .text(let step)? = arguments[2].literal, !step.contains("-"), !["00:00:00", "0"].contains(step) else { break }
            let isZoned = kinds[0] == .timestamptz
            let advance = isZoned ? "pg_timestamptz_add_interval" : "pg_timestamp_add_interval"
            let series = Series(
                start: arguments[0], stop: arguments[1], step: arguments[2], advance: advance, zone: isZoned ? input.timeZone : nil)
            return (series, column(arguments[0]))
        default: break
        }
        unsupported("function generate_series(\(arguments.map(\.type.description).joined(separator: ", "))) with such a step")
        return nil
    }
}
