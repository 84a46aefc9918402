internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerOrderedAggregates(_ registry: FunctionRegistry) throws {
        try registry.aggregate("pg_string_agg", -1) { StringAggregate() }
        try registry.aggregate("pg_array_agg", -1) { ArrayAggregate() }
        try registry.aggregate("pg_array_agg_arrays", -1) { NestedArrayAggregate() }
        try registry.aggregate("pg_json_agg", -1) { JSONAggregate() }
        try registry.aggregate("pg_json_object_agg", -1) { JSONObjectAggregate() }
        try registry.aggregate("pg_jsonb_object_agg", 2) { JSONBObjectAggregate() }
        try registry.aggregate("pg_percentile_cont_float", 3) { FloatPercentile() }
        try registry.aggregate("pg_percentile_cont_interval", 3) { IntervalPercentile() }
        try registry.aggregate("pg_percentile_disc", 4) { DiscretePercentile() }
        let known = SortSpecification.Known()
        try registry.aggregate("pg_extreme", 2) { ExtremeAggregate(isWindow: false, known) }
        try registry.window("pg_extreme_window", 2) { ExtremeAggregate(isWindow: true, known) }
        try registry.aggregate("pg_mode", 2) { ModeAggregate() }
    }
}
