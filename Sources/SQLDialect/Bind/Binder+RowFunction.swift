internal import FeatureModel

/// Functions that give rows: in FROM, where they may refer to what stands before them, and as an item of a select list.
extension Binder {
    static let rowFunctions: Set = [
        "generate_series", "unnest", "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text",
        "json_object_keys", "jsonb_object_keys", "json_each", "jsonb_each", "json_each_text", "jsonb_each_text", "regexp_split_to_table",
        "string_to_table", "regexp_matches", "generate_subscripts",
    ]

    func bind(function node: Node, _ scope: Scope) -> Source? {
        let items = node.list("functions").map { (call: $0.list("items").first, definitions: $0.list("items").dropFirst().first?.list("items")) }
        var calls: [(node: Node, name: String)] = []
        for item in items {
            guard let call = item.call, call.kind == .functionCall, let name = call.strings("funcname").last else {
                unsupported("function in FROM")
                return nil
            }
            if items.count == 1, Self.recordFunctions.contains(name) { return bind(records: call, name, node, scope) }
            guard Self.rowFunctions.contains(name), item.definitions?.isEmpty ?? true, node.list("coldeflist").isEmpty else {
                unsupported("function \(name) in FROM")
                return nil
            }
            calls.append((call, name))
        }
        guard let first = calls.first else { return nil }
        let aliasName = node["alias"]?.string("aliasname") ?? first.name
        // unnest of several arrays is one of each, side by side.
        if calls.count > 1 || first.name == "unnest" && first.node.list("args").count > 1 {
            return add(sideBySide: calls, aliasName, node, scope)
        }
        // A name that the arguments share with a column of the item itself cannot be meant. A series that counts by itself has no places.
        let given = node.bool("ordinality") ? elements(first.node, first.name, scope) : rows(first.node, first.name, scope)
        guard var given else { return nil }
        if given.columns.count == 1 { given.columns[0].name = aliasName }
        return add(given.source, given.columns, aliasName, node, scope)
    }

    // MARK: Records

    static let recordFunctions: Set = ["json_to_record", "jsonb_to_record", "json_to_recordset", "jsonb_to_recordset"]

    /// `jsonb_to_recordset(x) AS r(name type, …)`.
    private func bind(records call: Node, _ name: String, _ node: Node, _ scope: Scope) -> Source? {
        let arguments = call.list("args").map { bind($0, scope) }
        guard arguments.count == 1, !arguments[0].isPoison else { return nil }
        let id = newRelation()
        let element = Expr(.column(ColumnID(relation: id, index: 0)), PostgresType(.json), .text, isNullable: true)
        var columns: [(name: String, value: Expr)] = []
        for definition in node.list("coldeflist") {
            guard let member = definition.string("colname"), let type = definition["typeName"].flatMap(typeName) else { return nil }
            let isJSON = type.kind == .json || type.kind == .jsonb
            // Text that is too long is an error here, and cut by a cast.
            guard !type.isArray, type.labels == nil, ![.varchar, .bpchar].contains(type.kind) || type.modifier < 0 else {
                unsupported("a column of type \(type) of \(name)")
                return nil
            }
            let part = Expr(.call(isJSON ? "pg_json_field" : "pg_json_field_text", [element, .text(member)]), PostgresType(.text), .text, isNullable: true)
            var value = isJSON ? Expr(.nullIf(part, .text("null")), type, .text, isNullable: true) : cast(part, to: type)
            if value.isPoison { return nil }
            value.isNullable = true
            columns.append((member, value))
        }
        let rows = Expr(.call("pg_rows_json_records", [arguments[0], .integer(name.hasSuffix("set") ? 1 : 0)]), PostgresType(.json), .text, isNullable: true)
        return add(.series(id: id, .elements(rows)), columns, node["alias"]?.string("aliasname") ?? name, node, scope)
    }

    private func add(sideBySide calls: [(node: Node, name: String)], _ alias: String, _ node: Node, _ scope: Scope) -> Source? {
        var parts: [(elements: Expr, columns: [(name: String, value: Expr)])] = []
        for (call, name) in calls {
            let arguments = Array(call.list("args"))
            let several = name == "unnest" && arguments.count > 1 ? arguments.map { elements(name, [bind($0, scope)]) } : [elements(call, name, scope)]
            for rows in several {
                guard let rows, case .series(_, .elements(let value)) = rows.source else { return nil }
                parts.append((value, rows.columns))
            }
        }
        let (source, columns) = sideBySide(parts)
        return add(source, columns, alias, node, scope)
    }

    /// One source for several functions: the first rows of all, the second rows …; nulls where one has no more.
    private func sideBySide(_ parts: [(elements: Expr, columns: [(name: String, value: Expr)])]) -> Rows {
        let id = newRelation()
        let zipped = Expr(.call("pg_rows_zip", parts.map(\.elements)), PostgresType(.json), .text, isNullable: false)
        let columns = parts.enumerated().flatMap { index, part in part.columns.map { (name: $0.name, value: Self.asPart($0.value, index, of: id)) } }
        return (.series(id: id, .elements(zipped)), columns)
    }

    /// What is made of a series' element, made of a part of another's.
    private static func asPart(_ value: Expr, _ index: Int, of series: Int) -> Expr {
        guard value.column != nil else { return value.mapped { asPart($0, index, of: series) } }
        return QueryColumn(name: "", value).part(index, of: series)
    }

    private func add(_ source: Source, _ columns: [(name: String, value: Expr)], _ alias: String, _ node: Node, _ scope: Scope) -> Source {
        var columns = columns
        if node.bool("ordinality") { columns.append(("ordinality", Self.place(in: source.relations[0]))) }
        rename(&columns, node["alias"])
        scope.add(Scope.Relation(alias: alias, columns: columns))
        return source
    }

    private static func place(in relation: Int) -> Expr {
        let key = Expr(.column(ColumnID(relation: relation, index: 1)), PostgresType(.int8), .integer, isNullable: false)
        return Expr(.arithmetic("+", key, .integer(1, .int8)), PostgresType(.int8), .integer, isNullable: false)
    }

    /// The item of a select list that gives rows, as a source beside FROM; nil, with an obstacle, where that is not the same.
    func bind(rowsOf targets: [Node], _ from: Source?, _ scope: Scope) -> Source? {
        func calls(_ node: Node) -> [Node] {
            if node.kind == .subLink { return [] }
            let own = node.kind == .functionCall && node["over"] == nil && node.strings("funcname").last.map(Self.rowFunctions.contains) == true
            return own ? [node] : node.children.flatMap(calls)
        }
        let found = targets.compactMap { $0["val"] }.flatMap(calls)
        if found.isEmpty { return from }
        var parts: [(elements: Expr, columns: [(name: String, value: Expr)])] = []
        var sources: [Source] = []
        for call in found {
            let name = call.strings("funcname").last ?? ""
            guard let (source, columns) = elements(call, name, scope), columns.count == 1, case .series(_, .elements(let value)) = source else {
                if obstacles.isEmpty { unsupported("function \(name) in a select list") }
                return from
            }
            parts.append((value, columns))
            sources.append(source)
        }
        let (source, columns) = found.count == 1 ? (sources[0], parts[0].columns) : sideBySide(parts)
        for (index, call) in found.enumerated() { boundRows.append((call, parts[index].elements, columns[index].value)) }
        return from.map { .join(.inner, $0, source, on: nil) } ?? source
    }

    /// The select list's item where it stands, and where GROUP BY and ORDER BY write it once more.
    func boundValue(_ node: Node, _ name: String, _ scope: Scope) -> Expr? {
        if let found = boundRows.first(where: { $0.call == node }) { return found.value }
        guard let (source, _) = elements(node, name, scope), case .series(_, .elements(let value)) = source else { return nil }
        return boundRows.first { $0.elements == value }?.value
    }

    // MARK: What they give

    private typealias Rows = (source: Source, columns: [(name: String, value: Expr)])

    private func rows(_ call: Node, _ name: String, _ scope: Scope) -> Rows? {
        if name == "generate_series" {
            let arguments = call.list("args").map { bind($0, scope) }
            if arguments.contains(where: \.isPoison) { return nil }
            var neighbours: Set<Int> = [], own: Set<Int> = []
            for argument in arguments { argument.collectRelations(&neighbours) }
            for column in scope.relations.flatMap(\.columns) { column.value.collectRelations(&own) }
            if neighbours.isDisjoint(with: own), let (series, column) = counted(arguments) {
                let id = newRelation()
                var value = column
                value.operation = .column(ColumnID(relation: id, index: 0))
                return (.series(id: id, .counted(series)), [(name, value)])
            }
        }
        return elements(call, name, scope)
    }

    /// As elements of an array that a registered function makes.
    private func elements(_ call: Node, _ name: String, _ scope: Scope) -> Rows? {
        if call.bool("func_variadic") || call.bool("agg_distinct") || call["agg_filter"] != nil { unsupported("function \(name)"); return nil }
        return elements(name, call.list("args").map { bind($0, scope) })
    }

    private func elements(_ name: String, _ arguments: [Expr]) -> Rows? {
        if arguments.contains(where: \.isPoison) || checkPattern(name, arguments) != nil { return nil }
        let id = newRelation()
        let types = arguments.map(\.type)
        func element(_ type: PostgresType, _ encoding: Encoding) -> Expr {
            Expr(.column(ColumnID(relation: id, index: 0)), type, encoding, isNullable: true)
        }
        func from(_ function: String, _ extra: [Expr] = []) -> Source {
            .series(id: id, .elements(Expr(.call(function, arguments + extra), PostgresType(.json), .text, isNullable: true)))
        }
        let text = element(PostgresType(.text), .text)
        let isText = name.hasSuffix("_text")
        switch (name, types.map(\.kind)) {
        case ("unnest", _) where types.count == 1 && types[0].isArray && cast(text, to: types[0].element).type.kind == types[0].kind:
            return (from("pg_rows_array"), [(name, cast(text, to: types[0].element))])
        case ("regexp_split_to_table", [.text, .text]), ("string_to_table", [.text, .text]):
            let array = name == "string_to_table" ? Operation.call("pg_string_to_array", arguments) : .call("pg_regexp_split_to_array", arguments + [.text("")])
            let value = Expr(array, PostgresType(.text, isArray: true), .text, isNullable: true)
            return (.series(id: id, .elements(Expr(.call("pg_rows_array", [value]), PostgresType(.json), .text, isNullable: true))), [(name, text)])
        case ("regexp_matches", [.text, .text]), ("regexp_matches", [.text, .text, .text]):
            var value = text
            value.type = PostgresType(.text, isArray: true)
            return (from("pg_rows_regexp_matches", types.count == 2 ? [.text("")] : []), [(name, value)])
        case ("generate_subscripts", _) where types.count == 2 && types[0].isArray && types[1].kind == .int4:
            let bounds = ["pg_array_lower", "pg_array_upper"].map { Expr(.call($0, arguments), PostgresType(.int4), .integer, isNullable: true) }
            let series = Expr(.call("pg_rows_series_int", bounds + [.integer(1)]), PostgresType(.json), .text, isNullable: true)
            return (.series(id: id, .elements(series)), [(name, element(PostgresType(.int4), .integer))])
        case ("json_array_elements", [.json]), ("jsonb_array_elements", [.jsonb]), ("json_array_elements_text", [.json]),
            ("jsonb_array_elements_text", [.jsonb]):
            var value = text
            if !isText { value.type = PostgresType(types[0].kind) }
            return (from("pg_rows_json_elements", [.integer(isText ? 1 : 0)]), [("value", value)])
        case ("json_object_keys", [.json]), ("jsonb_object_keys", [.jsonb]): return (from("pg_rows_json_keys"), [(name, text)])
        case ("json_each", [.json]), ("jsonb_each", [.jsonb]), ("json_each_text", [.json]), ("jsonb_each_text", [.jsonb]):
            func part(_ index: Int64) -> Expr { Expr(.call("pg_json_element_text", [text, .integer(index)]), PostgresType(.text), .text, isNullable: true) }
            var value = part(1)
            if !isText { value.type = PostgresType(types[0].kind) }
            return (from("pg_rows_json_each", [.integer(isText ? 1 : 0)]), [("key", part(0)), ("value", value)])
        case ("generate_series", [.int4, .int4]), ("generate_series", [.int8, .int8]), ("generate_series", [.int4, .int4, .int4]),
            ("generate_series", [.int8, .int8, .int8]):
            return (from("pg_rows_series_int", types.count == 2 ? [.integer(1)] : []), [(name, element(types[0], .integer))])
        case ("generate_series", [.timestamp, .timestamp, .interval]):
            return (from("pg_rows_series_timestamp"), [(name, element(types[0], .microseconds))])
        case ("generate_series", [.timestamptz, .timestamptz, .interval]):
            return (from("pg_rows_series_timestamptz", [.text(input.timeZone)]), [(name, element(types[0], .microseconds))])
        default:
            unsupported("function \(name)(\(types.map(\.description).joined(separator: ", "))) in FROM")
            return nil
        }
    }

    /// `generate_series` that SQLite counts by itself; nil where the direction of the step is not known.
    private func counted(_ arguments: [Expr]) -> (Series.Counted, Expr)? {
        let kinds = arguments.map(\.type.kind)
        func column(_ start: Expr) -> Expr { Expr(.poison, PostgresType(start.type.kind), start.encoding, isNullable: false) }
        switch kinds {
        case [.int4, .int4], [.int8, .int8]:
            let series = Series.Counted(start: arguments[0], stop: arguments[1], step: .integer(1, kinds[0]), advance: nil, zone: nil)
            return (series, column(arguments[0]))
        case [.int4, .int4, .int4], [.int8, .int8, .int8]:
            guard case .integer(let step)? = arguments[2].literal, step != 0 else { return nil }
            return (Series.Counted(start: arguments[0], stop: arguments[1], step: arguments[2], advance: nil, zone: nil), column(arguments[0]))
        case [.timestamp, .timestamp, .interval], [.timestamptz, .timestamptz, .interval]:
            guard case .text(let step)? = arguments[2].literal, !step.contains("-"), !["00:00:00", "0"].contains(step) else { return nil }
            let isZoned = kinds[0] == .timestamptz
            let advance = isZoned ? "pg_timestamptz_add_interval" : "pg_timestamp_add_interval"
            let series = Series.Counted(
                start: arguments[0], stop: arguments[1], step: arguments[2], advance: advance, zone: isZoned ? input.timeZone : nil)
            return (series, column(arguments[0]))
        default: return nil
        }
    }
}
