internal import FeatureModel

/// Writes an aggregate in the store's functions, by scale, order and DISTINCT.
struct AggregateLowering {
    let binder: Binder
    let order: [SortKey]
    let isDistinct: Bool
    let isWindow: Bool
    /// The first argument as it was bound.
    var distinctArgument = Expr.poison

    /// What they give shows the order of the rows.
    static let lists: Set = ["array_agg", "string_agg"]

    func lower(_ entry: SupportEntry, _ arguments: [Expr]) -> Binder.BoundAggregate? {
        let isNullable = entry.nulls != .never
        func bound(_ function: String, _ arguments: [Expr], _ encoding: Encoding, digits: Int = 19) -> Binder.BoundAggregate {
            var type = entry.result
            if let first = arguments.first, type.kind == first.type.kind, !type.isArray { type = first.encoding == .padded ? first.type : PostgresType(type.kind) }
            let result = Expr(.poison, type, encoding, isNullable: isNullable, digits: digits, collation: Binder.merged(arguments))
            return Binder.BoundAggregate(function: function, arguments: arguments, isDistinct: isDistinct, result: result)
        }
        guard case .special(let special) = entry.lowering else {
            guard let encoding = entry.result.kind == .numeric ? .decimal : Encoding.ofColumn(entry.result) else { return nil }
            return call(entry, arguments, encoding, bound)
        }
        let first = arguments.first ?? .poison
        switch special {
        case .count: return bound("count", arguments, .integer)
        case .sumNumeric, .avgNumeric:
            let name = special == .sumNumeric ? "sum" : "avg"
            guard case .scaled(let scale) = first.encoding else { return bound("pg_\(name)_decimal", [first], .decimal) }
            if isDistinct { return distinct(bound("pg_\(name)_scaled", [first, .integer(Int64(scale))], .decimal), special, first) }
            return bound("pg_\(name)_scaled", [first, .integer(Int64(scale))], .decimal)
        case .minimum, .maximum:
            binder.requireOrder(first, special == .minimum ? "min" : "max")
            if first.printsVary {
                let key = SortKey(expression: first, isDescending: special == .maximum, nullsFirst: false)
                var result = bound(isWindow ? "pg_extreme_window" : "pg_extreme", [first, .text(Self.spec([key]))], first.encoding, digits: first.digits)
                result.isDistinct = false
                return result
            }
            var result = bound(special == .minimum ? "min" : "max", [first], first.encoding, digits: first.digits)
            // DISTINCT changes nothing, and SQLite need not sort for it.
            result.isDistinct = false
            return result
        case .boolAnd, .boolOr:
            var result = bound(special == .boolAnd ? "min" : "max", [first], .boolean)
            result.isDistinct = false
            return result
        case .stringAgg: return ordered("pg_string_agg", arguments, entry.name, bound)
        case .arrayAgg: return ordered(first.type.isArray ? "pg_array_agg_arrays" : "pg_array_agg", [binder.outputText(first)], entry.name, bound)
        case .percentileContFloat: return withinGroup("pg_percentile_cont_float", arguments, .real, bound)
        case .percentileContInterval: return withinGroup("pg_percentile_cont_interval", arguments, .interval, bound)
        case .percentileDisc: return withinGroup("pg_percentile_disc", arguments, arguments.last?.encoding ?? .text, bound)
        case .mode:
            guard let key = order.first, !isWindow else { return nil }
            return bound("pg_mode", [key.expression, .text(Self.spec([key]))], key.expression.encoding, digits: key.expression.digits)
        default:
            binder.unsupported("function \(entry.name)")
            return nil
        }
    }

    /// An entry with a plain template, e.g. `pg_sum_float($1, 32)`.
    private func call(
        _ entry: SupportEntry, _ arguments: [Expr], _ encoding: Encoding, _ bound: (String, [Expr], Encoding, Int) -> Binder.BoundAggregate
    ) -> Binder.BoundAggregate? {
        guard case .call(let function, let templates) = entry.lowering else { return nil }
        if entry.name == "sum", entry.result.kind == .float4, !isWindow {
            // PostgreSQL adds in single precision, row by row: the order of the rows shows in the seventh digit.
            _ = binder.refuse("sum of real in no settled order", "cast to double precision, whose sum shows it in the last digits alone, or to numeric, which is exact")
            return nil
        }
        let values = templates.map { template -> Expr in
            switch template {
            case .argument(let number):
                arguments[number - 1].type.kind == .numeric ? Numerics.toDecimal(arguments[number - 1]) : arguments[number - 1]
            case .integer(let value): .integer(value)
            case .call("digits", _): Expr(.toDigits(arguments[0]), PostgresType(.numeric), .decimal, isNullable: arguments[0].isNullable)
            default: .poison
            }
        }
        if isDistinct, values.count > 1 {
            // SQLite's DISTINCT takes one argument; float4's width is the only constant met here.
            binder.unsupported("function \(entry.name)(DISTINCT \(arguments.map(\.type.description).joined(separator: ", ")))")
            return nil
        }
        return bound(function, values, encoding, 19)
    }

    /// SQLite's DISTINCT takes one argument, so the scale cannot be a second one.
    private func distinct(_ bound: Binder.BoundAggregate, _ special: Special, _ value: Expr) -> Binder.BoundAggregate {
        var result = bound
        let name = special == .sumNumeric ? "pg_sum_decimal" : "pg_avg_decimal"
        result = Binder.BoundAggregate(function: name, arguments: [Numerics.toDecimal(value)], isDistinct: true, result: bound.result)
        return result
    }

    private func ordered(
        _ function: String, _ arguments: [Expr], _ name: String, _ bound: (String, [Expr], Encoding, Int) -> Binder.BoundAggregate
    ) -> Binder.BoundAggregate? {
        if isWindow {
            binder.unsupported("function \(name) over a window")
            return nil
        }
        // DISTINCT sorts by the argument.
        let order = order.isEmpty && isDistinct ? [SortKey(expression: distinctArgument, isDescending: false, nullsFirst: false)] : order
        guard !order.isEmpty else {
            binder.refuseUnordered(name)
            return nil
        }
        let spec = (isDistinct ? "u" : "") + Self.spec(order)
        var result = bound(function, arguments + [.text(spec)] + order.map(\.expression), .text, 19)
        result.isDistinct = false
        return result
    }

    private func withinGroup(
        _ function: String, _ arguments: [Expr], _ encoding: Encoding, _ bound: (String, [Expr], Encoding, Int) -> Binder.BoundAggregate
    ) -> Binder.BoundAggregate? {
        guard let key = order.first, order.count == 1, arguments.count == 2, !isWindow else {
            binder.unsupported("WITHIN GROUP")
            return nil
        }
        let isArray = arguments[0].type.isArray
        var values = [key.expression, arguments[0], .text(Self.spec([key]))]
        if function == "pg_percentile_disc" {
            values.append(isArray ? binder.outputText(key.expression) : .null(PostgresType(.text), .text))
        }
        return bound(function, values, isArray ? .text : encoding, key.expression.digits)
    }

    /// See ``SQLiteFunctions/orderedAggregates``.
    static func spec(_ keys: [SortKey]) -> String {
        keys.map { key in
            (key.isDescending ? "d" : "a") + (key.nullsFirst ? "f" : "l") + (key.expression.order.map { String($0.mark) } ?? "b")
        }.joined()
    }
}
