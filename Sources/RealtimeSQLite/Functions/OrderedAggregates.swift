internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerOrderedAggregates(_ registry: FunctionRegistry) throws {
        try registry.aggregate("pg_string_agg", -1) { StringAggregate() }
        try registry.aggregate("pg_array_agg", -1) { ArrayAggregate() }
        try registry.aggregate("pg_json_agg", -1) { JSONAggregate() }
        try registry.aggregate("pg_percentile_cont_float", 2) { FloatPercentile() }
        try registry.aggregate("pg_percentile_cont_interval", 2) { IntervalPercentile() }
        try registry.aggregate("pg_percentile_disc", 3) { DiscretePercentile() }
        try registry.aggregate("pg_mode", 2) { ModeAggregate() }
    }
}
