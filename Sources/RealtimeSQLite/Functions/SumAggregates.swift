internal import EmbeddedSQL
internal import PostgresTypes
internal import Realtime

extension PostgresFunctions {
    static func registerSums(_ registry: FunctionRegistry, _ rounding: SumRounding) throws {
        try registry.window("pg_sum_int", 1) { IntegerSum(.bigint) }
        try registry.window("pg_sum_bigint", 1) { IntegerSum(.numeric) }
        try registry.window("pg_avg_int", 1) { IntegerSum(.average) }
        try registry.window("pg_sum_scaled", 2) { IntegerSum(.numeric) }
        try registry.window("pg_avg_scaled", 2) { IntegerSum(.average) }
        try registry.window("pg_sum_decimal", 1) { DecimalSum(isAverage: false) }
        try registry.window("pg_avg_decimal", 1) { DecimalSum(isAverage: true) }
        try registry.window("pg_sum_float", 2) { FloatSum(rounding) }
        try registry.window("pg_sum_interval", 1) { IntervalSum(isAverage: false) }
        try registry.window("pg_avg_interval", 1) { IntervalSum(isAverage: true) }
        try registry.window("pg_bit_and", 1) { BitAggregate(.and) }
        try registry.window("pg_bit_or", 1) { BitAggregate(.or) }
        try registry.window("pg_bit_xor", 1) { BitAggregate(.xor) }
        try registry.window("pg_count", -1) { RowCount() }
        try registry.window("pg_within", -1) { [aggregates = registry.windowAggregates] in DistanceAggregate(aggregates) }
    }
}

/// Runs an aggregate's part and gives its error the form that SQLite carries.
func carrying<R>(_ body: () throws(PostgresError) -> R) throws -> R {
    do throws(PostgresError) { return try body() } catch { throw FunctionError(error) }
}

extension FunctionResult {
    func set(numeric value: Numeric?) {
        guard let value else { return null() }
        var text: [UInt8] = []
        value.write(to: &text)
        set(utf8: text)
    }
}
