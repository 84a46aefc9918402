internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerNumerics(_ registry: FunctionRegistry) throws {
        let binary: [(String, (Numeric, Numeric) throws(PostgresError) -> Numeric)] = [
            ("pg_num_add", Numeric.add), ("pg_num_sub", Numeric.subtract), ("pg_num_mul", Numeric.multiply), ("pg_num_div", Numeric.divide),
            ("pg_num_mod", Numeric.remainder), ("pg_num_div_trunc", Numeric.wholeQuotient), ("pg_num_power", Numeric.power),
            ("pg_num_gcd", Numeric.greatestCommonDivisor), ("pg_num_lcm", Numeric.leastCommonMultiple),
        ]
        for (name, function) in binary {
            try registry.numeric(name, 2) { a throws(PostgresError) in try function(try a[0].numeric(), try a[1].numeric()) }
        }
        try registry.numeric("pg_num_log", 2) { a throws(PostgresError) in try Numeric.logarithm(of: try a[1].numeric(), base: try a[0].numeric()) }
        let unary: [(String, (Numeric) throws(PostgresError) -> Numeric)] = [
            ("pg_num_neg", { $0.negated }), ("pg_num_abs", { $0.magnitude }), ("pg_num_sign", { $0.sign }),
            ("pg_num_ceil", { x throws(PostgresError) in try x.ceiling() }), ("pg_num_floor", { x throws(PostgresError) in try x.floor() }),
            ("pg_num_sqrt", { x throws(PostgresError) in try x.squareRoot() }), ("pg_num_exp", { x throws(PostgresError) in try x.exponential() }),
            ("pg_num_ln", { x throws(PostgresError) in try x.naturalLogarithm() }),
            ("pg_num_log10", { x throws(PostgresError) in try x.decimalLogarithm() }),
            ("pg_num_trim_scale", { x throws(PostgresError) in try x.trimmed() }),
        ]
        for (name, function) in unary { try registry.numeric(name, 1) { a throws(PostgresError) in try function(try a[0].numeric()) } }
        try registry.numeric("pg_num_round", 2) { a throws(PostgresError) in try a[0].numeric().rounded(a[1].int) }
        try registry.numeric("pg_num_trunc", 2) { a throws(PostgresError) in try a[0].numeric().truncated(a[1].int) }
        try registry.numeric("pg_num_factorial", 1) { a throws(PostgresError) in try Numeric.factorial(a[0].int64) }
        for (name, function) in [("pg_num_scale", \Numeric.scale), ("pg_num_min_scale", \Numeric.minimumScale)] {
            try registry.strict(name, 1) { a, result throws(PostgresError) in
                let value = try a[0].numeric()
                if value.isFinite { result.set(Int64(value[keyPath: function])) } else { result.null() }
            }
        }
        try registry.integer("pg_num_width_bucket", 2) { a throws(PostgresError) in
            let value = try a[0].numeric()
            let thresholds = try ArrayText(parsing: a[1].utf8).thresholds { text throws(PostgresError) in try Numeric(parsing: text) }
            return Int64(Bucket.place(of: value, in: thresholds) { $0.order(to: $1) < 0 })
        }
        try registry.integer("pg_num_width_bucket", 4) { a throws(PostgresError) in
            let (value, low, high) = (try a[0].numeric(), try a[1].numeric(), try a[2].numeric())
            return Int64(try Numeric.widthBucket(value, low, high, buckets: Int32(clamping: a[3].int64)))
        }
    }
}
