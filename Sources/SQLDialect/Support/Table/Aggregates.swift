extension SupportTable {
    static let aggregateLines = """
        count() int8 = @count !
        sum(int2) int8 = pg_sum_int($1) ?
        sum(int4) int8 = pg_sum_int($1) ?
        sum(int8) numeric = pg_sum_bigint($1) ?
        sum(numeric) numeric = @sumNumeric ?
        sum(float4) float4 = pg_sum_float($1, 32) ?
        sum(float8) float8 = pg_sum_float($1, 64) ?
        sum(interval) interval = pg_sum_interval($1) ?
        avg(int2) numeric = pg_avg_int($1) ?
        avg(int4) numeric = pg_avg_int($1) ?
        avg(int8) numeric = pg_avg_int($1) ?
        avg(numeric) numeric = @avgNumeric ?
        avg(float4) float8 = pg_avg_float($1) ?
        avg(float8) float8 = pg_avg_float($1) ?
        avg(interval) interval = pg_avg_interval($1) ?
        bool_and(bool) bool = @boolAnd ?
        every(bool) bool = @boolAnd ?
        bool_or(bool) bool = @boolOr ?
        bit_and(int2) int2 = pg_bit_and($1) ?
        bit_and(int4) int4 = pg_bit_and($1) ?
        bit_and(int8) int8 = pg_bit_and($1) ?
        bit_or(int2) int2 = pg_bit_or($1) ?
        bit_or(int4) int4 = pg_bit_or($1) ?
        bit_or(int8) int8 = pg_bit_or($1) ?
        bit_xor(int2) int2 = pg_bit_xor($1) ?
        bit_xor(int4) int4 = pg_bit_xor($1) ?
        bit_xor(int8) int8 = pg_bit_xor($1) ?
        string_agg(text, text) text = @stringAgg ?
        percentile_cont(float8, float8) float8 = @percentileContFloat ?
        percentile_cont(float8, interval) interval = @percentileContInterval ?
        percentile_cont(float8[], float8) float8[] = @percentileContFloat ?
        percentile_cont(float8[], interval) interval[] = @percentileContInterval ?
        corr(float8, float8) float8 = pg_corr($1, $2) ?
        covar_pop(float8, float8) float8 = pg_covar_pop($1, $2) ?
        covar_samp(float8, float8) float8 = pg_covar_samp($1, $2) ?
        regr_avgx(float8, float8) float8 = pg_regr_avgx($1, $2) ?
        regr_avgy(float8, float8) float8 = pg_regr_avgy($1, $2) ?
        regr_count(float8, float8) int8 = pg_regr_count($1, $2) !
        regr_intercept(float8, float8) float8 = pg_regr_intercept($1, $2) ?
        regr_r2(float8, float8) float8 = pg_regr_r2($1, $2) ?
        regr_slope(float8, float8) float8 = pg_regr_slope($1, $2) ?
        regr_sxx(float8, float8) float8 = pg_regr_sxx($1, $2) ?
        regr_sxy(float8, float8) float8 = pg_regr_sxy($1, $2) ?
        regr_syy(float8, float8) float8 = pg_regr_syy($1, $2) ?
        """ + "\n" + varianceLines + "\n" + anyTypeLines

    private static var varianceLines: String {
        let families = [
            ("stddev", "stddev_samp"), ("stddev_samp", "stddev_samp"), ("stddev_pop", "stddev_pop"), ("variance", "var_samp"),
            ("var_samp", "var_samp"),
            ("var_pop", "var_pop"),
        ]
        return families.flatMap { name, function in
            ["float4", "float8"].map { "\(name)(\($0)) float8 = pg_\(function)_float($1) ?" }
                + ["numeric"].map { "\(name)(\($0)) numeric = pg_\(function)_num($1) ?" }
                + ["int2", "int4", "int8"].map { "\(name)(\($0)) numeric = pg_\(function)_num(digits($1)) ?" }
        }.joined(separator: "\n")
    }

    /// min, max, mode, percentile_disc and array_agg, for each type whose order is held.
    private static var anyTypeLines: String {
        let ordered = ["int2", "int4", "int8", "numeric", "float4", "float8", "text", "bpchar", "date", "time", "timestamp", "timestamptz", "interval"]
        let plain = ordered + ["varchar", "bool", "uuid"]
        let arrays = plain.filter { !["bpchar", "timestamptz"].contains($0) }.map { $0 + "[]" }
        return
            ((ordered + arrays).flatMap { ["min(\($0)) \($0) = @minimum ?", "max(\($0)) \($0) = @maximum ?"] }
            + plain.flatMap { ["mode(\($0)) \($0) = @mode ?", "percentile_disc(float8, \($0)) \($0) = @percentileDisc ?", "percentile_disc(float8[], \($0)) \($0)[] = @percentileDisc ?"] }
            + arrays.map { "array_agg(\($0)) \($0) = @arrayAgg ?" }
            + (plain + ["json", "jsonb"]).map { "array_agg(\($0)) \($0)[] = @arrayAgg ?" }).joined(separator: "\n")
    }

    /// SQLite's own functions of the same name and meaning; the arguments' rules are in ``Binder``.
    static let windowFunctionLines = """
        row_number() int8 = row_number() !
        rank() int8 = rank() !
        dense_rank() int8 = dense_rank() !
        percent_rank() float8 = percent_rank() !
        cume_dist() float8 = cume_dist() !
        ntile(int4) int4 = ntile($1) !
        """
}
