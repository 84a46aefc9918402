import Certificate

extension ExpressionMaker {
    private mutating func span() -> String { FuzzValues.literal(.interval, &random) }

    private mutating func unit() -> String { random.pick(["year", "quarter", "month", "week", "day", "hour", "minute", "second"]) }

    mutating func date(_ depth: Int) -> String {
        switch random.int(1...8) {
        case 1, 2:
            return
                "(\(expression(.date, depth)) \(random.pick(["+", "-"])) \(random.chance(50) ? String(random.int(0...40)) : "(\(leaf(.int4)) % 1000)"))"
        case 3, 4: return "(\(expression(random.pick([.timestamp, .timestamptz]), depth)))::date"
        case 5: return "date_trunc('\(unit())', \(expression(random.pick([.timestamp, .date]), depth)))::date"
        case 6, 7: return "(\(expression(.date, depth)) \(random.pick(["+", "-"])) \(span()))::date"
        default: return "(date_trunc('month', \(leaf(.date))) + interval '1 month - 1 day')::date"
        }
    }

    mutating func timestamp(_ depth: Int) -> String {
        switch random.int(1...8) {
        case 1, 2: return "(\(expression(.timestamp, depth)) \(random.pick(["+", "-"])) \(span()))"
        case 3, 4: return "date_trunc('\(unit())', \(expression(.timestamp, depth)))"
        case 5: return "(\(expression(.date, depth)))::timestamp"
        case 6: return "(\(expression(.date, depth)) + \(span()))"
        case 7: return "(\(expression(.timestamptz, depth)) AT TIME ZONE '\(random.pick(["UTC", "Europe/Stockholm", "America/New_York"]))')"
        default: return "(\(leaf(.timestamp)) + \(leaf(.int4)) % 100 * interval '1 day')"
        }
    }

    mutating func timestamptz(_ depth: Int) -> String {
        switch random.int(1...5) {
        case 1, 2: return "(\(expression(.timestamptz, depth)) \(random.pick(["+", "-"])) \(span()))"
        case 3: return "date_trunc('\(unit())', \(expression(.timestamptz, depth)))"
        case 4: return "(\(expression(.timestamp, depth)) AT TIME ZONE '\(random.pick(["UTC", "Europe/Stockholm"]))')"
        default: return "(\(expression(random.pick([.timestamp, .date]), depth)))::timestamptz"
        }
    }

    mutating func interval(_ depth: Int) -> String {
        switch random.int(1...6) {
        case 1, 2: return "(\(expression(.timestamp, depth)) - \(leaf(.timestamp)))"
        case 3: return "(\(expression(.timestamptz, depth)) - \(leaf(.timestamptz)))"
        case 4: return "age(\(leaf(.timestamp)), \(leaf(.timestamp)))"
        case 5: return "(\(expression(.interval, depth)) \(random.pick(["+", "-"])) \(span()))"
        default: return "(\(span()) * (\(leaf(.int4)) % 50))"
        }
    }
}
