internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerFormats(_ registry: FunctionRegistry) throws {
        try formatted(registry, "pg_to_char_timestamp", 2, DatePicture.init) { a, _, picture, out throws(PostgresError) in
            guard Timestamps.isFinite(a[0].int64) else { return false }
            try picture.write(ClockTime(a[0].int64), offset: nil, to: &out)
            return true
        }
        try formatted(registry, "pg_to_char_timestamptz", 3, DatePicture.init) { a, result, picture, out throws(PostgresError) in
            guard Timestamps.isFinite(a[0].int64) else { return false }
            let zone = try result.zone(a, 2)
            try picture.write(zone.clock(a[0].int64), offset: zone.offset(atMicroseconds: a[0].int64), to: &out)
            return true
        }
        try formatted(registry, "pg_to_char_interval", 2, DatePicture.init) { a, _, picture, out throws(PostgresError) in
            try picture.write(try a[0].interval(), to: &out)
            return true
        }
        try formatted(registry, "pg_to_char_num", 2, NumberPicture.init) { a, _, picture, out throws(PostgresError) in
            try picture.write(try a[0].numeric(), to: &out)
            return true
        }
        try formatted(registry, "pg_to_char_int", 2, NumberPicture.init) { a, _, picture, out throws(PostgresError) in
            try picture.write(Numeric(a[0].int64), to: &out)
            return true
        }
        try formatted(registry, "pg_to_char_float", 3, NumberPicture.init) { a, _, picture, out throws(PostgresError) in
            try picture.write(a[0].double, sureDigits: a[2].int64 == 32 ? 6 : 15, to: &out)
            return true
        }
        try registry.integer("pg_to_date", 2) { a throws(PostgresError) in
            try FormattedInput.date(a[0].utf8, try DatePicture(a[1].utf8))
        }
        try registry.strict("pg_to_timestamp_text", 3) { a, result throws(PostgresError) in
            let clock = try FormattedInput.moment(a[0].utf8, try DatePicture(a[1].utf8))
            result.set(try result.zone(a, 2).utc(fromLocal: try clock.timestamp()))
        }
        try registry.numeric("pg_to_number", 2) { a throws(PostgresError) in
            try FormattedInput.number(a[0].utf8, try NumberPicture(a[1].utf8))
        }
    }

    /// A function with a template as argument 1, taken apart once where it is constant. An empty template gives NULL for dates.
    private static func formatted<Picture>(
        _ registry: FunctionRegistry, _ name: String, _ count: Int,
        _ make: @escaping (UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Picture,
        _ body: @escaping (Arguments, FunctionResult, Picture, inout [UInt8]) throws(PostgresError) -> Bool
    ) throws {
        try registry.strict(name, count) { [buffer = registry.buffer] a, result throws(PostgresError) in
            if a[1].utf8.isEmpty { return Picture.self == DatePicture.self ? result.null() : result.set("") }
            let picture = try result.keep(forArgument: 1) { () throws(PostgresError) in KeptPicture(try make(a[1].utf8)) }
            var hasValue = true
            try buffer.write(to: result) { out throws(PostgresError) in hasValue = try body(a, result, picture.picture, &out) }
            if !hasValue { result.null() }
        }
    }
}

private final class KeptPicture<Picture> {
    let picture: Picture
    init(_ picture: Picture) { self.picture = picture }
}
