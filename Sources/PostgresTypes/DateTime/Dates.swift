/// Dates: days since 1970-01-01, `Int64.max` and `Int64.min` for the infinities.
public enum Dates {
    public static let infinity = Int64.max
    public static let negativeInfinity = Int64.min
    /// 4714-11-24 BC.
    static let earliest: Int64 = -2_440_588
    /// The day after 5874897-12-31.
    static let end: Int64 = 2_145_042_906

    @inlinable public static func isFinite(_ date: Int64) -> Bool { date != .max && date != .min }

    static func check(_ date: Int64) throws(PostgresError) -> Int64 {
        guard date >= earliest, date < end else { throw .dateOutOfRange }
        return date
    }

    /// `date + integer`.
    public static func add(_ date: Int64, days: Int64) throws(PostgresError) -> Int64 {
        guard isFinite(date) else { return date }
        let (sum, overflow) = date.addingReportingOverflow(days)
        if overflow { throw .dateOutOfRange }
        return try check(sum)
    }

    /// `date - date`.
    public static func difference(_ left: Int64, _ right: Int64) throws(PostgresError) -> Int64 {
        guard isFinite(left), isFinite(right) else { throw PostgresError("22008", "cannot subtract infinite dates") }
        return left - right
    }

    /// Midnight of the day as a timestamp; infinities stay.
    public static func timestamp(_ date: Int64) throws(PostgresError) -> Int64 {
        guard isFinite(date) else { return date }
        let (product, overflow) = date.multipliedReportingOverflow(by: Timestamps.perDay)
        guard !overflow, product < .max else { throw PostgresError("22008", "date out of range for timestamp") }
        return product
    }

    /// The day of a timestamp, rounded down; infinities stay.
    public static func day(of timestamp: Int64) -> Int64 {
        Timestamps.isFinite(timestamp) ? Int64(Timestamps.split(timestamp).days) : timestamp
    }

    /// `make_date(year, month, day)`; a negative year is BC.
    public static func make(year: Int64, month: Int64, day: Int64) throws(PostgresError) -> Int64 {
        let invalid = PostgresError("22008", "date field value out of range: \(year)-\(pad(month))-\(pad(day))")
        guard year != 0, (1...12).contains(month), abs(year) <= Int64(Int32.max) else { throw invalid }
        let civil = CivilDay(year: Int(year < 0 ? year + 1 : year), month: Int(month), day: Int(day))
        guard day >= 1, day <= CivilDay.daysInMonth(civil.month, ofYear: civil.year) else { throw invalid }
        let result = Int64(civil.daysSince1970)
        guard result >= earliest, result < end else { throw PostgresError("22008", "date out of range: \(civil.year)-\(pad(month))-\(pad(day))") }
        return result
    }

    /// As C's `%02d`.
    static func pad(_ value: Int64) -> String {
        let text = String(value)
        return text.utf8.count < 2 ? "0" + text : text
    }
}

extension Dates {
    /// `make_time(hour, minute, second)`.
    public static func makeTime(hour: Int64, minute: Int64, second: Double) throws(PostgresError) -> Int64 {
        guard let time = time(hour, minute, second) else {
            throw PostgresError("22008", "time field value out of range: \(hour):\(pad(minute)):\(secondText(second))")
        }
        return time
    }

    /// `make_timestamp`.
    public static func makeTimestamp(
        year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Double
    ) throws(PostgresError) -> Int64 {
        let civil = CivilDay(year: Int(year < 0 ? year + 1 : year), month: Int(clamping: month), day: 1)
        guard year != 0, (1...12).contains(month), abs(year) <= Int64(Int32.max), day >= 1,
            day <= CivilDay.daysInMonth(civil.month, ofYear: civil.year)
        else { throw PostgresError("22008", "date field value out of range: \(year)-\(pad(month))-\(pad(day))") }
        guard let time = time(hour, minute, second) else {
            throw PostgresError("22008", "time field value out of range: \(hour):\(pad(minute)):\(secondText(second))")
        }
        let days = civil.daysSince1970 + Int(day) - 1
        guard let moment = try? Timestamps.join(days: days, microseconds: time) else {
            throw PostgresError(
                "22008", "timestamp out of range: \(year)-\(pad(month))-\(pad(day)) \(hour):\(pad(minute)):\(secondText(second))")
        }
        return moment
    }

    /// Seconds may be 60, and the whole 24:00:00.
    private static func time(_ hour: Int64, _ minute: Int64, _ second: Double) -> Int64? {
        guard (0...24).contains(hour), (0...59).contains(minute), second >= 0, second <= 60 else { return nil }
        let micros = (second * 1_000_000).rounded(.toNearestOrEven)
        let total = (hour * 60 + minute) * 60_000_000 + Int64(micros)
        return total <= Timestamps.perDay ? total : nil
    }

    /// As C's `%02g`.
    private static func secondText(_ second: Double) -> String {
        let text = Numeric.shortText(second)
        return text.utf8.count < 2 ? "0" + text : text
    }
}
