internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerDateTimeCasts(_ registry: FunctionRegistry) throws {
        try registry.text("pg_cast_date_text", 1) { a, out in DateTimeText.writeDate(a[0].int64, to: &out) }
        try registry.text("pg_cast_time_text", 1) { a, out in DateTimeText.writeTime(a[0].int64, to: &out) }
        try registry.text("pg_cast_timestamp_text", 1) { a, out in DateTimeText.writeTimestamp(a[0].int64, to: &out) }
        try registry.strict("pg_cast_timestamptz_text", 2) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let zone = try result.zone(a, 1)
            try buffer.write(to: result) { DateTimeText.writeTimestampTZ(a[0].int64, zone: zone, to: &$0) }
        }
        try registry.integer("pg_cast_date_timestamp", 1) { a throws(PostgresError) in try Dates.timestamp(a[0].int64) }
        try registry.strict("pg_cast_date_timestamptz", 2) { a, result throws(PostgresError) in
            result.set(try result.zone(a, 1).utc(fromLocal: try Dates.timestamp(a[0].int64)))
        }
        try registry.integer("pg_cast_timestamp_date", 1) { a in Dates.day(of: a[0].int64) }
        try registry.strict("pg_cast_timestamp_time", 1) { a, result in timeOfDay(a[0].int64, result) }
        try registry.strict("pg_cast_timestamp_timestamptz", 2) { a, result throws(PostgresError) in
            result.set(try result.zone(a, 1).utc(fromLocal: a[0].int64))
        }
        try registry.strict("pg_cast_timestamptz_timestamp", 2) { a, result throws(PostgresError) in
            result.set(try result.zone(a, 1).local(fromUTC: a[0].int64))
        }
        try registry.strict("pg_cast_timestamptz_date", 2) { a, result throws(PostgresError) in
            result.set(Dates.day(of: try result.zone(a, 1).local(fromUTC: a[0].int64)))
        }
        try registry.strict("pg_cast_timestamptz_time", 2) { a, result throws(PostgresError) in
            timeOfDay(try result.zone(a, 1).local(fromUTC: a[0].int64), result)
        }
        try registry.interval("pg_cast_time_interval", 1) { a in Interval(microseconds: a[0].int64) }
        try registry.integer("pg_cast_interval_time", 1) { a throws(PostgresError) in Timestamps.addToTime(0, try a[0].interval()) }
        try registry.integer("pg_timestamp_precision", 2) { a throws(PostgresError) in try Timestamps.rounded(a[0].int64, digits: a[1].int) }
        try registry.integer("pg_time_precision", 2) { a in DateTimeInput.rounded(time: a[0].int64, digits: a[1].int) }
        try registry.interval("pg_interval_precision", 2) { a throws(PostgresError) in try a[0].interval().rounded(digits: a[1].int) }
    }

    private static func timeOfDay(_ timestamp: Int64, _ result: FunctionResult) {
        if Timestamps.isFinite(timestamp) { result.set(ClockTime(timestamp).microseconds) } else { result.null() }
    }
}
