internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerIntervals(_ registry: FunctionRegistry) throws {
        try registry.interval("pg_interval_add", 2) { a throws(PostgresError) in try Interval.add(try a[0].interval(), try a[1].interval()) }
        try registry.interval("pg_interval_sub", 2) { a throws(PostgresError) in try Interval.subtract(try a[0].interval(), try a[1].interval()) }
        try registry.interval("pg_interval_neg", 1) { a throws(PostgresError) in try a[0].interval().negated() }
        try registry.interval("pg_interval_mul", 2) { a throws(PostgresError) in try a[0].interval().multiplied(by: a[1].double) }
        try registry.interval("pg_interval_div", 2) { a throws(PostgresError) in try a[0].interval().divided(by: a[1].double) }
        try registry.integer("pg_interval_microseconds", 1) { a throws(PostgresError) in
            let interval = try a[0].interval()
            guard interval.months == 0, interval.days == 0 else {
                throw .notSupported("an interval of days or months where a fixed length of time is needed")
            }
            return interval.microseconds
        }
        try registry.interval("pg_justify_days", 1) { a throws(PostgresError) in try a[0].interval().justifiedDays() }
        try registry.interval("pg_justify_hours", 1) { a throws(PostgresError) in try a[0].interval().justifiedHours() }
        try registry.interval("pg_justify_interval", 1) { a throws(PostgresError) in try a[0].interval().justified() }
        try registry.interval("pg_make_interval", 7) { a throws(PostgresError) in
            try Interval.make(
                years: a[0].int64, months: a[1].int64, weeks: a[2].int64, days: a[3].int64, hours: a[4].int64, minutes: a[5].int64,
                seconds: a[6].double)
        }
    }
}
