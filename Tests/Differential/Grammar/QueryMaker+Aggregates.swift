import Certificate

extension QueryMaker {
    mutating func grouped() -> (sql: String, key: String?) {
        let (from, key) = from(), filter = filter(45)
        var keys: [(text: String, type: FuzzType)] = random.chance(88) ? [(key, .int4)] : []
        if random.chance(35), let other = groupingKey() { keys.append(other) }
        maker.allowsSubqueries = random.chance(15)
        var aggregates = (0..<random.int(1...4)).map { _ in aggregate() }
        let having = random.chance(20) ? " HAVING \(aggregate(of: .int8)) \(random.pick([">", ">=", "<", "<>"])) \(random.int(0...3))" : ""
        maker.allowsSubqueries = true
        if !keys.isEmpty, random.chance(15) { aggregates.append(windowOverGroups(keys.map(\.text))) }
        let hasKey = keys.first?.text == key
        let others = (hasKey ? Array(keys.dropFirst()) : keys) + aggregates
        innerColumns = (hasKey ? [("k", FuzzType.int4)] : []) + others.enumerated().map { ("c\($0 + 1)", $1.type) }
        let group = keys.isEmpty ? "" : " GROUP BY " + keys.map(\.text).joined(separator: ", ")
        return ("SELECT \(Self.list(hasKey ? key : nil, others.map(\.text))) \(from)\(filter)\(group)\(having)", hasKey ? "k" : nil)
    }

    /// An expression to group by; nil where it would be a constant: a column's number, or nothing to group by.
    mutating func groupingKey() -> (text: String, type: FuzzType)? {
        let type = maker.type(), text = maker.expression(type, random.int(0...2))
        let isColumn = maker.scope.contains { text.contains($0.reference) }
        return isColumn && !text.contains("SELECT") ? (text, type) : nil
    }

    mutating func aggregate() -> (text: String, type: FuzzType) {
        let type = random.weighted([
            (12, FuzzType.numeric), (10, .int8), (5, .int4), (6, .float8), (5, .text), (4, .date), (4, .timestamp), (2, .timestamptz), (4, .bool),
            (1, .int2), (1, .float4),
            (1, .bpchar), (1, .time), (2, .interval), (1, .uuid), (2, .texts), (2, .ints), (1, .longs), (2, .jsonb), (1, .json),
        ])
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

    mutating func aggregate(of type: FuzzType) -> String {
        let call = maker.aggregate(type, random.int(0...2)) ?? "count(*)"
        // What stands around the call of an aggregate takes no FILTER.
        guard random.chance(20), let open = call.firstIndex(of: "("), call.hasSuffix(")"), open != call.startIndex, !call.contains("FILTER"),
            !["round", "array_to_string", "cardinality", "jsonb_build_object"].contains(String(call[..<open]))
        else { return call }
        return call + " FILTER (WHERE \(maker.condition(1)))"
    }

    /// Ranks, shares and sums of the groups themselves.
    mutating func windowOverGroups(_ keys: [String]) -> (text: String, type: FuzzType) {
        let sum = "sum(\(maker.leaf(.numeric)))", total = keys.joined(separator: ", ")
        let part = keys.count > 1 && random.chance(50) ? "PARTITION BY \(keys[1]) " : ""
        return switch random.int(1...6) {
        case 1: ("rank() OVER (\(part)ORDER BY \(sum) DESC NULLS LAST)", .int8)
        case 2: ("sum(\(sum)) OVER (\(part))", .numeric)
        case 3: ("round(100 * \(sum) / nullif(sum(\(sum)) OVER (\(part)), 0), 2)", .numeric)
        case 4: ("lag(\(sum)) OVER (\(part)ORDER BY \(total))", .numeric)
        case 5: ("row_number() OVER (\(part)ORDER BY count(*) DESC, \(total))", .int8)
        default: ("avg(count(*)) OVER (\(part)ORDER BY \(keys[0]))", .numeric)
        }
    }
}
