import Certificate

extension QueryMaker {
    /// A relation for each row of another: the newest rows, aggregates, elements, series, an unpivoting VALUES list.
    mutating func lateral() -> (sql: String, key: String?) {
        let (from, key) = from()
        let (text, columns) = lateralItem()
        let join = random.weighted([
            (4, " LEFT JOIN LATERAL \(text) ON true"), (2, " CROSS JOIN LATERAL \(text)"), (1, ", LATERAL \(text)"),
            (1, " JOIN LATERAL \(text) ON \(maker.condition(0))"),
        ])
        maker.scope = maker.scope.map { .init(reference: $0.reference, type: $0.type) } + columns
        let own = random.pick(columns)
        var outputs: [(text: String, type: FuzzType)] = [(own.reference, own.type)]
        if random.chance(30) {
            let aggregates = (0..<random.int(1...2)).map { _ in aggregate() }
            innerColumns = [("k", .int4)] + aggregates.enumerated().map { ("c\($0 + 1)", $1.type) }
            return ("SELECT \(Self.list(key, aggregates.map(\.text))) \(from)\(join)\(filter(30)) GROUP BY \(key)", "k")
        }
        for _ in 0..<random.int(0...2) {
            let type = maker.outputType()
            outputs.append((maker.expression(type, 2), type))
        }
        innerColumns = [("k", .int4)] + outputs.enumerated().map { ("c\($0 + 1)", $1.type) }
        return ("SELECT \(Self.list(key, outputs.map(\.text))) \(from)\(join)\(filter(30))", "k")
    }

    private mutating func lateralItem() -> (text: String, columns: [ExpressionMaker.Column]) {
        func column(_ reference: String, _ type: FuzzType) -> ExpressionMaker.Column { .init(reference: reference, type: type) }
        let name = maker.alias()
        switch random.int(1...17) {
        case 1...3:
            let inner = maker.relation(), outer = maker.scope
            let tie = "\(random.pick(inner.columns.filter { $0.type == .int4 }).reference) = \(random.pick(maker.columns(.int4)).reference)"
            maker.scope = inner.columns
            defer { maker.scope = outer }
            let type = maker.type(), value = maker.expression(type, 1), condition = random.chance(40) ? " AND \(maker.condition(1))" : ""
            let order =
                inner.columns.first(where: \.isUnique).map {
                    " ORDER BY \(random.chance(40) ? "\(maker.leaf(.date)) DESC, " : "")\($0.reference) DESC LIMIT \(random.int(1...3))"
                } ?? ""
            return (
                "(SELECT \(value) AS v, \(inner.columns[0].reference) AS i FROM \(inner.table.name) \(inner.alias) WHERE \(tie)\(condition)\(order)) \(name)",
                [column("\(name).v", type), column("\(name).i", .int4)]
            )
        case 4...6:
            let inner = maker.relation(), outer = maker.scope
            let tie = "\(random.pick(inner.columns.filter { $0.type == .int4 }).reference) = \(random.pick(maker.columns(.int4)).reference)"
            maker.scope = inner.columns
            defer { maker.scope = outer }
            let (first, second) = (aggregate(), aggregate())
            return (
                "(SELECT \(first.text) AS v, \(second.text) AS w FROM \(inner.table.name) \(inner.alias) WHERE \(tie)) \(name)",
                [column("\(name).v", first.type), column("\(name).w", second.type)]
            )
        case 15...17: return related(name)
        case 7: return ("unnest(\(maker.expression(.texts, 1))) AS \(name)(v)", [column("\(name).v", .text)])
        case 8:
            return (
                "unnest(\(maker.expression(.ints, 1))) WITH ORDINALITY AS \(name)(v, n)", [column("\(name).v", .int4), column("\(name).n", .int8)]
            )
        case 9:
            return (
                "generate_series(\(random.int(0...1)), least(abs(\(maker.leaf(.int4))), 4)\(random.chance(30) ? ", 2" : "")) AS \(name)(v)",
                [column("\(name).v", .int4)]
            )
        case 10:
            let function = random.pick(["regexp_split_to_table", "string_to_table"])
            return (
                "\(function)(\(maker.leaf(.text)), \(random.pick(["','", "'a'", "' '"]))) WITH ORDINALITY AS \(name)(v, n)",
                [column("\(name).v", .text), column("\(name).n", .int8)]
            )
        case 11:
            let list = "jsonb_build_array(\(maker.leaf(maker.type())), \(maker.leaf(.int4)))"
            return random.chance(50)
                ? ("jsonb_array_elements(\(list)) AS \(name)(v)", [column("\(name).v", .jsonb)])
                : (
                    "\(random.pick(["jsonb_array_elements_text(\(list)", "json_array_elements_text((\(list))::json"]))) WITH ORDINALITY AS \(name)(v, n)",
                    [column("\(name).v", .text), column("\(name).n", .int8)]
                )
        case 12:
            let object = "jsonb_build_object('a', \(maker.leaf(maker.type())), 'b', \(maker.leaf(.text)))"
            return random.pick([
                ("jsonb_each_text(\(object)) AS \(name)(v, w)", [column("\(name).v", .text), column("\(name).w", .text)]),
                ("jsonb_each(\(object)) AS \(name)(v, w)", [column("\(name).v", .text), column("\(name).w", .jsonb)]),
                ("json_each_text((\(object))::json) AS \(name)(v, w)", [column("\(name).v", .text), column("\(name).w", .text)]),
                ("json_each((\(object))::json) AS \(name)(v, w)", [column("\(name).v", .text), column("\(name).w", .json)]),
                ("jsonb_object_keys(\(object)) AS \(name)(v)", [column("\(name).v", .text)]),
                ("json_array_elements(json_build_array(\(maker.leaf(.int4)), \(maker.leaf(.text)))) AS \(name)(v)", [column("\(name).v", .json)]),
            ])
        case 13:
            return (
                "generate_series(\(maker.leaf(.date)), \(maker.leaf(.date)), interval '1 month') AS \(name)(v)", [column("\(name).v", .timestamptz)]
            )
        default:
            let type = maker.type(), rows = ["a", "b", "c"].prefix(random.int(2...3)).map { "('\($0)', \(maker.leaf(type)))" }
            return ("(VALUES \(rows.joined(separator: ", "))) AS \(name)(n, v)", [column("\(name).n", .text), column("\(name).v", type)])
        }
    }

    /// Rows that are tied to the neighbours by more than equalities, made by grouping, windows, DISTINCT or LIMIT over a join.
    private mutating func related(_ name: String) -> (text: String, columns: [ExpressionMaker.Column]) {
        let inner = maker.relation(), outer = maker.scope
        let tie = "\(random.pick(inner.columns.filter { $0.type == .int4 }).reference) \(random.pick(["=", "=", "<=", ">"])) \(random.pick(maker.columns(.int4)).reference)"
        maker.scope = inner.columns
        defer { maker.scope = outer }
        let type = maker.type(), value = maker.expression(type, 1)
        let from = "FROM \(inner.table.name) \(inner.alias) WHERE \(tie)"
        func columns(_ types: [FuzzType]) -> [ExpressionMaker.Column] {
            zip(["v", "w"], types).map { .init(reference: "\(name).\($0)", type: $1) }
        }
        switch random.int(1...4) {
        case 1:
            let aggregate = aggregate()
            return ("(SELECT \(value) AS v, \(aggregate.text) AS w \(from) GROUP BY 1) \(name)", columns([type, aggregate.type]))
        case 2: return ("(SELECT DISTINCT \(value) AS v, \(inner.columns[0].reference) AS w \(from)) \(name)", columns([type, .int4]))
        case 3:
            let order = inner.columns.first(where: \.isUnique)?.reference ?? inner.columns[0].reference
            return (
                "(SELECT \(value) AS v, row_number() OVER (ORDER BY \(order)) AS w \(from) ORDER BY \(order) LIMIT 3 OFFSET \(random.int(0...1))) \(name)",
                columns([type, .int8])
            )
        default:
            let order = inner.columns.first(where: \.isUnique).map { " ORDER BY \($0.reference) LIMIT \(random.int(1...2))" } ?? ""
            return ("(SELECT \(value) AS v, \(inner.columns[0].reference) AS w \(from) AND \(maker.condition(1))\(order)) \(name)", columns([type, .int4]))
        }
    }
}
