internal import FeatureModel

extension Binder {
    private static let aggregates = Set(SupportTable.entries.lazy.filter { $0.kind == .aggregate }.map(\.name))

    /// What sees the clock or the dice, by name, so that the obstacle says so.
    private static let clocks: Set = [
        "clock_timestamp", "statement_timestamp", "timeofday", "random", "gen_random_uuid", "setseed",
    ]

    /// The canonical form writes their arguments as one array, which is what these operators take.
    static let pathOperators = [
        "json_extract_path": "#>", "json_extract_path_text": "#>>", "jsonb_extract_path": "#>", "jsonb_extract_path_text": "#>>",
    ]

    func bind(call node: Node, _ scope: Scope) -> Expr {
        let path = node.strings("funcname")
        guard let name = path.last else { return .poison }
        if !boundRows.isEmpty, Self.rowFunctions.contains(name), let value = boundValue(node, name, scope) { return value }
        let isBuiltIn = path.count == 1 || path.first == "pg_catalog"
        if let over = node["over"] { return isBuiltIn ? bind(window: node, name, over, scope) : refuseCall(path.joined(separator: "."), node, scope) }
        if isBuiltIn, Self.jsonAggregates.contains(name) { return bind(jsonAggregate: node, name, scope) }
        if isBuiltIn, Self.jsonFunctions.contains(name), !node.bool("func_variadic") { return bind(json: node, name, scope) }
        if isBuiltIn, Self.aggregates.contains(name) { return bind(aggregate: node, name, scope) }
        if !isBuiltIn { return refuseCall(path.joined(separator: "."), node, scope) }
        if Self.clocks.contains(name) {
            return refuse("function \(name)()", "its value differs from call to call; use a column, or run the query for training only")
        }
        if node.bool("func_variadic"), Self.pathOperators[name] == nil { return unsupported("VARIADIC argument of \(name)") }
        if node.bool("agg_distinct") || node["agg_filter"] != nil || !node.list("agg_order").isEmpty { return refuseCall(name, node, scope) }
        var arguments = arguments(of: node, name, scope)
        if arguments.contains(where: \.isPoison) { return .poison }
        if node.string("funcformat") == "COERCE_SQL_SYNTAX" { arguments = arguments.map { withHiddenCast($0, name) } }
        if node.bool("func_variadic"), let path = Self.pathOperators[name] {
            return apply(.operator, path, arguments) { "function \(name)(\($0.joined(separator: ", ")))" }
        }
        switch name {
        case "concat", "concat_ws": return concatenation(name, arguments)
        case "format": return concatenation(name, arguments)
        case "num_nulls", "num_nonnulls":
            let tests = arguments.map { Expr.boolean(name == "num_nulls" ? .isNull($0) : .isNotNull($0), isNullable: false) }
            return tests.dropFirst().reduce(tests[0]) { Expr(.arithmetic("+", $0, $1), PostgresType(.int4), .integer, isNullable: false) }
                .typed(PostgresType(.int4), .integer)
        case "like_escape":
            return Expr(.call("like_escape", arguments), PostgresType(.text), .text, isNullable: arguments.contains(where: \.isNullable))
        case "extract", "date_part", "date_trunc": if let refusal = checkField(name, arguments) { return refusal }
        case "now" where arguments.isEmpty, "transaction_timestamp" where arguments.isEmpty: return .clock
        case "age" where arguments.count == 1:
            // Midnight of today, in the argument's own kind.
            let today = cast(cast(.clock, to: PostgresType(.date)), to: PostgresType(arguments[0].type.kind))
            return apply(.function, name, [today] + arguments) { "function age(\($0[1]))" }
        default: break
        }
        if let refusal = checkPattern(name, arguments) { return refusal }
        if ["lower", "upper", "initcap"].contains(name), let first = arguments.first, case .other(let collation) = first.collation {
            return unsupported("function \(name)(text) under collation \(collation)")
        }
        let known = arguments.map { argument -> Expr in
            guard argument.type.kind == .unknown else { return argument }
            var argument = argument
            argument.type = PostgresType(.text)
            return argument
        }
        return apply(.function, name, known) { "function \(name)(\($0.joined(separator: ", ")))" }
    }

    /// In the forms of the standard (`substring(x FROM 2)`, `x AT TIME ZONE y`) what PostgreSQL prints leaves out the casts to the types of the
    /// function that it found.
    private func withHiddenCast(_ value: Expr, _ name: String) -> Expr {
        switch value.type.kind {
        case .bpchar where !value.type.isArray: castText(value)
        case .date where !value.type.isArray && name == "timezone": cast(value, to: PostgresType(.timestamptz))
        default: value
        }
    }

    private func refuseCall(_ name: String, _ node: Node, _ scope: Scope) -> Expr {
        let types = node.list("args").map { bind($0, scope) }.map { $0.isPoison ? "…" : $0.type.description }
        return unsupported("function \(name)(\(node.bool("agg_star") ? "*" : types.joined(separator: ", ")))")
    }

    private func concatenation(_ name: String, _ arguments: [Expr]) -> Expr {
        let texts = arguments.map { $0.type.kind == .unknown ? $0 : outputText($0) }
        if texts.contains(where: \.isPoison) { return .poison }
        let isNullable = name != "concat" && texts.first?.isNullable == true
        return Expr(.call("pg_\(name)", texts), PostgresType(.text), .text, isNullable: isNullable, collation: Self.merged(texts))
    }

    /// The arguments in order. Those of `make_interval` may be named, and left out.
    private func arguments(of node: Node, _ name: String, _ scope: Scope) -> [Expr] {
        let nodes = Array(node.list("args"))
        guard name == "make_interval" else {
            if nodes.contains(where: { $0.kind == .namedArgument }) { return [unsupported("named arguments of \(name)")] }
            return nodes.map { bind($0, scope) }
        }
        let names = ["years", "months", "weeks", "days", "hours", "mins"]
        var values = names.map { _ in Expr.integer(0) } + [Expr(.literal(.real(0)), PostgresType(.float8), .real, isNullable: false)]
        for (index, node) in nodes.enumerated() {
            guard let place = node.kind == .namedArgument ? (names + ["secs"]).firstIndex(of: node.string("name") ?? "") : index, values.indices.contains(place)
            else { return [unsupported("named arguments of \(name)")] }
            values[place] = bind(node.kind == .namedArgument ? node["arg"] ?? node : node, scope)
        }
        return values
    }

    /// The field must be a constant, so that an unknown one is found when the query is saved.
    private func checkField(_ name: String, _ arguments: [Expr]) -> Expr? {
        guard let field = arguments.first, case .text = field.literal else {
            return unsupported("function \(name) of a field that is not a constant")
        }
        return nil
    }

    // MARK: Aggregates

    private static let totalAggregates: Set = [
        "sum", "avg", "min", "max", "bool_and", "bool_or", "every", "string_agg", "bit_and", "bit_or", "bit_xor",
    ]

    private func bind(aggregate node: Node, _ name: String, _ scope: Scope) -> Expr {
        guard let parts = bindAggregate(node, name, scope, isWindow: false) else { return .poison }
        scope.hasAggregate = true
        var result = parts.result
        // A group has at least one row, and these pass over nothing but nulls.
        if scope.hasGroupingKeys, parts.filter == nil, Self.totalAggregates.contains(name), !parts.arguments.contains(where: \.isNullable) {
            result.isNullable = false
        }
        result.operation = .aggregate(
            Aggregate(function: parts.function, arguments: parts.arguments, isDistinct: parts.isDistinct, filter: parts.filter))
        return parts.finish(result)
    }

    /// A text that two rows share exactly when PostgreSQL finds them equal; never null, as a row of nulls is none.
    private func rowKey(_ row: Node, _ scope: Scope) -> Expr {
        var parts: [Expr] = []
        for node in row.list("args") {
            switch node.constant {
            // Within a row it stays without a type, and PostgreSQL cannot compare it.
            case .string?, .null?: return unsupported("count(DISTINCT row) with an untyped constant")
            default: break
            }
            let value = bind(node, scope)
            if value.isPoison { return value }
            requireEquality(value, "count(DISTINCT row)")
            switch value.encoding {
            case .decimal: parts.append(Expr(.call("pg_num_trim_scale", [value]), value.type, .decimal, isNullable: value.isNullable))
            case _ where value.printsVary: return unsupported("count(DISTINCT row) with a value of type \(value.type)")
            default: parts.append(value)
            }
        }
        return Expr(.call("pg_row_key", parts), PostgresType(.text), .text, isNullable: false, collation: .binary)
    }

    @discardableResult
    func refuseUnordered(_ aggregate: String) -> Expr {
        refuse("function \(aggregate) without ORDER BY", "its answer depends on the order in which rows are stored; add ORDER BY inside the call")
    }

    private static func addsDoubles(_ function: String) -> Bool {
        function.hasSuffix("_float") || function == "pg_corr" || function.hasPrefix("pg_covar") || function.hasPrefix("pg_regr")
    }

    struct BoundAggregate {
        let function: String
        var arguments: [Expr]
        var isDistinct = false
        var filter: Expr?
        /// Type, encoding and nullability of what the aggregate gives.
        var result: Expr
        /// What is done with it afterwards.
        var finish: (Expr) -> Expr = { $0 }
    }

    /// `min` and `max` of an enum: by the places of its values.
    private func extreme(of value: Expr, _ name: String, _ filter: Expr?) -> BoundAggregate {
        let rank = Expr(.poison, PostgresType(.int4), .integer, isNullable: true)
        var bound = BoundAggregate(function: name, arguments: [ranked(value)], filter: filter, result: rank)
        bound.finish = { self.enumValue(at: $0, of: value.type) }
        return bound
    }

    func bindAggregate(_ node: Node, _ name: String, _ scope: Scope, isWindow: Bool) -> BoundAggregate? {
        // A window function's arguments may hold aggregates of the same level.
        let inner = isWindow ? scope : Scope(parent: scope)
        let isWithinGroup = node.bool("agg_within_group")
        var order = sortKeys(node.list("agg_order"), inner)
        if !order.isEmpty && !isWithinGroup || node.bool("agg_distinct") { scope.arrival?.hasOrderedAggregate = true } else if !isWindow, AggregateLowering.lists.contains(name) {
            order = scope.arrival?.keys(for: name) ?? []
        }
        let isDistinctCount = name == "count" && node.bool("agg_distinct")
        var arguments = node.list("args").map { isDistinctCount && $0.kind == .rowExpr ? rowKey($0, inner) : bind($0, inner) }
        if isWithinGroup { arguments += order.map(\.expression) }
        let filter = node["agg_filter"].map { bind(condition: $0, inner) }
        if arguments.contains(where: \.isPoison) || filter?.isPoison == true || order.contains(where: \.expression.isPoison) { return nil }
        if !isWindow, inner.hasAggregate {
            unsupported("aggregate within an aggregate")
            return nil
        }
        let isDistinct = node.bool("agg_distinct")
        if isDistinct { for argument in arguments { requireEquality(argument, "DISTINCT in \(name)") } }
        let known = arguments.map { $0.type.kind == .unknown ? Expr.null(PostgresType(.text), .text) : $0 }
        // count(x) takes any type.
        let types = name == "count" ? [] : known.map(\.type)
        if ["min", "max"].contains(name), known.count == 1, known[0].type.labels != nil, !known[0].type.isArray {
            return extreme(of: known[0], name, filter)
        }
        guard let entry = SupportTable.entry(.aggregate, name, types), name != "count" || known.count <= 1 else {
            unsupported("function \(name)(\(known.map(\.type.description).joined(separator: ", ")))")
            return nil
        }
        let isOrdered = !order.isEmpty || isWithinGroup
        var bound = AggregateLowering(
            binder: self, order: order, isDistinct: isDistinct, isWindow: isWindow, distinctArgument: known.first ?? .poison
        ).lower(entry, known)
        // The order of rows matters to none of the others but sums of doubles. Without ORDER BY PostgreSQL leaves it open; with it, it counts.
        if let function = bound?.function, !order.isEmpty, !isWithinGroup, Self.addsDoubles(function) {
            unsupported("ORDER BY in \(name)(\(known.map(\.type.description).joined(separator: ", ")))")
            return nil
        }
        if bound != nil, isOrdered, bound?.arguments.count == known.count, name.hasSuffix("_agg") { bound = nil }
        bound?.filter = filter
        return bound
    }
}
