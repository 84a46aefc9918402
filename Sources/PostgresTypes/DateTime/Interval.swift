/// PostgreSQL's `interval`: months, days and microseconds, kept apart because months and days have no fixed length.
///
/// `==` and `<` are PostgreSQL's: a month counts as 30 days, a day as 24 hours. Field by field equality is ``isIdentical(to:)``.
public struct Interval: Sendable {
    public var months: Int32
    public var days: Int32
    public var microseconds: Int64

    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }

    public static let zero = Interval()

    public func isIdentical(to other: Interval) -> Bool {
        months == other.months && days == other.days && microseconds == other.microseconds
    }

    /// What comparisons look at.
    var span: Int128 { Int128(microseconds) + (Int128(months) * 30 + Int128(days)) * Int128(Timestamps.perDay) }
}

extension Interval: Comparable, Hashable {
    public static func == (left: Interval, right: Interval) -> Bool { left.span == right.span }
    public static func < (left: Interval, right: Interval) -> Bool { left.span < right.span }
    public func hash(into hasher: inout Hasher) { hasher.combine(span) }
}

extension Interval: CustomStringConvertible {
    public var description: String {
        var out: [UInt8] = []
        write(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Prints under IntervalStyle postgres, e.g. `1 year 2 mons -3 days +04:05:06.5`.
    public func write(to out: inout [UInt8]) {
        let start = out.count
        var wasNegative = false
        for (value, unit) in [(months / 12, "year"), (months % 12, "mon"), (days, "day")] where value != 0 {
            if out.count > start { out.append(UInt8(ascii: " ")) }
            if wasNegative, value > 0 { out.append(UInt8(ascii: "+")) }
            DecimalDigits.write(Int64(value), to: &out)
            out.append(UInt8(ascii: " "))
            out.append(contentsOf: unit.utf8)
            if value != 1 { out.append(UInt8(ascii: "s")) }
            wasNegative = value < 0
        }
        guard microseconds != 0 || out.count == start else { return }
        if out.count > start { out.append(UInt8(ascii: " ")) }
        if microseconds < 0 { out.append(UInt8(ascii: "-")) } else if wasNegative { out.append(UInt8(ascii: "+")) }
        let magnitude = microseconds.magnitude
        let seconds = magnitude / 1_000_000
        DecimalDigits.writePadded(seconds / 3600, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        DecimalDigits.write(seconds / 60 % 60, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        DecimalDigits.write(seconds % 60, width: 2, to: &out)
        DateTimeText.writeFraction(magnitude % 1_000_000, to: &out)
    }
}
