internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerDates(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_date_add_days", 2) { a throws(PostgresError) in try Dates.add(a[0].int64, days: a[1].int64) }
        try registry.integer("pg_date_diff", 2) { a throws(PostgresError) in try Dates.difference(a[0].int64, a[1].int64) }
        try registry.integer("pg_date_add_time", 2) { a throws(PostgresError) in
            try Timestamps.add(try Dates.timestamp(a[0].int64), Interval(microseconds: a[1].int64))
        }
        try registry.integer("pg_timestamp_add_interval", 2) { a throws(PostgresError) in try Timestamps.add(a[0].int64, try a[1].interval()) }
        try registry.integer("pg_timestamp_sub_interval", 2) { a throws(PostgresError) in
            try Timestamps.add(a[0].int64, try a[1].interval().negated())
        }
        try registry.strict("pg_timestamptz_add_interval", 3) { a, result throws(PostgresError) in
            result.set(try Timestamps.add(a[0].int64, try a[1].interval(), zone: try result.zone(a, 2)))
        }
        try registry.strict("pg_timestamptz_sub_interval", 3) { a, result throws(PostgresError) in
            result.set(try Timestamps.add(a[0].int64, try a[1].interval().negated(), zone: try result.zone(a, 2)))
        }
        try registry.interval("pg_timestamp_diff", 2) { a throws(PostgresError) in try Timestamps.difference(a[0].int64, a[1].int64) }
        try registry.integer("pg_time_add_interval", 2) { a throws(PostgresError) in Timestamps.addToTime(a[0].int64, try a[1].interval()) }
        try registry.integer("pg_time_sub_interval", 2) { a throws(PostgresError) in Timestamps.subtractFromTime(a[0].int64, try a[1].interval()) }
        try registry.interval("pg_time_diff", 2) { a in Interval(microseconds: a[0].int64 - a[1].int64) }
        try registry.interval("pg_age", 2) { a throws(PostgresError) in try Timestamps.age(a[0].int64, a[1].int64) }
        try registry.strict("pg_age_tz", 3) { [buffer = registry.buffer] a, result throws(PostgresError) in
            let age = try Timestamps.age(a[0].int64, a[1].int64, zone: try result.zone(a, 2))
            try buffer.write(to: result) { age.write(to: &$0) }
        }
        try registry.integer("pg_date_bin", 3) { a throws(PostgresError) in
            try Timestamps.bin(stride: try a[0].interval(), a[1].int64, origin: a[2].int64)
        }
        try registry.integer("pg_to_timestamp_epoch", 1) { a throws(PostgresError) in try Timestamps.fromEpoch(seconds: a[0].double) }
        try registry.integer("pg_make_date", 3) { a throws(PostgresError) in
            try Dates.make(year: a[0].int64, month: a[1].int64, day: a[2].int64)
        }
        try registry.integer("pg_make_time", 3) { a throws(PostgresError) in
            try Dates.makeTime(hour: a[0].int64, minute: a[1].int64, second: a[2].double)
        }
        try registry.integer("pg_make_timestamp", 6) { a throws(PostgresError) in
            try Dates.makeTimestamp(
                year: a[0].int64, month: a[1].int64, day: a[2].int64, hour: a[3].int64, minute: a[4].int64, second: a[5].double)
        }
        try registry.scalar("pg_overlaps", 4) { a, result in
            func end(_ index: Int) -> Int64? { a[index].isNull ? nil : a[index].int64 }
            result.set(Timestamps.overlap((end(0), end(1)), (end(2), end(3))), negated: false)
        }
        try registry.boolean("pg_is_finite", 1) { a in Timestamps.isFinite(a[0].int64) }
    }
}
