import Certificate

extension ExpressionMaker {
    /// A divisor that is zero now and then.
    private mutating func divisor(_ type: FuzzType, _ depth: Int) -> String {
        let value = expression(type, depth)
        return random.chance(96) ? "nullif(\(value), 0)" : "(\(value))"
    }

    mutating func int4(_ depth: Int) -> String {
        switch random.int(1...16) {
        case 1...3: return "(\(expression(.int4, depth)) \(random.pick(["+", "-"])) \(leaf(.int4)))"
        case 4: return "(\(leaf(.int4)) * \(random.int(-3...7)))"
        case 5: return "(\(expression(.int4, depth)) / \(divisor(.int4, 0)))"
        case 6: return "(\(expression(.int4, depth)) % \(divisor(.int4, 0)))"
        case 7: return random.pick(["abs", "-", "+", "~"]) + "(\(expression(.int4, depth)))"
        case 8: return "length(\(expression(.text, depth)))"
        case 9: return "(\(expression(.date, depth)) - \(leaf(.date)))"
        case 10:
            let field = random.pick(["year", "month", "day", "hour", "dow", "isodow", "doy", "week", "quarter"])
            return "extract(\(field) FROM \(expression(random.pick([.timestamp, .timestamptz]), depth)))::int"
        case 11: return "(\(condition(depth)))::int"
        case 12: return "(\(bounded(.numeric)))::int"
        case 13: return "(\(bounded(.float8)))::int"
        case 14: return "strpos(\(expression(.text, depth)), \(leaf(.text)))"
        case 15: return "extract(\(random.pick(["year", "month", "day", "dow", "isoyear"])) FROM \(expression(.date, depth)))::int"
        default: return "(\(leaf(.int4)) \(random.pick(["&", "|", "#"])) \(leaf(.int4)))"
        }
    }

    /// A number that fits any integer type, mostly.
    private mutating func bounded(_ type: FuzzType) -> String {
        if random.chance(20) { return leaf(type) }
        return type == .float8 ? "(\(leaf(type)) / 1e12)" : "(\(leaf(type)) % 1000)"
    }

    mutating func int8(_ depth: Int) -> String {
        switch random.int(1...10) {
        case 1, 2: return "(\(expression(.int8, depth)) \(random.pick(["+", "-"])) \(leaf(random.pick([.int4, .int8]))))"
        case 3: return "(\(leaf(.int8)) * \(random.int(-3...7)))"
        case 4: return "(\(expression(.int8, depth)) / \(divisor(.int8, 0)))"
        case 5: return "(\(expression(.int8, depth)) % \(divisor(.int8, 0)))"
        case 6: return random.pick(["abs", "-"]) + "(\(expression(.int8, depth)))"
        case 7: return "(\(expression(.int4, depth)))::int8"
        case 8: return "(\(expression(.numeric, depth)))::int8"
        case 9: return "(\(leaf(.int4))::int8 * \(leaf(.int4)))"
        default: return allowsSubqueries ? countQuery() : leaf(.int8)
        }
    }

    mutating func numeric(_ depth: Int) -> String {
        switch random.int(1...18) {
        case 1...3: return "(\(expression(.numeric, depth)) \(random.pick(["+", "-"])) \(leaf(random.pick([.numeric, .int4]))))"
        case 4, 5: return "(\(expression(.numeric, depth)) * \(leaf(random.pick([.numeric, .int4]))))"
        case 6, 7: return "(\(expression(.numeric, depth)) / \(divisor(random.pick([.numeric, .int4]), 0)))"
        case 8: return "(\(expression(.numeric, depth)) % \(divisor(.numeric, 0)))"
        case 9: return "round(\(expression(.numeric, depth))\(random.chance(70) ? ", \(random.int(-1...4))" : ""))"
        case 10: return "trunc(\(expression(.numeric, depth))\(random.chance(50) ? ", \(random.int(-1...3))" : ""))"
        case 11: return random.pick(["ceil", "floor", "abs", "-", "sign"]) + "(\(expression(.numeric, depth)))"
        case 12: return "(\(expression(random.pick([.int4, .int8]), depth)))::numeric"
        case 13: return "(\(leaf(.float8)))::numeric"
        case 14: return "(\(expression(.numeric, depth)))::numeric(\(random.pick(["20,2", "12,3", "24,0", "8,2"])))"
        case 15:
            return
                "extract(\(random.pick(["epoch", "second", "minute", "year", "milliseconds"])) FROM \(expression(random.pick([.timestamp, .timestamptz, .interval]), depth)))"
        case 16:
            return random.pick([
                "sqrt(abs(\(leaf(.numeric))))", "ln(abs(\(leaf(.numeric))) + 1)", "power(\(leaf(.numeric)) % 10, 2)", "mod(\(leaf(.numeric)), 7)",
            ])
        case 17: return allowsSubqueries ? aggregateQuery(.numeric) : leaf(.numeric)
        default: return "(\(leaf(.numeric)) * 100.0 / \(divisor(.numeric, 0)))"
        }
    }

    mutating func float8(_ depth: Int) -> String {
        switch random.int(1...14) {
        case 1...3: return "(\(expression(.float8, depth)) \(random.pick(["+", "-"])) \(leaf(.float8)))"
        case 4, 5: return "(\(expression(.float8, depth)) * \(leaf(.float8)))"
        case 6, 7: return "(\(expression(.float8, depth)) / \(divisor(.float8, 0)))"
        case 8: return random.pick(["abs", "-", "floor", "ceil", "round", "trunc"]) + "(\(expression(.float8, depth)))"
        case 9: return "sqrt(abs(\(expression(.float8, depth))))"
        case 10: return random.pick(["ln", "log", "exp"]) + "(1 + abs(\(leaf(.float8))) / 1e16)"
        case 11, 12: return "(\(expression(random.pick([.int4, .int8, .numeric]), depth)))::float8"
        case 13: return "power(\(leaf(.float8)) / 1e20, 2)"
        default: return "(\(leaf(.int4)) * \(leaf(.float8)))"
        }
    }
}
