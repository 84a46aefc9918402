internal import FeatureModel

extension Binder {
    func bind(query node: Node, parent: Scope?) -> Query {
        nested(Query(body: .values([]), columns: [])) { bindQuery(node, parent) }
    }

    private func bindQuery(_ node: Node, _ parent: Scope?) -> Query {
        if !node.list("lockingClause").isEmpty { unsupported("FOR UPDATE and its like") }
        if node["intoClause"] != nil { unsupported("SELECT INTO") }
        let scope = Scope(parent: parent)
        let with = node["withClause"].map { bind(with: $0, scope) } ?? []
        var query: Query
        if node.string("op") ?? "SETOP_NONE" != "SETOP_NONE" {
            query = bind(setOperation: node, scope)
            query.orderBy = outputSortKeys(node, query)
        } else if !node.list("valuesLists").isEmpty {
            query = bind(values: node, scope)
            query.orderBy = outputSortKeys(node, query)
        } else {
            query = bind(select: node, scope)
        }
        query.with = with + query.with
        bind(limitOf: node, scope, &query)
        if node.string("limitOption") == "LIMIT_OPTION_WITH_TIES" { return TieGuard(newRelation: newRelation).withTies(query) ?? refusedTies(query) }
        if let obstacle = TotalOrder(definitions: definitions, common: commonTables).obstacle(of: query) {
            if input.checksTies, !query.orderBy.isEmpty, TieGuard.canCheck(query) { query.tiesAreUnproven = true } else { refuse(obstacle.construct, obstacle.hint) }
        }
        return query
    }

    private func refusedTies(_ query: Query) -> Query {
        unsupported("FETCH FIRST … WITH TIES of what is no constant")
        return query
    }

    // MARK: WITH

    private func bind(with node: Node, _ scope: Scope) -> [CommonTable] {
        let isRecursive = node.bool("recursive")
        return node.list("ctes").compactMap { cte in
            let name = cte.string("ctename") ?? ""
            if let request = takeRequest(name) {
                scope.common[name] = Scope.CommonInfo(id: 0, columns: request.columns, inlined: request)
                return nil
            }
            if isRecursive, Self.refersToItself(cte, name) { return bind(recursive: cte, name, scope) }
            var query: Query
            if let inner = cte["ctequery"], inner.kind == .selectStmt {
                query = bind(query: inner, parent: scope)
            } else {
                unsupported("WITH \(name) that changes data")
                query = Query(body: .values([]), columns: [])
            }
            for (index, column) in cte.strings("aliascolnames").enumerated() where index < query.columns.count { query.columns[index].name = column }
            let id = newCommonTable()
            commonTables[id] = query
            scope.common[name] = Scope.CommonInfo(id: id, columns: query.columns)
            return CommonTable(id: id, name: name, query: query, isMaterialized: cte.string("ctematerialized") == "CTEMaterializeAlways")
        }
    }

    // MARK: SELECT

    private func bind(select node: Node, _ scope: Scope) -> Query {
        let targets = Array(node.list("targetList"))
        let sources = bind(from: node.list("fromClause"), scope)
        let knownRows = boundRows.count
        let from = bind(rowsOf: targets, sources, scope)
        scope.arrival = from == sources ? sources.flatMap { ArrivalOrder($0, commonTables: commonTables) } : nil
        for window in node.list("windowClause") { scope.windows[window.string("name") ?? ""] = window }
        let predicate = node["whereClause"].map { bind(condition: $0, scope) }
        scope.hasAggregate = false
        let keys = node.list("groupClause")
        scope.hasGroupingKeys = !keys.isEmpty && !keys.contains { $0.kind == .groupingSet }

        var output: [Expr] = []
        var columns: [QueryColumn] = []
        for target in targets {
            guard let value = target["val"] else { continue }
            var expression = bind(value, scope)
            if expression.type.kind == .unknown, !expression.isPoison { expression.type = PostgresType(.text) }
            output.append(expression)
            columns.append(QueryColumn(name: target.string("name") ?? Self.impliedName(of: value), expression))
        }

        let groupClause = node.list("groupClause")
        let sets = groupingSets(groupClause, scope, output: output)
        for group in sets.flatMap(\.self) { requireEquality(group, "GROUP BY") }
        if node.bool("groupDistinct") { unsupported("GROUP BY DISTINCT") }
        let having = node["havingClause"].map { bind(condition: $0, scope) }

        var select = Select(output: output, from: from, predicate: predicate, having: having)
        let orderBy = sortKeys(node.list("sortClause"), scope, output: zip(columns.map(\.name), output).map { ($0, $1) })
        let hasSets = sets.count > 1 || groupClause.contains { $0.kind == .groupingSet }
        if let arrival = scope.arrival, let user = arrival.users.first {
            select.from = arrival.source
            if hasSets || !arrival.holds(within: sets[0]) { refuseUnordered(user) }
        }
        // GROUP BY () and HAVING make a grouped query without an aggregate.
        select.isGrouped = scope.hasAggregate || !groupClause.isEmpty || having != nil
        if from != sources {
            let isKey = sets.count == 1 && boundRows[knownRows...].allSatisfy { sets[0].contains($0.value) }
            if select.isGrouped && !isKey || (output + orderBy.map(\.expression)).contains(where: \.containsWindow) {
                unsupported("function that gives rows in the select list of a grouped or windowed query")
            }
        }
        let distinct = node.list("distinctClause")
        if distinct.contains(where: { $0.kind != .empty }) {
            let keys = distinct.map { key -> Expr in
                if case .int(let position)? = key.constant, output.indices.contains(position - 1) { return output[position - 1] }
                return bind(key, scope)
            }
            for key in keys { requireEquality(key, "DISTINCT ON") }
            select.distinct = .on(keys)
        } else if !distinct.isEmpty {
            for expression in output { requireEquality(expression, "DISTINCT") }
            select.distinct = .all
        }
        let query = Query(body: .select(select), orderBy: orderBy, columns: columns)
        if hasSets, !refuseWithGroupingSets(select, orderBy) { return query }
        return GroupingSets(newRelation: newRelation, newCommonTable: newCommonTable).expanded(query, sets: sets)
    }

    /// What would have to see the rows of all grouping sets together.
    private func refuseWithGroupingSets(_ select: Select, _ orderBy: [SortKey]) -> Bool {
        if (select.output + orderBy.map(\.expression)).contains(where: WindowTies.hidesWindow) { unsupported("window function before IN (sub-query)") }
        if case .on = select.distinct { unsupported("DISTINCT ON over GROUPING SETS") }
        return obstacles.isEmpty
    }

    /// The name that PostgreSQL gives a column without one; the canonical form names all but plain references.
    private static func impliedName(of node: Node) -> String {
        switch node.kind {
        case .columnRef: node.strings("fields").last ?? "?column?"
        case .functionCall: node.strings("funcname").last ?? "?column?"
        case .typeCast: node["arg"].map(impliedName) ?? "?column?"
        case .caseExpr: "case"
        case .coalesce: "coalesce"
        default: "?column?"
        }
    }

    // MARK: VALUES and set operations

    private func bind(values node: Node, _ scope: Scope) -> Query {
        var rows = node.list("valuesLists").map { list in list.list("items").map { bind($0, scope) } }
        let width = rows.first?.count ?? 0
        guard width > 0, rows.allSatisfy({ $0.count == width }) else {
            unsupported("VALUES")
            return Query(body: .values([]), columns: [])
        }
        var columns: [QueryColumn] = []
        for index in 0..<width {
            let values = unified(rows.map { $0[index] }, "VALUES")
            for row in rows.indices { rows[row][index] = values[row] }
            columns.append(QueryColumn(name: "column\(index + 1)", summary(values)))
        }
        return Query(body: .values(rows), columns: columns)
    }

    private func bind(setOperation node: Node, _ scope: Scope) -> Query {
        let names: [String: SetOperator] = ["SETOP_UNION": .union, "SETOP_INTERSECT": .intersect, "SETOP_EXCEPT": .except]
        guard let left = node["larg"], let right = node["rarg"], let op = names[node.string("op") ?? ""] else {
            unsupported("set operation")
            return Query(body: .values([]), columns: [])
        }
        var sides = [bind(query: left, parent: scope), bind(query: right, parent: scope)]
        guard sides[0].columns.count == sides[1].columns.count else {
            unsupported("set operation over different numbers of columns")
            return sides[0]
        }
        var columns: [QueryColumn] = []
        for index in sides[0].columns.indices {
            let both = sides.map { $0.columns[index].reference(isNull(column: index, of: $0) ? .literal(.null) : .output(index)) }
            let values = unified(both, op.rawValue)
            for side in 0...1 where values[side].encoding != both[side].encoding || values[side].type != both[side].type {
                setEncoding(of: index, in: &sides[side], like: values[side])
            }
            var column = QueryColumn(name: sides[0].columns[index].name, summary(values))
            if op != .union { column.isNullable = sides[0].columns[index].isNullable }
            columns.append(column)
            if op != .union || !node.bool("all") { requireEquality(column.reference(.output(index)), op.rawValue) }
        }
        return Query(body: .setOperation(op, all: node.bool("all"), sides[0], sides[1]), columns: columns)
    }

    private func isNull(column index: Int, of query: Query) -> Bool {
        switch query.body {
        case .select(let select): select.output[index].isNullLiteral
        case .values(let rows): rows.allSatisfy { $0[index].isNullLiteral }
        case .setOperation: false
        }
    }

    /// Gives a column of a query another type and encoding.
    func setEncoding(of index: Int, in query: inout Query, like target: Expr) {
        convert(column: index, of: &query) { value in
            if target.operation == .literal(.null) { return .null(target.type, target.encoding) }
            var result = value.type.kind == target.type.kind ? value : cast(value, to: PostgresType(target.type.kind))
            if result.encoding != target.encoding, target.encoding == .decimal { result = Numerics.toDecimal(result) }
            result.type = target.type
            return result
        }
    }

    /// Converts a column of a query: around the query where its DISTINCT or ORDER BY would change their meaning.
    func convert(column index: Int, of query: inout Query, _ converted: (Expr) -> Expr) {
        if case .select(var select) = query.body, select.distinct == .none, query.orderBy.isEmpty, query.limit == nil, query.offset == nil {
            select.output[index] = converted(select.output[index])
            query.columns[index] = QueryColumn(name: query.columns[index].name, select.output[index])
            query.body = .select(select)
            return
        }
        let id = newRelation()
        var columns = query.columns
        var output = columns.indices.map { columns[$0].reference(.column(ColumnID(relation: id, index: $0))) }
        output[index] = converted(output[index])
        columns[index] = QueryColumn(name: columns[index].name, output[index])
        query = Query(body: .select(Select(output: output, from: .query(id: id, query))), columns: columns)
    }

    // MARK: ORDER BY, LIMIT

    private func outputSortKeys(_ node: Node, _ query: Query) -> [SortKey] {
        node.list("sortClause").compactMap { sort in
            guard let key = sort["node"] else { return nil }
            let index: Int? =
                switch key.constant {
                case .int(let position)?: position - 1
                default: key.kind == .columnRef ? query.columns.firstIndex { $0.name == key.strings("fields").last } : nil
                }
            guard let index, query.columns.indices.contains(index) else {
                unsupported("ORDER BY of an expression over a set operation")
                return nil
            }
            return sortKey(sort, query.columns[index].reference(.output(index)))
        }
    }

    func sortKeys(_ list: NodeList, _ scope: Scope, output: [(name: String, value: Expr)] = []) -> [SortKey] {
        list.compactMap { sort in
            guard let key = sort["node"] else { return nil }
            if case .int(let position)? = key.constant, output.indices.contains(position - 1) { return sortKey(sort, output[position - 1].value) }
            let fields = key.strings("fields")
            if key.kind == .columnRef, fields.count == 1, let named = output.first(where: { $0.name == fields[0] }) {
                return sortKey(sort, named.value)
            }
            return sortKey(sort, bind(key, scope))
        }
    }

    /// PostgreSQL's default puts nulls last ascending and first descending; it is always written out.
    private func sortKey(_ sort: Node, _ expression: Expr) -> SortKey {
        requireOrder(expression, "ORDER BY")
        if expression.type.labels != nil, case .output = expression.operation { unsupported("ORDER BY of type \(expression.type) over a set operation") }
        let expression = ranked(expression)
        let direction = sort.string("sortby_dir") ?? "SORTBY_DEFAULT"
        if direction == "SORTBY_USING" { unsupported("ORDER BY USING") }
        let isDescending = direction == "SORTBY_DESC"
        let nullsFirst =
            switch sort.string("sortby_nulls") {
            case "SORTBY_NULLS_FIRST"?: true
            case "SORTBY_NULLS_LAST"?: false
            default: isDescending
            }
        return SortKey(expression: expression, isDescending: isDescending, nullsFirst: nullsFirst)
    }

    private func bind(limitOf node: Node, _ scope: Scope, _ query: inout Query) {
        let empty = Scope(parent: scope.parent)
        func bound(_ field: String) -> Expr? {
            guard let count = node[field] else { return nil }
            let value = bind(count, empty)
            if value.isPoison { return value }
            if value.isNullLiteral { return nil }
            guard value.encoding == .integer else { return unsupported("\(field == "limitCount" ? "LIMIT" : "OFFSET") of type \(value.type)") }
            return value
        }
        query.limit = bound("limitCount")
        query.offset = bound("limitOffset")
    }
}
