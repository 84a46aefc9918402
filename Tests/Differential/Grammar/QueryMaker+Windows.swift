import Certificate

extension QueryMaker {
    mutating func windowed() -> (sql: String, key: String?) {
        let (from, key) = from(), filter = filter(35)
        maker.allowsSubqueries = false
        let unique = maker.scope.first(where: \.isUnique)?.reference
        var outputs: [(text: String, type: FuzzType)] = []
        for _ in 0..<random.int(1...3) { outputs.append(window(key, unique)) }
        if random.chance(60) {
            let type = maker.type()
            outputs.append((maker.expression(type, 2), type))
        }
        maker.allowsSubqueries = true
        innerColumns = [("k", .int4)] + outputs.enumerated().map { ("c\($0 + 1)", $1.type) }
        return ("SELECT \(Self.list(key, outputs.map(\.text))) \(from)\(filter)", "k")
    }

    private mutating func window(_ key: String, _ unique: String?) -> (text: String, type: FuzzType) {
        let partition = random.chance(65) ? "PARTITION BY \(random.chance(60) ? key : column())" : ""
        let first = "\(column())\(sortDirection())"
        let total = unique.map { "ORDER BY \(random.chance(60) ? "\(first), " : "")\($0)\(random.chance(30) ? " DESC" : "")" }
        let peers = "ORDER BY \(first)"
        let type = random.pick([FuzzType.int4, .numeric, .text, .date, .float8, .timestamp])
        let value = maker.expression(type, 1)
        switch random.int(1...14) {
        case 11, 12: return ranged(partition)
        case 13:
            guard let total else { return ("ntile(1) OVER (\(partition) \(peers))", .int4) }
            if random.chance(50) { return ("ntile(\(random.int(1...4))) OVER (\(partition) \(total))", .int4) }
            return ("nth_value(\(value), \(random.int(1...3))) OVER (\(partition) \(total)\(frame()))", type)
        case 14:
            let type = random.pick([FuzzType.int8, .numeric, .bool, .date, .int4, .text])
            guard let total, let call = maker.aggregate(type, 1), Self.canBeWindow(call) else {
                return ("count(*) OVER (\(partition) \(peers))", .int8)
            }
            return ("\(call) OVER (\(partition) \(total)\(frame()))", type)
        case 1: return ("\(random.pick(["rank", "dense_rank"]))() OVER (\(partition) \(peers))", .int8)
        case 2, 3:
            if let total { return ("row_number() OVER (\(partition) \(total))", .int8) }
            return ("rank() OVER (\(partition) \(peers))", .int8)
        case 4, 5:
            guard let total else { return ("count(*) OVER (\(partition) \(peers))", .int8) }
            let rest = random.weighted([(4, ""), (2, ", \(random.int(0...3))"), (1, ", 1, \(maker.leaf(type))")])
            return ("\(random.pick(["lag", "lead"]))(\(value)\(rest)) OVER (\(partition) \(total))", type)
        case 6:
            guard let total else { return ("max(\(maker.leaf(.numeric))) OVER (\(partition))", .numeric) }
            return ("\(random.pick(["first_value", "last_value"]))(\(value)) OVER (\(partition) \(total)\(frame()))", type)
        case 7: return ("\(random.pick(["percent_rank", "cume_dist"]))() OVER (\(partition) \(peers))", .float8)
        case 8: return ("sum(\(maker.expression(.numeric, 1))) OVER (\(partition) \(total ?? peers)\(total == nil ? "" : frame()))", .numeric)
        case 9:
            let filter = random.chance(25) ? " FILTER (WHERE \(maker.condition(0)))" : ""
            return (
                "\(random.pick(["sum", "count", "min", "max"]))(\(maker.expression(.int4, 1)))\(filter) OVER (\(partition) \(total ?? "")\(total == nil ? "" : frame()))",
                .int8
            )
        default: return ("avg(\(maker.expression(.numeric, 1))) OVER (\(partition)\(random.chance(50) ? " " + peers : ""))", .numeric)
        }
    }

    /// A frame by distance, or by groups of peers.
    private mutating func ranged(_ partition: String) -> (text: String, type: FuzzType) {
        let types: [FuzzType] = [.date, .timestamp, .timestamptz, .int4, .numeric, .int8]
        let orders = maker.scope.filter { types.contains($0.type) }
        let order = random.pick(orders)
        let distance = order.type.isNumber ? ["1", "5", "0", "100"] : ["interval '7 days'", "interval '1 month'", "interval '36 hours'"]
        let bounds = random.weighted([
            (5, "RANGE BETWEEN \(random.pick(distance)) PRECEDING AND CURRENT ROW"),
            (2, "RANGE BETWEEN \(random.pick(distance)) PRECEDING AND \(random.pick(distance)) FOLLOWING"),
            (1, "RANGE BETWEEN UNBOUNDED PRECEDING AND \(random.pick(distance)) PRECEDING"),
            (2, "RANGE BETWEEN \(random.pick(distance)) PRECEDING AND \(random.pick(distance)) PRECEDING"),
            (2, "GROUPS BETWEEN \(random.int(0...2)) PRECEDING AND CURRENT ROW"),
            (1, "GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING"), (1, "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"),
        ])
        let exclusion = random.weighted([(6, ""), (1, " EXCLUDE CURRENT ROW"), (1, " EXCLUDE TIES"), (1, " EXCLUDE GROUP")])
        let over = "OVER (\(partition) ORDER BY \(order.reference)\(random.chance(25) ? " DESC" : "") \(bounds)\(exclusion))"
        return switch random.int(1...4) {
        case 1: ("count(*) \(over)", .int8)
        case 2: ("sum(\(maker.expression(.numeric, 1))) \(over)", .numeric)
        case 3: ("\(random.pick(["min", "max"]))(\(maker.leaf(.int4))) \(over)", .int4)
        default: ("avg(\(maker.leaf(.int4))) \(over)", .numeric)
        }
    }

    /// An aggregate alone, of which PostgreSQL makes a window: neither sorted nor distinct.
    private static func canBeWindow(_ call: String) -> Bool {
        let plain = ["sum(", "avg(", "count(", "min(", "max(", "bool_", "every(", "bit_", "stddev", "var"]
        return plain.contains { call.hasPrefix($0) } && !call.contains("DISTINCT") && !call.contains("FILTER") && call.hasSuffix(")")
    }

    /// A plain column: a constant would order or part nothing.
    private mutating func column() -> String { random.pick(maker.scope.filter(\.type.isComparable)).reference }

    private mutating func frame() -> String {
        random.weighted([
            (4, ""), (2, " ROWS BETWEEN \(random.int(1...3)) PRECEDING AND CURRENT ROW"),
            (1, " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"),
            (1, " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING"), (1, " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"),
        ])
    }
}
