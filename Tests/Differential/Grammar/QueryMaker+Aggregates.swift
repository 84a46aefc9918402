import Certificate

extension QueryMaker {
    mutating func grouped() -> (sql: String, key: String?) {
        let (from, key) = from(), filter = filter(45)
        var keys: [(text: String, type: FuzzType)] = random.chance(88) ? [(key, .int4)] : []
        if random.chance(35) {
            let type = maker.type()
            let text = maker.expression(type, random.int(0...2))
            // A constant in GROUP BY would be a column's number, or nothing to group by.
            if text.contains(".") && text.contains("r") { keys.append((text, type)) }
        }
        maker.allowsSubqueries = random.chance(15)
        let aggregates = (0..<random.int(1...4)).map { _ in aggregate() }
        let having = random.chance(20) ? " HAVING \(aggregate(of: .int8)) \(random.pick([">", ">=", "<", "<>"])) \(random.int(0...3))" : ""
        maker.allowsSubqueries = true
        let hasKey = keys.first?.text == key
        let others = (hasKey ? Array(keys.dropFirst()) : keys) + aggregates
        innerColumns = (hasKey ? [("k", FuzzType.int4)] : []) + others.enumerated().map { ("c\($0 + 1)", $1.type) }
        let group = keys.isEmpty ? "" : " GROUP BY " + keys.map(\.text).joined(separator: ", ")
        return ("SELECT \(Self.list(hasKey ? key : nil, others.map(\.text))) \(from)\(filter)\(group)\(having)", hasKey ? "k" : nil)
    }

    private mutating func aggregate() -> (text: String, type: FuzzType) {
        let type = random.weighted([(6, FuzzType.numeric), (5, .int8), (2, .int4), (3, .float8), (2, .text), (2, .date), (2, .timestamp), (1, .timestamptz), (2, .bool)])
        var text = aggregate(of: type)
        if random.chance(20) { text = wrapped(text, type) }
        return (text, type)
    }

    private mutating func wrapped(_ text: String, _ type: FuzzType) -> String {
        if !type.isNumber { return "coalesce(\(text), \(FuzzValues.literal(type, &random)))" }
        return switch random.int(1...3) {
        case 1: "coalesce(\(text), 0)"
        case 2: type == .numeric ? "round(\(text), 2)" : "(\(text) * 2)"
        default: type == .int4 ? "(\(text) + 1)" : "(\(text) / nullif(\(aggregate(of: .int8)), 0))"
        }
    }

    private mutating func aggregate(of type: FuzzType) -> String {
        var call: String
        func argument(_ type: FuzzType, _ maker: inout ExpressionMaker) -> String { maker.expression(type, maker.random.int(0...2)) }
        switch type {
        case .int8:
            call = switch random.int(1...6) {
            case 1, 2: "count(*)"
            case 3: "count(\(argument(maker.type(), &maker)))"
            case 4: "count(DISTINCT \(argument(maker.type(), &maker)))"
            default: "sum(\(argument(.int4, &maker)))"
            }
        case .numeric:
            call = switch random.int(1...10) {
            case 1...3: "sum(\(argument(.numeric, &maker)))"
            case 4, 5: "avg(\(argument(random.pick([.numeric, .int4, .int8]), &maker)))"
            case 6: "sum(\(argument(.int8, &maker)))"
            case 7: "\(random.pick(["stddev_samp", "stddev", "var_pop", "variance"]))(\(argument(random.pick([.numeric, .int4]), &maker)))"
            case 8: "sum(DISTINCT \(argument(.numeric, &maker)))"
            default: "\(random.pick(["min", "max"]))(\(argument(.numeric, &maker)))"
            }
        case .float8:
            call = switch random.int(1...8) {
            case 1...3: "\(random.pick(["sum", "avg"]))(\(argument(.float8, &maker)))"
            case 4: "\(random.pick(["stddev_samp", "var_pop"]))(\(argument(.float8, &maker)))"
            case 5: "percentile_cont(\(random.pick(["0.5", "0.9", "0.25"]))) WITHIN GROUP (ORDER BY \(argument(.float8, &maker)))"
            default: "\(random.pick(["min", "max"]))(\(argument(.float8, &maker)))"
            }
        case .bool: call = "\(random.pick(["bool_or", "bool_and", "every"]))(\(maker.condition(1)))"
        case .text:
            let text = argument(.text, &maker)
            call = random.chance(60) ? "\(random.pick(["min", "max"]))(\(text))" : "string_agg(\(random.chance(25) ? "DISTINCT " : "")\(text), ',' ORDER BY \(text))"
        default: call = "\(random.pick(["min", "max"]))(\(argument(type, &maker)))"
        }
        if random.chance(20) { call += " FILTER (WHERE \(maker.condition(1)))" }
        return call
    }
}
