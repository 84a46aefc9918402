internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerFloats(_ registry: FunctionRegistry) throws {
        try registry.float("pg_float_bits", 1) { a in Double(bitPattern: UInt64(bitPattern: a[0].int64)) }
        try arithmetic(registry, "pg_float_add", FloatMath.add, FloatMath.add)
        try arithmetic(registry, "pg_float_sub", FloatMath.subtract, FloatMath.subtract)
        try arithmetic(registry, "pg_float_mul", FloatMath.multiply, FloatMath.multiply)
        try arithmetic(registry, "pg_float_div", FloatMath.divide, FloatMath.divide)
        try registry.float("pg_float_neg", 1) { a in -a[0].double }
        try registry.float("pg_float_abs", 1) { a in a[0].double.magnitude }
        try registry.float("pg_float_sign", 1) { a in a[0].double > 0 ? 1 : a[0].double < 0 ? -1 : 0 }
        try registry.float("pg_float_round", 1) { a in a[0].double.rounded(.toNearestOrEven) }
        try registry.float("pg_float_trunc", 1) { a in a[0].double.rounded(.towardZero) }
        try registry.float("pg_float_ceil", 1) { a in a[0].double.rounded(.up) }
        try registry.float("pg_float_floor", 1) { a in a[0].double.rounded(.down) }
        let functions: [(String, (Double) throws(PostgresError) -> Double)] = [
            ("pg_float_sqrt", FloatMath.squareRoot), ("pg_float_cbrt", FloatMath.cubeRoot), ("pg_float_exp", FloatMath.exponential),
            ("pg_float_ln", FloatMath.naturalLogarithm), ("pg_float_log10", FloatMath.decimalLogarithm), ("pg_float_sin", FloatMath.sine),
            ("pg_float_cos", FloatMath.cosine), ("pg_float_tan", FloatMath.tangent), ("pg_float_asin", FloatMath.arcSine),
            ("pg_float_acos", FloatMath.arcCosine), ("pg_float_atan", FloatMath.arcTangent), ("pg_float_degrees", FloatMath.degrees),
            ("pg_float_radians", FloatMath.radians),
        ]
        for (name, function) in functions { try registry.float(name, 1) { a throws(PostgresError) in try function(a[0].double) } }
        try registry.float("pg_float_power", 2) { a throws(PostgresError) in try FloatMath.power(a[0].double, a[1].double) }
        try registry.float("pg_float_atan2", 2) { a in FloatMath.arcTangent(a[0].double, a[1].double) }
        try registry.integer("pg_float_width_bucket", 2) { a throws(PostgresError) in
            let thresholds = try ArrayText(parsing: a[1].utf8).thresholds { text throws(PostgresError) in try Float8.parse(text) }
            // NaN is greater than every number.
            return Int64(Bucket.place(of: a[0].double, in: thresholds) { $1.isNaN || $0 < $1 })
        }
        try registry.integer("pg_float_width_bucket", 4) { a throws(PostgresError) in
            Int64(try FloatMath.widthBucket(a[0].double, a[1].double, a[2].double, buckets: Int32(clamping: a[3].int64)))
        }
    }

    private static func arithmetic(
        _ registry: FunctionRegistry, _ name: String, _ wide: @escaping (Double, Double) throws(PostgresError) -> Double,
        _ narrow: @escaping (Float, Float) throws(PostgresError) -> Float
    ) throws {
        try registry.float(name, 3) { a throws(PostgresError) in
            a[2].int64 == 32 ? Double(try narrow(Float(a[0].double), Float(a[1].double))) : try wide(a[0].double, a[1].double)
        }
    }
}
