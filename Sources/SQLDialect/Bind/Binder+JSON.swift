internal import FeatureModel

/// Documents made of values and rows.
extension Binder {
    static let jsonFunctions: Set = [
        "json_build_object", "jsonb_build_object", "json_build_array", "jsonb_build_array", "to_json", "to_jsonb", "row_to_json", "array_to_json",
    ]
    static let jsonAggregates: Set = ["json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg"]

    func bind(json node: Node, _ name: String, _ scope: Scope) -> Expr {
        let nodes = Array(node.list("args"))
        let isBinary = name.contains("jsonb")
        switch name {
        case "json_build_object", "jsonb_build_object":
            guard nodes.count % 2 == 0 else { return unsupported("function \(name) of an odd number of arguments") }
            var parts: [Expr] = []
            for (index, node) in nodes.enumerated() { parts.append(index % 2 == 0 ? memberName(bind(node, scope)) : jsonText(node, scope)) }
            return document("pg_json_build_object", parts, isBinary)
        case "json_build_array", "jsonb_build_array":
            return document("pg_json_build_array", nodes.map { jsonText($0, scope) }, isBinary)
        default:
            guard nodes.count == 1 else { return unsupported("function \(name) with two arguments") }
            var value = jsonText(nodes[0], scope)
            if value.isPoison { return value }
            if isBinary { value.operation = .call("pg_cast_text_jsonb", [value]) }
            value.type = PostgresType(isBinary ? .jsonb : .json)
            return value
        }
    }

    private func memberName(_ value: Expr) -> Expr {
        value.type.kind == .unknown && !value.isPoison ? value : value.isNullLiteral ? .null(PostgresType(.text), .text) : outputText(value)
    }

    private func document(_ function: String, _ parts: [Expr], _ isBinary: Bool) -> Expr {
        if parts.contains(where: \.isPoison) { return .poison }
        let json = Expr(.call(function, parts), PostgresType(.json), .text, isNullable: false)
        return isBinary ? Expr(.call("pg_cast_text_jsonb", [json]), PostgresType(.jsonb), .text, isNullable: false) : json
    }

    // MARK: Values as JSON

    /// What `to_json` makes of a value, a row or a relation; NULL for NULL.
    private func jsonText(_ node: Node, _ scope: Scope) -> Expr {
        if let members = rowMembers(node, scope) {
            if members.contains(where: { $0.value.isPoison }) { return .poison }
            let parts = members.flatMap { [Expr.text($0.name), jsonText($0.value)] }
            if parts.contains(where: \.isPoison) { return .poison }
            return Expr(.call("pg_json_row", parts), PostgresType(.json), .text, isNullable: false)
        }
        return jsonText(bind(node, scope))
    }

    private func rowMembers(_ node: Node, _ scope: Scope) -> [(name: String, value: Expr)]? {
        if node.kind == .rowExpr { return node.list("args").enumerated().map { ("f\($0.offset + 1)", bind($0.element, scope)) } }
        guard node.kind == .columnRef, node.list("fields").contains(where: { $0.kind == .star }), node.strings("fields").count == 1 else { return nil }
        // A row that an outer join did not find is NULL as a whole.
        guard let relation = scope.wholeRow(node.strings("fields")[0]), !relation.isNullable else { return nil }
        return relation.columns
    }

    private func jsonText(_ value: Expr) -> Expr {
        if value.isPoison { return value }
        if value.isNullLiteral { return .null(PostgresType(.json), .text) }
        func call(_ function: String, _ parts: [Expr]) -> Expr { Expr(.call(function, parts), PostgresType(.json), .text, isNullable: value.isNullable) }
        if value.type.isArray {
            let form: String
            switch value.type.kind {
            case .int2, .int4, .int8, .json, .jsonb: form = "v"
            case .bool: form = "b"
            case .text, .varchar, .name, .uuid, .date: form = "t"
            default: return unsupported("JSON of type \(value.type)")
            }
            return call("pg_json_array", [value, .text(form)])
        }
        switch value.type.kind {
        case .bool: return call("pg_cast_bool_text", [value])
        case .int2, .int4, .int8: return Expr(.toDigits(value), PostgresType(.json), .text, isNullable: value.isNullable)
        case .numeric: return call("pg_json_number", [Numerics.toDecimal(value)])
        case .float4, .float8: return call("pg_json_number", [castText(value)])
        case .json, .jsonb:
            var value = value
            value.type = PostgresType(.json)
            return value
        case .other where value.type.labels != nil: return call("pg_json_quote", [value])
        case .timestamp: return call("pg_json_timestamp", [value])
        case .timestamptz: return call("pg_json_timestamptz", [value, .text(input.timeZone)])
        case .unknown, .other, .timetz: return value.type.kind == .unknown ? call("pg_json_quote", [value]) : unsupported("JSON of type \(value.type)")
        default: return call("pg_json_quote", [outputText(value)])
        }
    }

    // MARK: Aggregates

    func bind(jsonAggregate node: Node, _ name: String, _ scope: Scope) -> Expr {
        let inner = Scope(parent: scope)
        var order = sortKeys(node.list("agg_order"), inner)
        if order.isEmpty, name != "jsonb_object_agg" { order = scope.arrival?.keys(for: name) ?? [] } else { scope.arrival?.hasOrderedAggregate = true }
        let nodes = Array(node.list("args"))
        let isObject = name.contains("object"), isBinary = name.contains("jsonb")
        guard nodes.count == (isObject ? 2 : 1) else { return unsupported("function \(name) with \(nodes.count) arguments") }
        if node.bool("agg_distinct") { return unsupported("DISTINCT in \(name)") }
        let filter = node["agg_filter"].map { bind(condition: $0, inner) }
        var value = jsonText(nodes[nodes.count - 1], inner)
        let memberName = isObject ? memberName(bind(nodes[0], inner)) : nil
        if value.isPoison || memberName?.isPoison == true || filter?.isPoison == true || order.contains(where: \.expression.isPoison) { return .poison }
        if inner.hasAggregate { return unsupported("aggregate within an aggregate") }
        scope.hasAggregate = true
        // Arrays and rows stand on lines of their own in json_agg.
        let isRow = rowMembers(nodes[0], inner) != nil
        let isStructured = !isBinary && (isRow || value.operation.callName == "pg_json_array")
        if isBinary, !isObject { value.operation = .call("pg_cast_text_jsonb", [value]) }
        let type = PostgresType(isBinary ? .jsonb : .json)
        var arguments = [memberName, value].compactMap(\.self)
        var function = "pg_\(name)"
        if isObject, isBinary, order.isEmpty {
            // The order of rows is no matter while names are different.
        } else {
            guard !order.isEmpty else {
                return refuseUnordered(name)
            }
            function = isObject ? "pg_json_object_agg" : "pg_json_agg"
            if !isObject { arguments.append(.integer(isStructured ? 2 : isBinary ? 1 : 0)) }
            arguments += [.text(AggregateLowering.spec(order))] + order.map(\.expression)
        }
        let aggregate = Aggregate(function: function, arguments: arguments, isDistinct: false, filter: filter)
        let collected = Expr(.aggregate(aggregate), type, .text, isNullable: !scope.hasGroupingKeys || filter != nil)
        guard isObject, isBinary, !order.isEmpty else { return collected }
        return Expr(.call("pg_cast_text_jsonb", [collected]), type, .text, isNullable: collected.isNullable)
    }
}

extension Operation {
    var callName: String? { if case .call(let name, _) = self { name } else { nil } }
}
