internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerTextCasts(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_cast_text_int", 2) { a throws(PostgresError) in
            switch a[1].integerWidth {
            case .int2: Int64(try IntegerText.parse(a[0].utf8, as: Int16.self))
            case .int4: Int64(try IntegerText.parse(a[0].utf8, as: Int32.self))
            case .int8: try IntegerText.parse(a[0].utf8, as: Int64.self)
            }
        }
        try registry.numeric("pg_cast_text_num", 1) { a throws(PostgresError) in try a[0].numeric() }
        try registry.float("pg_cast_text_float", 2) { a throws(PostgresError) in
            a[1].int64 == 32 ? Double(try Float4.parse(a[0].utf8)) : try Float8.parse(a[0].utf8)
        }
        try registry.boolean("pg_cast_text_bool", 1) { a throws(PostgresError) in try BooleanText.parse(a[0].utf8) }
        try registry.integer("pg_cast_text_date", 1) { a throws(PostgresError) in try DateTimeInput.date(a[0].utf8) }
        try registry.integer("pg_cast_text_time", 2) { a throws(PostgresError) in
            DateTimeInput.rounded(time: try DateTimeInput.time(a[0].utf8), digits: a[1].int)
        }
        try registry.integer("pg_cast_text_timestamp", 2) { a throws(PostgresError) in
            try precise(try DateTimeInput.timestamp(a[0].utf8), a[1].int)
        }
        try registry.strict("pg_cast_text_timestamptz", 3) { a, result throws(PostgresError) in
            let zone = try result.zone(a, 2)
            result.set(try precise(try DateTimeInput.timestampTZ(a[0].utf8, zone: zone), a[1].int))
        }
        try registry.interval("pg_cast_text_interval", 1) { a throws(PostgresError) in try a[0].interval() }
        try registry.text("pg_cast_text_uuid", 1) { a, out throws(PostgresError) in UUIDText.write(try UUIDText.parse(a[0].utf8), to: &out) }
        try registry.strict("pg_cast_text_json", 1) { a, result throws(PostgresError) in
            try JSONText15.validate(a[0].utf8)
            result.set(a[0])
        }
        try registry.text("pg_cast_text_jsonb", 1) { a, out throws(PostgresError) in try JSONB(parsing: a[0].utf8).write(to: &out) }
        try registry.strict("pg_cast_text_varchar", 2) { a, result in result.set(utf8: TextParts.left(a[0].utf8, max(0, a[1].int64))) }
        try registry.strict("pg_cast_text_bytea", 1) { a, result throws(PostgresError) in
            let bytes = try ByteaText.parse(a[0].utf8)
            bytes.withUnsafeBufferPointer { result.set(blob: $0) }
        }
        try registry.text("pg_cast_bytea_text", 1) { a, out in ByteaText.write(a[0].blob, to: &out) }
        try registry.text("pg_cast_bool_text", 1) { a, out in out.append(contentsOf: (a[0].int64 != 0 ? "true" : "false").utf8) }
    }

    /// -1 digits is no precision.
    static func precise(_ timestamp: Int64, _ digits: Int) throws(PostgresError) -> Int64 {
        digits < 0 ? timestamp : try Timestamps.rounded(timestamp, digits: digits)
    }
}
