internal import FeatureModel

/// Recognises `string_agg` and `array_agg` whose ORDER BY may leave different values equal.
/// Produces nothing where ``TotalOrder`` proves the value from the keys. Elsewhere an obstacle or, where the input asks for run-time checks,
/// an error in place of the aggregate if the values that tie, put upwards and downwards, do not make the same list.
struct AggregateTies: QueryRewriter {
    let order: TotalOrder
    let checksTies: Bool
    private(set) var obstacles: [Obstacle] = []

    init(order: TotalOrder, checksTies: Bool) {
        self.order = order
        self.checksTies = checksTies
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(var select) = query.body, select.isGrouped else { return query }
        let original = select
        var result = query
        select.output = original.output.map { guarded($0, original) }
        select.having = original.having.map { guarded($0, original) }
        result.orderBy = query.orderBy.map {
            SortKey(expression: guarded($0.expression, original), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst)
        }
        result.body = .select(select)
        return result
    }

    private mutating func guarded(_ value: Expr, _ select: Select) -> Expr {
        guard case .aggregate(let aggregate) = value.operation else { return value.mapped { guarded($0, select) } }
        if aggregate.isDistinct, aggregate.function != "count", let argument = aggregate.arguments.first, argument.printsVary {
            return distinct(value, aggregate, argument)
        }
        guard let list = OrderedList(aggregate) else { return value }
        let known = list.keys + select.groupBy
        let open = list.values.filter { !order.determines($0, from: known, in: select) }
        if open.isEmpty { return value }
        guard checksTies else {
            let hint = "values that are equal under its ORDER BY would be put in any order; order by the value, or a unique column, as well"
            let obstacle = Obstacle(construct: "\(list.name) without a total order", hint: hint)
            if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
            return value
        }
        let message =
            "values that are equal under ORDER BY of \(list.name) differ, and the list would depend on their order; "
            + "order by the value, or a unique column, as well"
        var result = value
        let branches = open.map { item in
            let differ = Operation.compare(.distinct, list.sorted(by: item, "a"), list.sorted(by: item, "d"))
            return Branch(condition: .boolean(differ, isNullable: false), value: TieGuard.raise(message, value))
        }
        result.operation = .choose(branches, otherwise: value)
        return result
    }

    /// `sum(DISTINCT n)`: which of 1.5 and 1.50 is counted shows in the scale of the answer.
    private func distinct(_ value: Expr, _ aggregate: Aggregate, _ argument: Expr) -> Expr {
        func count(_ argument: Expr) -> Expr {
            let call = Aggregate(function: "count", arguments: [argument], isDistinct: true, filter: aggregate.filter)
            return Expr(.aggregate(call), PostgresType(.int8), .integer, isNullable: false)
        }
        let message =
            "values that are equal but not printed alike are one value under DISTINCT, and which of them counts would be chance; "
            + "cast them to a type with a scale, such as numeric(18,2)"
        let differ = Expr.boolean(.compare(.notEqual, count(argument), count(argument.asPrinted)), isNullable: false)
        var result = value
        result.operation = .choose([Branch(condition: differ, value: TieGuard.raise(message, value))], otherwise: value)
        return result
    }

    /// An ordered aggregate's arguments: values, the specification of the order, keys.
    private struct OrderedList {
        let name: String
        let values: [Expr]
        let specification: String
        let keys: [Expr]
        let filter: Expr?

        init?(_ aggregate: Aggregate) {
            let count: Int
            switch aggregate.function {
            case "pg_string_agg": (name, count) = ("string_agg", 2)
            case "pg_array_agg", "pg_array_agg_arrays": (name, count) = ("array_agg", 1)
            case "pg_json_agg": (name, count) = ("json_agg", 2)
            case "pg_json_object_agg": (name, count) = ("json_object_agg", 2)
            default: return nil
            }
            guard aggregate.arguments.count > count, case .text(let text)? = aggregate.arguments[count].literal else { return nil }
            values = aggregate.arguments[..<count].filter { !$0.isLiteral }
            specification = text.hasPrefix("u") ? String(text.dropFirst()) : text
            keys = Array(aggregate.arguments[(count + 1)...])
            // string_agg passes over nulls.
            let isThere = name == "string_agg" ? [Expr.boolean(.isNotNull(aggregate.arguments[0]), isNullable: false)] : []
            filter = Expr.and((aggregate.filter.map { [$0] } ?? []) + isThere)
        }

        /// All values, those that tie in one direction.
        func sorted(by value: Expr, _ direction: String) -> Expr {
            let text = value.asPrinted
            let arguments = [text, .text(specification + direction + "lb")] + keys + [text]
            let list = Aggregate(function: "pg_array_agg", arguments: arguments, isDistinct: false, filter: filter)
            return Expr(.aggregate(list), PostgresType(.text), .text, isNullable: true)
        }
    }
}
