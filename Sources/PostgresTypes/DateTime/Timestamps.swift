/// Timestamps: microseconds since 1970-01-01 00:00, `Int64.max` and `Int64.min` for the infinities.
public enum Timestamps {
    public static let infinity = Int64.max
    public static let negativeInfinity = Int64.min
    public static let perDay: Int64 = 86_400_000_000
    /// 4714-11-24 BC, PostgreSQL's first moment. Its last, in the year 294276, does not fit: here time ends at 294247-01-10 04:00:54.775806.
    public static let earliest: Int64 = -210_866_803_200_000_000
    /// PostgreSQL counts from 2000-01-01; where it rounds, the sign of that count matters.
    static let postgresEpoch: Int64 = 946_684_800_000_000

    @inlinable public static func isFinite(_ timestamp: Int64) -> Bool { timestamp != .max && timestamp != .min }

    static func check(_ timestamp: Int64) throws(PostgresError) -> Int64 {
        guard timestamp >= earliest, timestamp < .max else { throw .timestampOutOfRange }
        return timestamp
    }

    @inline(__always) static func split(_ timestamp: Int64) -> (days: Int, microseconds: Int64) {
        var days = timestamp / perDay
        var rest = timestamp % perDay
        if rest < 0 {
            rest += perDay
            days -= 1
        }
        return (Int(days), rest)
    }

    static func join(days: Int, microseconds: Int64) throws(PostgresError) -> Int64 {
        let (product, first) = Int64(days).multipliedReportingOverflow(by: perDay)
        let (sum, second) = product.addingReportingOverflow(microseconds)
        if first || second {
            // The first day alone may overflow where the moment does not.
            let (late, third) = (Int64(days) + 1).multipliedReportingOverflow(by: perDay)
            let (total, fourth) = late.addingReportingOverflow(microseconds - perDay)
            guard !third, !fourth else { throw .timestampOutOfRange }
            return try check(total)
        }
        return try check(sum)
    }

    /// Rounded to `digits` of seconds, half away from PostgreSQL's epoch. Infinities stay.
    public static func rounded(_ timestamp: Int64, digits: Int) throws(PostgresError) -> Int64 {
        guard isFinite(timestamp), digits < 6 else { return timestamp }
        guard digits >= 0 else { throw PostgresError("22023", "timestamp(\(digits)) precision must be between 0 and 6") }
        let scale = Int64(DecimalDigits.powers[6 - digits])
        let (fromEpoch, overflow) = timestamp.subtractingReportingOverflow(postgresEpoch)
        if overflow { throw .timestampOutOfRange }
        let rounded = (abs(fromEpoch) + scale / 2) / scale * scale
        let (result, second) = (fromEpoch < 0 ? -rounded : rounded).addingReportingOverflow(postgresEpoch)
        if second { throw .timestampOutOfRange }
        return try check(result)
    }

    /// `to_timestamp(double precision)`.
    public static func fromEpoch(seconds: Double) throws(PostgresError) -> Int64 {
        if seconds.isInfinite { return seconds > 0 ? infinity : negativeInfinity }
        if seconds.isNaN { throw PostgresError("22008", "timestamp cannot be NaN") }
        let outOfRange = PostgresError("22008", "timestamp out of range: \"\(Numeric.shortText(seconds))\"")
        guard seconds >= -210_866_803_200, seconds < 9_224_318_016_000 else { throw outOfRange }
        // In PostgreSQL's own count and order of rounding.
        let micros = ((seconds - 946_684_800) * 1_000_000).rounded(.toNearestOrEven)
        guard let count = Int64(exactly: micros) else { throw outOfRange }
        let (result, overflow) = count.addingReportingOverflow(postgresEpoch)
        if overflow { throw .timestampOutOfRange }
        return try check(result)
    }

    /// `date_bin(stride, source, origin)`.
    public static func bin(stride: Interval, _ source: Int64, origin: Int64) throws(PostgresError) -> Int64 {
        guard isFinite(source) else { return source }
        guard isFinite(origin) else { throw PostgresError("22008", "origin out of range") }
        guard stride.months == 0 else { throw PostgresError("0A000", "timestamps cannot be binned into intervals containing months or years") }
        let (days, first) = Int64(stride.days).multipliedReportingOverflow(by: perDay)
        let (width, second) = days.addingReportingOverflow(stride.microseconds)
        if first || second { throw .intervalOutOfRange }
        guard width > 0 else { throw PostgresError("22008", "stride must be greater than zero") }
        let (distance, overflow) = source.subtractingReportingOverflow(origin)
        if overflow { throw .intervalOutOfRange }
        var rest = distance % width
        if rest < 0 { rest += width }
        let (start, third) = source.subtractingReportingOverflow(rest)
        if third { throw .timestampOutOfRange }
        return try check(start)
    }
}
