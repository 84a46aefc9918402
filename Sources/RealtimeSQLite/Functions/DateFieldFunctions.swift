internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerDateFields(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_date_trunc_timestamp", 2) { a throws(PostgresError) in try DateTrunc.timestamp(a[0].utf8, a[1].int64) }
        try registry.strict("pg_date_trunc_timestamptz", 3) { a, result throws(PostgresError) in
            result.set(try DateTrunc.timestampTZ(a[0].utf8, a[1].int64, zone: try result.zone(a, 2)))
        }
        try registry.interval("pg_date_trunc_interval", 2) { a throws(PostgresError) in try DateTrunc.interval(a[0].utf8, try a[1].interval()) }

        try extract(registry, "pg_extract_date", 2) { a, _ throws(PostgresError) in try Extract.date(a[0].utf8, a[1].int64) }
        try extract(registry, "pg_extract_timestamp", 2) { a, _ throws(PostgresError) in try Extract.timestamp(a[0].utf8, a[1].int64) }
        try extract(registry, "pg_extract_timestamptz", 3) { a, result throws(PostgresError) in
            try Extract.timestampTZ(a[0].utf8, a[1].int64, zone: try result.zone(a, 2))
        }
        try extract(registry, "pg_extract_time", 2) { a, _ throws(PostgresError) in try Extract.time(a[0].utf8, a[1].int64) }
        try extract(registry, "pg_extract_interval", 2) { a, _ throws(PostgresError) in try Extract.interval(a[0].utf8, try a[1].interval()) }

        try part(registry, "pg_date_part_timestamp", 2) { a, _ throws(PostgresError) in try DatePart.timestamp(a[0].utf8, a[1].int64) }
        try part(registry, "pg_date_part_timestamptz", 3) { a, result throws(PostgresError) in
            try DatePart.timestampTZ(a[0].utf8, a[1].int64, zone: try result.zone(a, 2))
        }
        try part(registry, "pg_date_part_time", 2) { a, _ throws(PostgresError) in try DatePart.time(a[0].utf8, a[1].int64) }
        try part(registry, "pg_date_part_interval", 2) { a, _ throws(PostgresError) in try DatePart.interval(a[0].utf8, try a[1].interval()) }
    }

    private static func extract(
        _ registry: FunctionRegistry, _ name: String, _ count: Int,
        _ body: @escaping (Arguments, FunctionResult) throws(PostgresError) -> Numeric?
    ) throws {
        try registry.strict(name, count) { [buffer = registry.buffer] a, result throws(PostgresError) in
            guard let value = try body(a, result) else { return result.null() }
            try buffer.write(to: result) { value.write(to: &$0) }
        }
    }

    private static func part(
        _ registry: FunctionRegistry, _ name: String, _ count: Int,
        _ body: @escaping (Arguments, FunctionResult) throws(PostgresError) -> Double?
    ) throws {
        try registry.strict(name, count) { a, result throws(PostgresError) in
            guard let value = try body(a, result) else { return result.null() }
            try result.set(float: value)
        }
    }
}
