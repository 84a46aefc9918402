extension SQLiteFunctions {
    /// Sums and averages. As window functions over a moving frame the float ones add up each frame anew, in order, as PostgreSQL does;
    /// the exact ones may subtract what leaves.
    static let aggregates: [SQLiteFunction] = [
        .window("pg_sum_int", 1, "(int x) int8: sum(int2), sum(int4); 22003 \"bigint out of range\""),
        .window("pg_sum_bigint", 1, "(int x) num: sum(int8), exact"),
        .window("pg_sum_scaled", 2, "(scaled x, int scale) num with that scale, exact in 128 bits, wider when that overflows"),
        .window("pg_sum_decimal", 1, "(num x) num: scale is the largest seen; NaN and infinities as numeric_sum"),
        .window("pg_sum_float", 2, "(float x, bits) float8: values added in order, 22003 on overflow; for 32 each partial sum is rounded to float4"),
        .window("pg_sum_interval", 1, "(interval x) interval"),
        .window("pg_avg_int", 1, "(int x) num: avg(int2), avg(int4), avg(int8): sum divided as numerics"),
        .window("pg_avg_scaled", 2, "(scaled x, int scale) num: the exact sum with that scale divided by the count as numerics"),
        .window("pg_avg_decimal", 1, "(num x) num"),
        .window("pg_avg_float", 1, "(float x) float8: sum in order / count; 22003 on overflow"),
        .window("pg_avg_interval", 1, "(interval x) interval: sum / count"),
        .window("pg_bit_and", 1, "(int x) int"),
        .window("pg_bit_or", 1, "(int x) int"),
        .window("pg_bit_xor", 1, "(int x) int"),
        .window("pg_count", -1, "(any x, or nothing) int8: the rows whose x is not NULL, or all"),
        .window(
            "pg_within", -1,
            "(text window aggregate, text form, key, start, end, zone, bool counts, its arguments…) its answer over a frame in RANGE whose ends are "
                + "distances, intervals or nums; itself over all rows from the current one on; form is as in FrameKeys and FrameEnds of the store"),
        .window("pg_var_samp_float", 1, "(float x) float8: float8_var_samp (Youngs-Cramer); NULL for fewer than 2"),
        .window("pg_var_pop_float", 1, "(float x) float8"),
        .window("pg_stddev_samp_float", 1, "(float x) float8"),
        .window("pg_stddev_pop_float", 1, "(float x) float8"),
        .window("pg_var_samp_num", 1, "(num x) num: numeric_stddev_internal; NULL for fewer than 2"),
        .window("pg_var_pop_num", 1, "(num x) num"),
        .window("pg_stddev_samp_num", 1, "(num x) num"),
        .window("pg_stddev_pop_num", 1, "(num x) num"),
        .window("pg_corr", 2, "(float y, float x) float8; a row with either NULL is passed over, here and below"),
        .window("pg_covar_pop", 2, "(float y, float x) float8"),
        .window("pg_covar_samp", 2, "(float y, float x) float8"),
        .window("pg_regr_avgx", 2, "(float y, float x) float8"),
        .window("pg_regr_avgy", 2, "(float y, float x) float8"),
        .window("pg_regr_count", 2, "(float y, float x) int8, 0 for none"),
        .window("pg_regr_intercept", 2, "(float y, float x) float8"),
        .window("pg_regr_r2", 2, "(float y, float x) float8"),
        .window("pg_regr_slope", 2, "(float y, float x) float8"),
        .window("pg_regr_sxx", 2, "(float y, float x) float8"),
        .window("pg_regr_sxy", 2, "(float y, float x) float8"),
        .window("pg_regr_syy", 2, "(float y, float x) float8"),
    ]

    /// Aggregates over sorted rows. `spec` is a constant text: an optional `u` (DISTINCT: of rows whose value, all keys compared equal,
    /// appeared before only the first counts), then three characters a key: `a` or `d`; `f` or `l` for NULLs first or last; and how to
    /// compare: `b` as SQLite's BINARY does, or the ``ValueOrder/mark`` of an order. The keys follow as arguments, in that order. Rows that
    /// are equal in all keys keep the order they came in. With no key and no `u` the rows keep their order.
    static let orderedAggregates: [SQLiteFunction] = [
        .aggregate(
            "pg_string_agg", -1,
            "(text or NULL value, text or NULL delimiter, spec, key…) text: NULL values passed over; "
                + "a NULL delimiter is none"),
        .aggregate("pg_array_agg", -1, "(text or NULL element, spec, key…) array text; NULL elements stay; NULL only if there is no row"),
        .aggregate(
            "pg_array_agg_arrays", -1,
            "(array or NULL, spec, key…) array of one dimension more; 22004 for a NULL, 2202E for an empty array or other dimensions"),
        .aggregate(
            "pg_json_agg", -1,
            "(text or NULL json, int form, spec, key…) json '[a, b]', each on a line of its own where form is 2; NULL values are null"),
        .aggregate("pg_json_object_agg", -1, "(text name, text json or NULL, spec, key…) json '{ \"a\" : 1 }'; 22023 for a NULL name"),
        .aggregate("pg_jsonb_object_agg", 2, "(text name, text json or NULL) jsonb; P0001 if a name comes with different values"),
        .aggregate(
            "pg_percentile_cont_float", 3,
            "(float x, fraction, spec) float8; 22003 outside 0...1; a NULL fraction gives NULL; a fraction that is an array's text gives an array"),
        .aggregate("pg_percentile_cont_interval", 3, "(interval x, fraction, spec) interval, likewise"),
        .aggregate(
            "pg_percentile_disc", 4,
            "(x of any encoding, fraction, spec of one key, x's text or NULL) the value in x's encoding, or an array of texts; NULLs passed over"),
        .aggregate("pg_mode", 2, "(x of any encoding, spec of one key) the most frequent value, the first in the order among equals"),
        .aggregate("pg_extreme", 2, "(x of any encoding, spec of one key) the first in that order; P0001 if its equals are not printed alike"),
        .window("pg_extreme_window", 2, "(x of any encoding, spec of one key) the same over a moving frame"),
    ]

    /// The first among equals; `pg_greatest_` and `pg_least_` with the name of a ``ValueOrder`` compare in that order.
    static let extremes: [SQLiteFunction] =
        [
            .scalar("pg_greatest", -1, "(values of one encoding, or NULL…) the greatest under SQLite's BINARY order, NULLs passed over; NULL if all are"),
            .scalar("pg_least", -1, "(values of one encoding, or NULL…) the least, likewise"),
        ]
        + ValueOrder.allCases.flatMap { order -> [SQLiteFunction] in
            ["greatest", "least"].map { .scalar("pg_\($0)_\(order.rawValue)", -1, "(values or NULL…) likewise, under \(order.collation)") }
        }

    /// What PostgreSQL refuses at run time and SQLite would let through.
    static let guards: [SQLiteFunction] = [
        .aggregate(
            "pg_single", 1,
            "(x of any encoding) x of the only row, a NULL x counts as a row; NULL if there is none; "
                + "21000 \"more than one row returned by a subquery used as an expression\""
        ),
        .scalar("pg_limit", 1, "(int n or NULL) n, -1 for NULL (no limit); 2201W if negative"),
        .scalar("pg_offset", 1, "(int n or NULL) n, 0 for NULL; 2201X if negative"),
        .scalar("pg_raise", 2, "(text sqlstate, text message) always that error"),
    ]
}
