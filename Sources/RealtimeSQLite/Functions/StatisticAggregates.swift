internal import EmbeddedSQL
internal import PostgresTypes
internal import Realtime

extension PostgresFunctions {
    static func registerStatistics(_ registry: FunctionRegistry, _ rounding: SumRounding) throws {
        try registry.window("pg_avg_float", 1) { FloatStatistic(rounding) { $0.average } }
        try registry.window("pg_var_samp_float", 1) { FloatStatistic(rounding) { $0.variance(ofSample: true) } }
        try registry.window("pg_var_pop_float", 1) { FloatStatistic(rounding) { $0.variance(ofSample: false) } }
        try registry.window("pg_stddev_samp_float", 1) { FloatStatistic(rounding) { $0.variance(ofSample: true)?.squareRoot() } }
        try registry.window("pg_stddev_pop_float", 1) { FloatStatistic(rounding) { $0.variance(ofSample: false)?.squareRoot() } }

        try registry.window("pg_var_samp_num", 1) { NumericSpread { v throws(PostgresError) in try v.variance(ofSample: true) } }
        try registry.window("pg_var_pop_num", 1) { NumericSpread { v throws(PostgresError) in try v.variance(ofSample: false) } }
        try registry.window("pg_stddev_samp_num", 1) { NumericSpread { v throws(PostgresError) in try v.standardDeviation(ofSample: true) } }
        try registry.window("pg_stddev_pop_num", 1) { NumericSpread { v throws(PostgresError) in try v.standardDeviation(ofSample: false) } }

        try registry.window("pg_regr_count", 2) { PairStatistic(rounding, countsRows: true) { _ in nil } }
        let pairs: [(String, (PairMoments) throws(PostgresError) -> Double?)] = [
            ("pg_corr", { m throws(PostgresError) in try m.correlation() }), ("pg_covar_pop", { $0.covariance(ofSample: false) }),
            ("pg_covar_samp", { $0.covariance(ofSample: true) }), ("pg_regr_avgx", { $0.averageX }), ("pg_regr_avgy", { $0.averageY }),
            ("pg_regr_intercept", { m throws(PostgresError) in try m.intercept() }),
            ("pg_regr_r2", { m throws(PostgresError) in try m.determination() }), ("pg_regr_slope", { m throws(PostgresError) in try m.slope() }),
            ("pg_regr_sxx", { $0.spreadX }), ("pg_regr_sxy", { $0.spreadXY }), ("pg_regr_syy", { $0.spreadY }),
        ]
        for (name, answer) in pairs { try registry.window(name, 2) { PairStatistic(rounding, answer) } }
    }
}
