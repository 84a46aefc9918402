import Certificate

extension ExpressionMaker {
    mutating func text(_ depth: Int) -> String {
        let inner = expression(.text, depth)
        switch random.int(1...26) {
        case 1, 2: return "lower(\(inner))"
        case 3, 4: return "upper(\(inner))"
        case 5: return "initcap(\(inner))"
        case 6, 7: return "(\(inner) || \(leaf(.text)))"
        case 8: return "(\(inner) || \(leaf(random.pick([.int4, .numeric, .date, .bool]))))"
        case 9: return "substring(\(inner) FROM \(random.int(-1...3)) FOR \(random.int(0...4)))"
        case 10: return "substr(\(inner), \(random.int(-2...4)))"
        case 11: return "\(random.pick(["left", "right"]))(\(inner), \(random.int(-2...4)))"
        case 12: return "\(random.pick(["trim", "ltrim", "rtrim", "btrim"]))(\(inner))"
        case 13: return "btrim(\(inner), \(random.pick(["'a'", "'a '", "'e%'"])))"
        case 14: return "replace(\(inner), \(leaf(.text)), \(random.pick(["''", "'_'", "'ab'"])))"
        case 15: return "split_part(\(inner), \(random.pick(["','", "'@'", "' '", "'a'"])), \(random.pick(["1", "2", "-1"])))"
        case 16: return "concat(\(inner), \(leaf(type())), \(leaf(.text)))"
        case 17: return "concat_ws('-', \(leaf(type())), \(inner), \(leaf(.text)))"
        case 18: return "reverse(\(inner))"
        case 19:
            return
                "\(random.pick(["lpad", "rpad"]))(\(inner), \(random.int(0...6))\(random.chance(50) ? ", \(random.pick(["'*'", "'xy'", "'é'"]))" : ""))"
        case 20: return random.pick(["md5(\(inner))", "repeat(\(inner), \(random.int(-1...3)))", "translate(\(inner), 'aé%', 'AE')"])
        case 21, 22: return "(\(expression(type(), depth)))::text"
        case 23:
            return
                "to_char(\(leaf(random.pick([.date, .timestamp]))), '\(random.pick(["YYYY-MM", "YYYY-MM-DD", "Dy", "Mon", "HH24:MI", "IYYY-IW", "Q", "Day", "YYYYMMDD"]))')"
        case 24:
            return
                "regexp_replace(\(inner), '\(random.pick(["[aeiou]", "\\d+", "^.", "[^a-z]"]))', '\(random.pick(["", "#"]))'\(random.chance(50) ? ", 'g'" : ""))"
        case 25: return "(\(inner))::varchar(\(random.int(1...6)))"
        default: return "to_char(\(leaf(random.pick([.numeric, .int4]))), '\(random.pick(["FM999990.00", "FM000", "999,999.9"]))')"
        }
    }
}
