internal import EmbeddedSQL
internal import PostgresTypes

/// Numerics with a declared scale, held as integers times a power of ten.
extension PostgresFunctions {
    static func registerScaled(_ registry: FunctionRegistry) throws {
        try registry.text("pg_num_from_scaled", 2) { a, out in Numeric.write(a[0].int64, scale: a[1].int, to: &out) }
        try registry.integer("pg_num_to_scaled", 3) { a throws(PostgresError) in
            let value = try a[0].numeric()
            if value.isNaN { throw PostgresError("22003", "NaN cannot be held in the realtime store") }
            return try coefficient(try value.applying(precision: a[1].int, scale: a[2].int))
        }
        try registry.numeric("pg_num_apply_typmod", 3) { a throws(PostgresError) in
            try a[0].numeric().applying(precision: a[1].int, scale: a[2].int)
        }
        try registry.integer("pg_scaled_rescale", 4) { a throws(PostgresError) in
            try coefficient(try scaled(a[0].int64, a[1].int).applying(precision: a[2].int, scale: a[3].int))
        }
        try registry.integer("pg_scaled_round", 3) { a throws(PostgresError) in
            try coefficient(try scaled(a[0].int64, a[1].int).rounded(a[2].int))
        }
        try registry.integer("pg_scaled_trunc", 3) { a throws(PostgresError) in
            try coefficient(try scaled(a[0].int64, a[1].int).truncated(a[2].int))
        }
        try registry.integer("pg_scaled_ceil", 2) { a throws(PostgresError) in try coefficient(try scaled(a[0].int64, a[1].int).ceiling()) }
        try registry.integer("pg_scaled_floor", 2) { a throws(PostgresError) in try coefficient(try scaled(a[0].int64, a[1].int).floor()) }
    }

    static func scaled(_ value: Int64, _ scale: Int) -> Numeric { Numeric(coefficient: Int128(value), scale: scale) }

    /// The integer that holds the value; at most 19 digits fit.
    private static func coefficient(_ value: Numeric) throws(PostgresError) -> Int64 {
        guard let wide = value.coefficient, let narrow = Int64(exactly: wide) else { throw PostgresError("22003", "numeric field overflow") }
        return narrow
    }
}
