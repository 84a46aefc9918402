extension SQLiteFunctions {
    /// `bits` is 16, 32 or 64: a result that does not fit is 22003 "smallint|integer|bigint out of range".
    static let integers: [SQLiteFunction] = [
        .scalar("pg_int_add", 3, "(int x, int y, bits) x + y"),
        .scalar("pg_int_sub", 3, "(int x, int y, bits) x - y"),
        .scalar("pg_int_mul", 3, "(int x, int y, bits) x * y"),
        .scalar("pg_int_div", 3, "(int x, int y, bits) x / y truncated; 22012 if y is 0; 22003 for the least value by -1"),
        .scalar("pg_int_mod", 2, "(int x, int y) remainder with the sign of x; 22012 if y is 0; y = -1 gives 0"),
        .scalar("pg_int_neg", 2, "(int x, bits) -x"),
        .scalar("pg_int_abs", 2, "(int x, bits) |x|"),
        .scalar("pg_int_xor", 2, "(int x, int y) x # y"),
        .scalar(
            "pg_int_shl", 3, "(int x, int n, bits) x << n as C does on that width: n modulo the width, high bits dropped, sign kept by the width"),
        .scalar("pg_int_shr", 3, "(int x, int n, bits) arithmetic x >> n, n modulo the width"),
        .scalar("pg_int_gcd", 3, "(int x, int y, bits) gcd(x, y), never negative; 22003 if it does not fit"),
        .scalar("pg_int_lcm", 3, "(int x, int y, bits) lcm(x, y), never negative; 22003 if it does not fit"),
        .scalar("pg_int_check", 2, "(int x, bits) x if it fits the width, else 22003: the narrowing casts"),
        .scalar("pg_int_nonzero", 1, "(int x) bool: 0 for 0, else 1"),
    ]

    /// `bits` is 64 for float8; 32 for float4, whose results are rounded to float4 and then widened. Overflow to infinity from finite
    /// arguments is 22003 "value out of range: overflow"; a product or quotient that becomes 0 from arguments that are not is 22003
    /// "value out of range: underflow". A NaN result, which SQLite cannot hold, is 22003 "NaN cannot be held in the realtime store".
    static let floats: [SQLiteFunction] = [
        .scalar("pg_float_bits", 1, "(int bits) the float8 of that bit pattern: how literals are written exactly"),
        .scalar("pg_float_add", 3, "(float x, float y, bits) x + y"),
        .scalar("pg_float_sub", 3, "(float x, float y, bits) x - y"),
        .scalar("pg_float_mul", 3, "(float x, float y, bits) x * y"),
        .scalar("pg_float_div", 3, "(float x, float y, bits) x / y; 22012 if y is 0"),
        .scalar("pg_float_neg", 1, "(float x) -x, also for 0"),
        .scalar("pg_float_abs", 1, "(float x) |x|"),
        .scalar("pg_float_sign", 1, "(float x) -1, 0 or 1 as float"),
        .scalar("pg_float_round", 1, "(float x) rint: half to even"),
        .scalar("pg_float_trunc", 1, "(float x) towards 0"),
        .scalar("pg_float_ceil", 1, "(float x)"),
        .scalar("pg_float_floor", 1, "(float x)"),
        .scalar("pg_float_sqrt", 1, "(float x) 2201F if x < 0"),
        .scalar("pg_float_cbrt", 1, "(float x)"),
        .scalar("pg_float_power", 2, "(float x, float y) dpow of float.c: 2201F for 0 to a negative power or a negative to a fraction"),
        .scalar("pg_float_exp", 1, "(float x) dexp of float.c, overflow and underflow as errors"),
        .scalar("pg_float_ln", 1, "(float x) 2201E if x <= 0"),
        .scalar("pg_float_log10", 1, "(float x) 2201E if x <= 0"),
        .scalar("pg_float_sin", 1, "(float x) 22003 for infinity"),
        .scalar("pg_float_cos", 1, "(float x) 22003 for infinity"),
        .scalar("pg_float_tan", 1, "(float x) 22003 for infinity"),
        .scalar("pg_float_asin", 1, "(float x) 22003 outside -1...1"),
        .scalar("pg_float_acos", 1, "(float x) 22003 outside -1...1"),
        .scalar("pg_float_atan", 1, "(float x)"),
        .scalar("pg_float_atan2", 2, "(float y, float x)"),
        .scalar("pg_float_degrees", 1, "(float x) as degrees() of float.c"),
        .scalar("pg_float_radians", 1, "(float x) as radians() of float.c"),
        .scalar("pg_float_width_bucket", 2, "(float x, array thresholds) int4: how many are not greater; 2202E, 22004"),
        .scalar("pg_float_width_bucket", 4, "(float x, float low, float high, int count) int4; width_bucket_float8, its errors 2201G"),
    ]

    /// Results print with the display scale that PostgreSQL 15 gives them (numeric.c), `NaN` and the infinities included.
    static let numerics: [SQLiteFunction] = [
        .scalar("pg_num_from_scaled", 2, "(scaled x, int scale) num with exactly scale digits after the point; scale 0 has no point"),
        .scalar(
            "pg_num_to_scaled", 3,
            "(num x, int precision, int scale) scaled: the cast to numeric(precision,scale): rounded half away from 0, "
                + "22003 \"numeric field overflow\" if it does not fit or is infinite; NaN is 22003 as it cannot be held"
        ),
        .scalar(
            "pg_num_apply_typmod", 3,
            "(num x, int precision, int scale) num: the same cast for a precision beyond 18 or a scale outside 0...precision; NaN stays"),
        .scalar(
            "pg_scaled_rescale", 4,
            "(scaled x, int scale, int precision, int newScale) scaled: the cast numeric(_,scale) to numeric(precision,newScale), "
                + "rounded half away from 0, 22003 \"numeric field overflow\""
        ),
        .scalar("pg_scaled_round", 3, "(scaled x, int scale, int n) round(numeric, n) half away from 0 for n < scale; scaled at max(n, 0)"),
        .scalar("pg_scaled_trunc", 3, "(scaled x, int scale, int n) trunc(numeric, n) for n < scale; scaled at max(n, 0)"),
        .scalar("pg_scaled_ceil", 2, "(scaled x, int scale) scaled at 0"),
        .scalar("pg_scaled_floor", 2, "(scaled x, int scale) scaled at 0"),
        .scalar("pg_num_add", 2, "(num x, num y) x + y"),
        .scalar("pg_num_sub", 2, "(num x, num y) x - y"),
        .scalar("pg_num_mul", 2, "(num x, num y) x * y"),
        .scalar("pg_num_div", 2, "(num x, num y) x / y with select_div_scale; 22012 if y is 0"),
        .scalar("pg_num_mod", 2, "(num x, num y) x % y, sign of x; 22012 if y is 0"),
        .scalar("pg_num_div_trunc", 2, "(num x, num y) div(x, y): the quotient truncated; 22012"),
        .scalar("pg_num_neg", 1, "(num x) -x"),
        .scalar("pg_num_abs", 1, "(num x)"),
        .scalar("pg_num_sign", 1, "(num x) num -1, 0 or 1"),
        .scalar("pg_num_round", 2, "(num x, int n) round(x, n) half away from 0"),
        .scalar("pg_num_trunc", 2, "(num x, int n) trunc(x, n)"),
        .scalar("pg_num_ceil", 1, "(num x)"),
        .scalar("pg_num_floor", 1, "(num x)"),
        .scalar("pg_num_sqrt", 1, "(num x) 2201F if x < 0"),
        .scalar("pg_num_exp", 1, "(num x)"),
        .scalar("pg_num_ln", 1, "(num x) 2201E if x <= 0"),
        .scalar("pg_num_log10", 1, "(num x) log(x) = log(10, x)"),
        .scalar("pg_num_log", 2, "(num base, num x)"),
        .scalar("pg_num_power", 2, "(num x, num y) power(x, y)"),
        .scalar("pg_num_gcd", 2, "(num x, num y)"),
        .scalar("pg_num_lcm", 2, "(num x, num y)"),
        .scalar("pg_num_scale", 1, "(num x) int4 scale(x); NULL for NaN and infinities"),
        .scalar("pg_num_min_scale", 1, "(num x) int4 min_scale(x)"),
        .scalar("pg_num_trim_scale", 1, "(num x)"),
        .scalar("pg_num_factorial", 1, "(int x) num factorial(bigint)"),
        .scalar("pg_num_width_bucket", 2, "(num x, array thresholds) int4 likewise"),
        .scalar("pg_num_width_bucket", 4, "(num x, num low, num high, int count) int4; errors 2201G"),
    ]
}
