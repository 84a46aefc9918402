/// `date_trunc`.
public enum DateTrunc {
    /// Of a timestamp; infinities stay. `field` in any case.
    public static func timestamp(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64) throws(PostgresError) -> Int64 {
        guard Timestamps.isFinite(timestamp) else { return timestamp }
        let unit = try unit(field, type: "timestamp without time zone")
        return try truncated(ClockTime(timestamp), unit).timestamp()
    }

    /// Of a timestamptz, by the clock of the zone.
    public static func timestampTZ(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64, zone: Zone) throws(PostgresError) -> Int64 {
        guard Timestamps.isFinite(timestamp) else { return timestamp }
        let unit = try unit(field, type: "timestamp with time zone")
        let offset = zone.offset(atMicroseconds: timestamp)
        let clock = truncated(zone.clock(timestamp), unit)
        switch unit {
        case .microseconds, .milliseconds, .second, .minute, .hour:
            // Within the day the offset of the moment itself holds, even if the clock was changed meanwhile.
            return try Timestamps.join(days: clock.date.daysSince1970, microseconds: clock.microseconds - Int64(offset) * 1_000_000)
        default: return try zone.utc(days: clock.date.daysSince1970, microseconds: clock.microseconds)
        }
    }

    public static func interval(_ field: UnsafeBufferPointer<UInt8>, _ interval: Interval) throws(PostgresError) -> Interval {
        let unit = try unit(field, type: "interval")
        var result = interval
        let step: Int64?
        switch unit {
        case .microseconds: step = 1
        case .milliseconds: step = 1_000
        case .second: step = 1_000_000
        case .minute: step = 60_000_000
        case .hour: step = 3_600_000_000
        default: step = nil
        }
        if let step {
            result.microseconds -= result.microseconds % step
            return result
        }
        result.microseconds = 0
        if unit == .day { return result }
        result.days = 0
        let months: Int32
        switch unit {
        case .month: months = 1
        case .quarter: months = 3
        case .year: months = 12
        case .decade: months = 120
        case .century: months = 1_200
        case .millennium: months = 12_000
        default:
            throw PostgresError(
                "0A000", "unit \"\(String(decoding: field, as: UTF8.self).lowercased())\" not supported for type interval",
                detail: "Months usually have fractional weeks.")
        }
        result.months -= result.months % months
        return result
    }

    private static func unit(_ field: UnsafeBufferPointer<UInt8>, type: String) throws(PostgresError) -> TimeUnit {
        let name = String(decoding: field.map(\.lowered), as: UTF8.self)
        if let unit = TimeUnit.named(name) { return unit }
        throw DateField.unknown(name, type: type)
    }

    private static func truncated(_ clock: ClockTime, _ unit: TimeUnit) -> ClockTime {
        var clock = clock
        let time = clock.microseconds
        switch unit {
        case .microseconds: return clock
        case .milliseconds: clock.microseconds -= time % 1_000
        case .second: clock.microseconds -= time % 1_000_000
        case .minute: clock.microseconds -= time % 60_000_000
        case .hour: clock.microseconds -= time % 3_600_000_000
        default:
            clock.microseconds = 0
            clock.date = start(of: unit, clock.date)
        }
        return clock
    }

    private static func start(of unit: TimeUnit, _ date: CivilDay) -> CivilDay {
        let year = date.year
        switch unit {
        case .week:
            let days = date.daysSince1970
            return CivilDay(daysSince1970: days - (CivilDay.weekday(daysSince1970: days) + 6) % 7)
        case .month: return CivilDay(year: year, month: date.month, day: 1)
        case .quarter: return CivilDay(year: year, month: (date.month - 1) / 3 * 3 + 1, day: 1)
        case .year: return CivilDay(year: year, month: 1, day: 1)
        case .decade: return CivilDay(year: CivilDay.floor(year, 10) * 10, month: 1, day: 1)
        // Centuries and millennia begin with a year 1.
        case .century: return CivilDay(year: CivilDay.floor(year - 1, 100) * 100 + 1, month: 1, day: 1)
        case .millennium: return CivilDay(year: CivilDay.floor(year - 1, 1000) * 1000 + 1, month: 1, day: 1)
        default: return date
        }
    }
}
