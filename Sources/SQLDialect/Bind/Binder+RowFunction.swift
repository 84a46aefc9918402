internal import FeatureModel

/// Functions that give rows: in FROM, where they may refer to what stands before them, and as an item of a select list.
extension Binder {
    static let rowFunctions: Set = [
        "generate_series", "unnest", "json_array_elements", "jsonb_array_elements", "json_array_elements_text", "jsonb_array_elements_text",
        "json_object_keys", "jsonb_object_keys", "json_each", "jsonb_each", "json_each_text", "jsonb_each_text", "regexp_split_to_table",
        "string_to_table",
    ]

    func bind(function node: Node, _ scope: Scope) -> Source? {
        let items = node.list("functions")
        if node.bool("is_rowsfrom") || items.count != 1 { unsupported("ROWS FROM"); return nil }
        guard let call = items[0].list("items").first, call.kind == .functionCall, let name = call.strings("funcname").last else {
            unsupported("function in FROM")
            return nil
        }
        guard Self.rowFunctions.contains(name), node.list("coldeflist").isEmpty else {
            unsupported("function \(name) in FROM")
            return nil
        }
        // A name that the arguments share with a column of the item itself cannot be meant.
        guard var (source, columns) = rows(call, name, scope) else { return nil }
        let aliasName = node["alias"]?.string("aliasname") ?? name
        if columns.count == 1 { columns[0].name = aliasName }
        if node.bool("ordinality") {
            guard case .series(let id, .elements) = source else {
                // A series of its own is counted by its place, too.
                guard let elements = elements(call, name, scope) else { return nil }
                (source, columns) = elements
                if columns.count == 1 { columns[0].name = aliasName }
                columns.append(("ordinality", Self.place(in: source.relations[0])))
                return add(source, columns, aliasName, node, scope)
            }
            columns.append(("ordinality", Self.place(in: id)))
        }
        return add(source, columns, aliasName, node, scope)
    }

    private func add(_ source: Source, _ columns: [(name: String, value: Expr)], _ alias: String, _ node: Node, _ scope: Scope) -> Source {
        var columns = columns
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
        guard let call = found.first, let name = call.strings("funcname").last else { return from }
        guard found.count == 1 else {
            unsupported("several functions that give rows in a select list")
            return from
        }
        guard let (source, columns) = elements(call, name, scope), columns.count == 1, case .series(_, .elements(let value)) = source else {
            if obstacles.isEmpty { unsupported("function \(name) in a select list") }
            return from
        }
        boundRows.append((call, value, columns[0].value))
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
        let arguments = call.list("args").map { bind($0, scope) }
        if arguments.contains(where: \.isPoison) { return nil }
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
