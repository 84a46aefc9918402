internal import FeatureModel
internal import PostgresTypes

/// Dates and times: before 1970, leap days, ends of months and years, changes to and from daylight saving, the query's own constants and
/// moments that lie its intervals apart.
enum MomentValues {
    static func pool(_ kind: PostgresType.Kind, _ beside: [QueryLiterals.Constant], _ literals: QueryLiterals) -> ValuePool {
        if kind == .time || kind == .timetz { return times(beside) }
        let own = moments(beside)
        let base = own.first ?? moments(literals.all).first ?? Self.base
        var near = own.flatMap { [$0 - 1, $0, $0 + 1, $0 - day, $0 + day] }
        for interval in literals.intervals.prefix(6).compactMap({ text in try? Interval(parsing: text) }) {
            for start in [base] + own.prefix(2) {
                guard let later = try? Timestamps.add(start, interval), let negative = try? interval.negated(),
                    let earlier = try? Timestamps.add(start, negative)
                else { continue }
                near += [start, later, later - 1, later + 1, earlier, earlier - 1, earlier + 1]
            }
        }
        let text = { @Sendable (moment: Int64) -> String in kind == .date ? Self.date(moment) : Self.timestamp(moment, kind) }
        var seen: Set<String> = []
        return ValuePool(
            common: [0, 1, 2, 33].map { text(base + $0 * day) }, near: near.map(text).filter { seen.insert($0).inserted }, mild: mild(kind),
            wild: ["infinity", "-infinity", "0001-01-01", "0044-03-15 BC", "9999-12-31", "4713-02-01 BC"]
        ) { number in text(base + Int64(number < 3 ? number : number * 9 + 6) * day) }
    }

    static func intervals(_ beside: [QueryLiterals.Constant], _ literals: QueryLiterals) -> ValuePool {
        let mild = ["1 day", "24:00:00", "1 mon", "30 days", "-1 day", "00:00:00", "1 year 2 mons 3 days 04:05:06.789", "-00:00:01", "1 mon -1 days", "12 mons", "1 year"]
        let own = beside.compactMap { constant in if case .text(let text) = constant, (try? Interval(parsing: text)) != nil { text } else { nil } }
        return ValuePool(common: ["1 day", "2 days", "03:00:00"], near: own + literals.intervals, mild: mild, wild: ["178000000 years", "-178000000 years"]) {
            "\($0 + 1) days"
        }
    }

    private static func times(_ beside: [QueryLiterals.Constant]) -> ValuePool {
        let own = beside.compactMap { constant in if case .text(let text) = constant, text.contains(":") { text } else { nil } }
        return ValuePool(
            common: ["08:00:00", "12:30:00", "23:59:59"], near: own, mild: ["00:00:00", "24:00:00", "00:00:00.000001", "23:59:59.999999", "12:00:00.5"]
        ) { "0\($0 / 60 % 10):\(10 + $0 % 50):00" }
    }

    // MARK: Moments, in microseconds since 1970

    private static let day: Int64 = 86_400_000_000
    /// 2024-02-28 12:00.
    private static let base: Int64 = 1_709_121_600_000_000

    private static func moments(_ constants: [QueryLiterals.Constant]) -> [Int64] {
        constants.compactMap { constant in
            guard case .text(let text) = constant, text.count >= 8, text.contains("-") else { return nil }
            var copy = text
            return copy.withUTF8 { try? DateTimeInput.timestamp($0) }.flatMap { Timestamps.isFinite($0) ? $0 : nil }
        }
    }

    private static func date(_ moment: Int64) -> String {
        var out: [UInt8] = []
        DateTimeText.writeDate(Dates.day(of: moment), to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private static func timestamp(_ moment: Int64, _ kind: PostgresType.Kind) -> String {
        var out: [UInt8] = []
        DateTimeText.writeTimestamp(moment, to: &out)
        return String(decoding: out, as: UTF8.self) + (kind == .timestamptz ? "+00" : "")
    }

    private static func mild(_ kind: PostgresType.Kind) -> [String] {
        let dates = [
            "1969-12-31", "1970-01-01", "1900-02-28", "2000-02-29", "2024-02-29", "2023-02-28", "2023-12-31", "2024-12-30", "2021-01-03", "2024-01-31", "2024-03-31",
            "2024-10-31", "2100-02-28", "1582-10-15",
        ]
        if kind == .date { return dates }
        let zone = kind == .timestamptz ? "+00" : ""
        let turns = [
            "2024-03-10 06:59:59.999999", "2024-03-10 07:00:00", "2024-03-10 02:30:00", "2024-03-31 00:59:59", "2024-03-31 01:00:00", "2024-03-31 02:30:00",
            "2024-10-27 00:30:00", "2024-10-27 01:30:00", "2024-11-03 05:30:00", "2024-11-03 06:30:00", "2024-02-29 23:59:59.999999", "1969-12-31 23:59:59.999999",
            "1970-01-01 00:00:00.000001",
        ]
        return (dates.map { $0 + " 00:00:00" } + turns).map { $0 + zone }
    }
}
