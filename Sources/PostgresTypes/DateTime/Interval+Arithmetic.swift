extension Interval {
    public static func add(_ left: Interval, _ right: Interval) throws(PostgresError) -> Interval {
        let (months, first) = left.months.addingReportingOverflow(right.months)
        let (days, second) = left.days.addingReportingOverflow(right.days)
        let (time, third) = left.microseconds.addingReportingOverflow(right.microseconds)
        if first || second || third { throw .intervalOutOfRange }
        return Interval(months: months, days: days, microseconds: time)
    }

    public static func subtract(_ left: Interval, _ right: Interval) throws(PostgresError) -> Interval {
        let (months, first) = left.months.subtractingReportingOverflow(right.months)
        let (days, second) = left.days.subtractingReportingOverflow(right.days)
        let (time, third) = left.microseconds.subtractingReportingOverflow(right.microseconds)
        if first || second || third { throw .intervalOutOfRange }
        return Interval(months: months, days: days, microseconds: time)
    }

    public func negated() throws(PostgresError) -> Interval { try Interval.subtract(.zero, self) }

    /// `interval * double precision`: fractions of months become days, of days become time.
    public func multiplied(by factor: Double) throws(PostgresError) -> Interval { try scaled { $0 * factor } }

    /// `interval / double precision`.
    public func divided(by divisor: Double) throws(PostgresError) -> Interval {
        if divisor == 0 { throw .divisionByZero }
        return try scaled { $0 / divisor }
    }

    private func scaled(_ scale: (Double) -> Double) throws(PostgresError) -> Interval {
        let wholeMonths = try Self.int32(scale(Double(months)))
        let wholeDays = try Self.int32(scale(Double(days)))
        let spilledDays = Self.roundedToMicroseconds((scale(Double(months)) - Double(wholeMonths)) * 30)
        let wholeSpilled = try Self.int32(spilledDays)
        var spilledSeconds = Self.roundedToMicroseconds(
            (scale(Double(days)) - Double(wholeDays) + spilledDays - Double(wholeSpilled)) * 86_400)
        var result = Interval(months: wholeMonths, days: wholeDays)
        if abs(spilledSeconds) >= 86_400 {
            let carried = try Self.int32(spilledSeconds / 86_400)
            result.days = try Self.sum(result.days, carried)
            spilledSeconds -= Double(carried) * 86_400
        }
        result.days = try Self.sum(result.days, wholeSpilled)
        let time = (scale(Double(microseconds)) + spilledSeconds * 1_000_000).rounded(.toNearestOrEven)
        guard let exact = Int64(exactly: time) else { throw .intervalOutOfRange }
        result.microseconds = exact
        return result
    }

    private static func roundedToMicroseconds(_ value: Double) -> Double { (value * 1_000_000).rounded(.toNearestOrEven) / 1_000_000 }

    /// Cut towards zero.
    private static func int32(_ value: Double) throws(PostgresError) -> Int32 {
        guard value.isFinite, let exact = Int32(exactly: value.rounded(.towardZero)) else { throw .intervalOutOfRange }
        return exact
    }

    private static func sum(_ left: Int32, _ right: Int32) throws(PostgresError) -> Int32 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { throw .intervalOutOfRange }
        return sum
    }

    /// `justify_hours`: 24 hours become a day.
    public func justifiedHours() throws(PostgresError) -> Interval {
        var result = self
        let whole = microseconds / Timestamps.perDay
        result.microseconds -= whole * Timestamps.perDay
        result.days = try Self.sum(result.days, Int32(whole))
        if result.days > 0, result.microseconds < 0 {
            result.microseconds += Timestamps.perDay
            result.days -= 1
        } else if result.days < 0, result.microseconds > 0 {
            result.microseconds -= Timestamps.perDay
            result.days += 1
        }
        return result
    }

    /// `justify_days`: 30 days become a month.
    public func justifiedDays() throws(PostgresError) -> Interval {
        var result = self
        let whole = days / 30
        result.days -= whole * 30
        result.months = try Self.sum(result.months, whole)
        if result.months > 0, result.days < 0 {
            result.days += 30
            result.months -= 1
        } else if result.months < 0, result.days > 0 {
            result.days -= 30
            result.months += 1
        }
        return result
    }

    /// `justify_interval`: both, with one sign throughout.
    public func justified() throws(PostgresError) -> Interval {
        var result = self
        // Days and time of different sign are brought together first, if that helps to avoid an overflow.
        if result.days > 0 && result.microseconds > 0 || result.days < 0 && result.microseconds < 0 {
            let whole = result.days / 30
            result.days -= whole * 30
            result.months = try Self.sum(result.months, whole)
        }
        let wholeDays = result.microseconds / Timestamps.perDay
        result.microseconds -= wholeDays * Timestamps.perDay
        result.days = try Self.sum(result.days, Int32(wholeDays))
        let wholeMonths = result.days / 30
        result.days -= wholeMonths * 30
        result.months = try Self.sum(result.months, wholeMonths)
        if result.months > 0, result.days < 0 || result.days == 0 && result.microseconds < 0 {
            result.days += 30
            result.months -= 1
        } else if result.months < 0, result.days > 0 || result.days == 0 && result.microseconds > 0 {
            result.days -= 30
            result.months += 1
        }
        if result.days > 0, result.microseconds < 0 {
            result.microseconds += Timestamps.perDay
            result.days -= 1
        } else if result.days < 0, result.microseconds > 0 {
            result.microseconds -= Timestamps.perDay
            result.days += 1
        }
        return result
    }

    /// `make_interval`.
    public static func make(
        years: Int64, months: Int64, weeks: Int64, days: Int64, hours: Int64, minutes: Int64, seconds: Double
    ) throws(PostgresError) -> Interval {
        guard seconds.isFinite, let fraction = Int64(exactly: (seconds * 1_000_000).rounded(.toNearestOrEven)) else { throw .intervalOutOfRange }
        // PostgreSQL 15 checks no further: sums that do not fit wrap round.
        return Interval(
            months: Int32(truncatingIfNeeded: years &* 12 &+ months), days: Int32(truncatingIfNeeded: weeks &* 7 &+ days),
            microseconds: (hours &* 3600 &+ minutes &* 60) &* 1_000_000 &+ fraction)
    }

    /// Seconds rounded to `digits`, half away from zero.
    public func rounded(digits: Int) -> Interval {
        guard digits < 6 else { return self }
        let scale = Int64(DecimalDigits.powers[6 - max(0, digits)])
        // At the very end of the range PostgreSQL 15 wraps round.
        let magnitude = microseconds < 0 ? 0 &- microseconds : microseconds
        let rounded = (magnitude &+ scale / 2) / scale * scale
        return Interval(months: months, days: days, microseconds: microseconds < 0 ? 0 &- rounded : rounded)
    }
}
