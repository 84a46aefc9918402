/// `extract(field from …)`: numerics with PostgreSQL's scales.
public enum Extract {
    /// Nil where PostgreSQL answers NULL: what an infinite moment has no value of.
    public static func date(_ field: UnsafeBufferPointer<UInt8>, _ date: Int64) throws(PostgresError) -> Numeric? {
        let unit = try DateField.named(field, type: "date")
        switch unit {
        case .microseconds, .milliseconds, .second, .minute, .hour, .timezone, .timezoneHour, .timezoneMinute:
            throw DateField.unsupported(field, type: "date")
        default: break
        }
        guard Dates.isFinite(date) else { return unit.growsForEver ? (date < 0 ? .negativeInfinity : .infinity) : nil }
        switch unit {
        case .epoch: return Numeric(date * 86_400)
        case .julian: return Numeric(date + 2_440_588)
        default: return Numeric(unit.value(of: CivilDay(daysSince1970: Int(date))) ?? 0)
        }
    }

    public static func timestamp(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64) throws(PostgresError) -> Numeric? {
        let type = "timestamp without time zone"
        let unit = try DateField.named(field, type: type)
        guard Timestamps.isFinite(timestamp) else { return unit.growsForEver ? (timestamp < 0 ? .negativeInfinity : .infinity) : nil }
        switch unit {
        case .timezone, .timezoneHour, .timezoneMinute: throw DateField.unsupported(field, type: type)
        default: break
        }
        return try value(unit, ClockTime(timestamp), epoch: timestamp)
    }

    public static func timestampTZ(_ field: UnsafeBufferPointer<UInt8>, _ timestamp: Int64, zone: Zone) throws(PostgresError) -> Numeric? {
        let unit = try DateField.named(field, type: "timestamp with time zone")
        guard Timestamps.isFinite(timestamp) else { return unit.growsForEver ? (timestamp < 0 ? .negativeInfinity : .infinity) : nil }
        let offset = zone.offset(atMicroseconds: timestamp)
        switch unit {
        case .timezone: return Numeric(offset)
        case .timezoneHour: return Numeric(offset / 3600)
        case .timezoneMinute: return Numeric(offset / 60 % 60)
        default: return try value(unit, zone.clock(timestamp), epoch: timestamp)
        }
    }

    public static func time(_ field: UnsafeBufferPointer<UInt8>, _ time: Int64) throws(PostgresError) -> Numeric {
        let type = "time without time zone"
        let unit = try DateField.named(field, type: type)
        switch unit {
        case .epoch: return Numeric(coefficient: Int128(time), scale: 6)
        case .microseconds, .milliseconds, .second, .minute, .hour: return ofTime(unit, time)
        default: throw DateField.unsupported(field, type: type)
        }
    }

    public static func interval(_ field: UnsafeBufferPointer<UInt8>, _ interval: Interval) throws(PostgresError) -> Numeric {
        let unit = try DateField.named(field, type: "interval")
        let (years, months) = (Int(interval.months) / 12, Int(interval.months) % 12)
        switch unit {
        case .microseconds, .milliseconds, .second, .minute, .hour: return ofTime(unit, interval.microseconds)
        case .day: return Numeric(Int(interval.days))
        case .month: return Numeric(months)
        case .quarter: return Numeric(months / 3 + 1)
        case .year: return Numeric(years)
        case .decade: return Numeric(years / 10)
        case .century: return Numeric(years / 100)
        case .millennium: return Numeric(years / 1000)
        case .epoch:
            // A year has 365.25 days here, a month 30.
            let quarterDays = Int128(years) * 1_461 + Int128(months) * 120 + Int128(interval.days) * 4
            return Numeric(coefficient: quarterDays * 21_600_000_000 + Int128(interval.microseconds), scale: 6)
        default: throw DateField.unsupported(field, type: "interval")
        }
    }

    private static func ofTime(_ unit: DateField, _ time: Int64) -> Numeric {
        switch unit {
        case .microseconds: Numeric(time % 60_000_000)
        case .milliseconds: Numeric(coefficient: Int128(time % 60_000_000), scale: 3)
        case .second: Numeric(coefficient: Int128(time % 60_000_000), scale: 6)
        case .minute: Numeric(time / 60_000_000 % 60)
        default: Numeric(time / 3_600_000_000)
        }
    }

    private static func value(_ unit: DateField, _ clock: ClockTime, epoch: Int64) throws(PostgresError) -> Numeric {
        switch unit {
        case .epoch: return Numeric(coefficient: Int128(epoch), scale: 6)
        case .julian:
            let day = Numeric(clock.date.daysSince1970 + 2_440_588)
            return try Numeric.add(day, try Numeric.divide(Numeric(clock.microseconds), Numeric(Timestamps.perDay)))
        case .microseconds, .milliseconds, .second, .minute, .hour: return ofTime(unit, clock.microseconds)
        default: return Numeric(unit.value(of: clock.date) ?? 0)
        }
    }
}
