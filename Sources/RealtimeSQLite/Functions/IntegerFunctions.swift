internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerIntegers(_ registry: FunctionRegistry) throws {
        try registry.integer("pg_int_add", 3) { a throws(PostgresError) in try a[2].integerWidth.add(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_sub", 3) { a throws(PostgresError) in try a[2].integerWidth.subtract(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_mul", 3) { a throws(PostgresError) in try a[2].integerWidth.multiply(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_div", 3) { a throws(PostgresError) in try a[2].integerWidth.divide(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_mod", 2) { a throws(PostgresError) in try IntegerWidth.remainder(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_neg", 2) { a throws(PostgresError) in try a[1].integerWidth.negate(a[0].int64) }
        try registry.integer("pg_int_abs", 2) { a throws(PostgresError) in try a[1].integerWidth.magnitude(a[0].int64) }
        try registry.integer("pg_int_xor", 2) { a in a[0].int64 ^ a[1].int64 }
        try registry.integer("pg_int_shl", 3) { a in a[2].integerWidth.shiftLeft(a[0].int64, by: a[1].int64) }
        try registry.integer("pg_int_shr", 3) { a in a[2].integerWidth.shiftRight(a[0].int64, by: a[1].int64) }
        try registry.integer("pg_int_gcd", 3) { a throws(PostgresError) in try a[2].integerWidth.greatestCommonDivisor(a[0].int64, a[1].int64) }
        try registry.integer("pg_int_lcm", 3) { a throws(PostgresError) in try a[2].integerWidth.leastCommonMultiple(a[0].int64, a[1].int64) }
        try registry.boolean("pg_int_nonzero", 1) { a in a[0].int64 != 0 }
        try registry.integer("pg_int_check", 2) { a throws(PostgresError) in try a[1].integerWidth.check(a[0].int64) }
    }
}
