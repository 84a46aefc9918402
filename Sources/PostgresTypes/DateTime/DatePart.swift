/// `date_part(field, …)`: the same fields as doubles, computed as PostgreSQL computes them.
public enum DatePart {
    public static func timestamp(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64) throws(PostgresError) -> Double? {
        guard let exact = try Extract.timestamp(field, timestamp) else { return nil }
        guard exact.isFinite else { return timestamp < 0 ? -.infinity : .infinity }
        return try value(try DateField.named(field, type: ""), exact, timestamp, ClockTime(timestamp))
    }

    public static func timestampTZ(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64, zone: Zone) throws(PostgresError) -> Double? {
        guard let exact = try Extract.timestampTZ(field, timestamp, zone: zone) else { return nil }
        guard exact.isFinite else { return timestamp < 0 ? -.infinity : .infinity }
        return try value(try DateField.named(field, type: ""), exact, timestamp, zone.clock(timestamp))
    }

    public static func time(_ field: UnsafeBufferPointer<UInt8>, _ time: Int64) throws(PostgresError) -> Double {
        let exact = try Extract.time(field, time)
        let unit = try DateField.named(field, type: "")
        return unit == .epoch ? Double(time) / 1_000_000 : try ofTime(unit, exact, time)
    }

    public static func interval(_ field: UnsafeBufferPointer<UInt8>, _ interval: Interval) throws(PostgresError) -> Double {
        let exact = try Extract.interval(field, interval)
        let unit = try DateField.named(field, type: "")
        guard unit == .epoch else { return try ofTime(unit, exact, interval.microseconds) }
        var result = Double(interval.microseconds) / 1_000_000
        result += 365.25 * 86_400 * Double(interval.months / 12)
        result += 30.0 * 86_400 * Double(interval.months % 12)
        result += 86_400 * Double(interval.days)
        return result
    }

    private static func ofTime(_ unit: DateField, _ exact: Numeric, _ time: Int64) throws(PostgresError) -> Double {
        let (second, fraction) = (Double(time / 1_000_000 % 60), Double(time % 1_000_000))
        switch unit {
        case .milliseconds: return second * 1000 + fraction / 1000
        case .second: return second + fraction / 1_000_000
        default: return try exact.toDouble()
        }
    }

    private static func value(_ unit: DateField, _ exact: Numeric, _ timestamp: Int64, _ clock: ClockTime) throws(PostgresError) -> Double {
        switch unit {
        case .epoch: return Double(timestamp) / 1_000_000
        case .julian:
            let seconds = Double((clock.hour * 60 + clock.minute) * 60 + clock.second) + Double(clock.fraction) / 1_000_000
            return Double(clock.date.daysSince1970 + 2_440_588) + seconds / 86_400
        default: return try ofTime(unit, exact, clock.microseconds)
        }
    }
}
