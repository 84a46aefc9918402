import Certificate

extension ExpressionMaker {
    private mutating func comparison() -> String { random.weighted([(4, "="), (2, "<>"), (3, "<"), (3, ">"), (2, "<="), (2, ">=")]) }

    mutating func condition(_ depth: Int) -> String {
        if depth < 0 { return "\(leaf(.int4)) \(comparison()) \(leaf(.int4))" }
        if random.chance(30), let text = formed(.bool, depth) { return text }
        switch random.int(1...30) {
        case 1...8:
            let type = type()
            return "\(expression(type, depth)) \(type.isOrdered ? comparison() : random.pick(["=", "<>"])) \(leaf(type))"
        case 9: return "\(expression(random.pick([.int4, .int8, .numeric]), depth)) \(comparison()) \(leaf(random.pick([.numeric, .int8, .float8])))"
        case 10: return "\(leaf(.date)) \(comparison()) \(leaf(random.pick([.timestamp, .date, .timestamptz])))"
        case 11...13: return "(\(condition(depth - 1)) \(random.pick(["AND", "OR"])) \(condition(depth - 1)))"
        case 14: return "NOT (\(condition(depth - 1)))"
        case 15, 16: return "\(expression(type(), depth)) IS \(random.chance(60) ? "NOT " : "")NULL"
        case 17:
            let type = type()
            return "\(expression(type, depth)) IS \(random.chance(50) ? "NOT " : "")DISTINCT FROM \(leaf(type))"
        case 18, 19:
            let type = random.pick([FuzzType.text, .int4, .numeric, .date])
            let items = (0..<random.int(1...4)).map { _ in random.chance(8) ? "NULL" : FuzzValues.literal(type, &random) }
            return "\(expression(type, depth)) \(random.chance(25) ? "NOT " : "")IN (\(items.joined(separator: ", ")))"
        case 20, 21:
            let type = random.pick([FuzzType.int4, .numeric, .date, .timestamp, .text, .float8])
            return "\(expression(type, depth)) \(random.chance(20) ? "NOT " : "")BETWEEN \(leaf(type)) AND \(leaf(type))"
        case 22, 23:
            let pattern = random.pick(["a%", "%a", "%b%", "_", "A_c", "%\\%%", "%\\_%", "%é%", "", "%", "%ä%", "Comp%"])
            return "\(expression(.text, depth)) \(random.chance(20) ? "NOT " : "")\(random.pick(["LIKE", "LIKE", "ILIKE"])) '\(pattern)'"
        case 24:
            return
                "\(expression(.text, depth)) \(random.pick(["~", "~*", "!~"])) '\(random.pick(["^a", "[0-9]+", "a|b", "\\d", "^[A-Z]", "e$", "\\s"]))'"
        case 25: return "(\(condition(depth - 1))) IS \(random.pick(["TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN"]))"
        case 26 where allowsSubqueries: return existsQuery(depth - 1)
        case 27 where allowsSubqueries: return inQuery(depth - 1)
        case 28: return "(\(leaf(.int4)), \(leaf(.text))) \(random.pick(["=", "<", ">=", "<>"])) (\(leaf(.int4)), \(leaf(.text)))"
        case 29: return random.pick(["starts_with(\(leaf(.text)), \(leaf(.text)))", "\(leaf(.int4)) = ANY (ARRAY[1, 2, \(leaf(.int4))])"])
        default: return leaf(.bool)
        }
    }
}
