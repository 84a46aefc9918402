import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Expressions")
struct ExpressionTests {
    private func expect(
        _ text: String, _ kind: PostgresType.Kind, _ sql: String, isArray: Bool = false, binary: Bool = true, zone: String = "UTC",
        _ at: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try Canonical.expression(text, PostgresType(kind, isArray: isArray), binary: binary, zone: zone) == sql, sourceLocation: at)
    }

    @Test("checks integer arithmetic for overflow in the width of its type")
    func integers() throws {
        try expect("(k.id + 1)", .int4, #"pg_int_add(t1."id", 1, 32)"#)
        try expect("(k.i8 / k.id)", .int8, #"pg_int_div(t1."i8", t1."id", 64)"#)
        try expect("(- k.id)", .int4, #"pg_int_neg(t1."id", 32)"#)
    }

    @Test("keeps declared numerics as scaled integers while their digits provably fit")
    func scaledNumerics() throws {
        try expect("(k.m + 1.5)", .numeric, #"(t1."m" + 150)"#)
        try expect("(k.m * 2.5)", .numeric, #"(t1."m" * 25)"#)
        try expect("(k.m > (3)::numeric)", .bool, #"(t1."m" > 300)"#)
        try expect("(k.m = 0.125)", .bool, #"((t1."m" * 10) = 125)"#)
        try expect("((k.m * k.m) * k.m)", .numeric, #"pg_num_mul(pg_num_mul(pg_num_from_scaled(t1."m", 2), pg_num_from_scaled(t1."m", 2)), pg_num_from_scaled(t1."m", 2)) COLLATE pg_numeric"#)
        try expect("(k.m)::numeric(12,3)", .numeric, #"(t1."m" * 10)"#)
        try expect("(k.m)::numeric(5,1)", .numeric, #"pg_scaled_rescale(t1."m", 2, 5, 1)"#)
        try expect("round(k.m, 1)", .numeric, #"pg_scaled_round(t1."m", 2, 1)"#)
        try expect("(k.id)::numeric", .numeric, #"t1."id""#)
    }

    @Test("compares numerics without scale under their own collation")
    func decimals() throws {
        try expect("(k.n > 1.5)", .bool, #"(t1."n" COLLATE pg_numeric > '1.5')"#)
        try expect("(k.n = ANY (ARRAY[1.5, (2)::numeric]))", .bool, #"(t1."n" COLLATE pg_numeric IN ('1.5', '2'))"#)
        try expect("(k.n / k.m)", .numeric, #"pg_num_div(t1."n", pg_num_from_scaled(t1."m", 2)) COLLATE pg_numeric"#)
        try expect("COALESCE(k.n, 0.00)", .numeric, #"coalesce(t1."n", '0.00') COLLATE pg_numeric"#)
        try expect("COALESCE(k.m, (0)::numeric)", .numeric, #"coalesce(pg_num_from_scaled(t1."m", 2), '0') COLLATE pg_numeric"#)
    }

    @Test("writes doubles so that SQLite reads them exactly")
    func doubles() throws {
        try expect("(k.f + (0.5)::double precision)", .float8, #"pg_float_add(t1."f", 0.5, 64)"#)
        try expect("(k.f < '0.1'::double precision)", .bool, #"(t1."f" < pg_float_bits(4591870180066957722))"#)
        try expect("(k.id)::double precision", .float8, #"CAST(t1."id" AS REAL)"#)
    }

    @Test("keeps words and quotes inside a literal as they are")
    func literals() throws {
        try expect("'it''s a true story about feature_store.users; -- '::text", .text, "'it''s a true story about feature_store.users; -- '")
        try expect("(k.t = '?1 \"x\"'::text)", .bool, #"(t1."t" = '?1 "x"')"#)
    }

    @Test("keeps SQL's three truth values")
    func booleans() throws {
        try expect("((NOT k.b) OR (k.b IS NOT TRUE) OR (k.b IS NULL) OR (k.b IS UNKNOWN))", .bool, #"((NOT t1."b") OR (t1."b" IS NOT TRUE) OR (t1."b" IS NULL) OR (t1."b" IS NULL))"#)
        try expect("(k.t IS DISTINCT FROM 'x'::text)", .bool, #"(t1."t" IS NOT 'x')"#)
        try expect("(k.t <> ALL (ARRAY['a'::text, 'b'::text]))", .bool, #"(t1."t" NOT IN ('a', 'b'))"#)
        try expect("(k.id > ANY (ARRAY[1, 2]))", .bool, #"((t1."id" > 1) OR (t1."id" > 2))"#)
        try expect("(ROW(k.id, k.i8) < ROW(1, 2))", .bool, #"((t1."id" < 1) OR ((t1."id" = 1) AND (t1."i8" < 2)))"#)
    }

    @Test("matches patterns with PostgreSQL's functions, never SQLite's")
    func patterns() throws {
        try expect("(k.t ~~ 'a\\_%'::text)", .bool, #"pg_like(t1."t", 'a\_%', '\')"#)
        try expect("(k.t !~~* 'x%'::text)", .bool, #"(NOT pg_ilike(t1."t", 'x%', '\'))"#)
        try expect("(k.t ~~ like_escape('a#%'::text, '#'::text))", .bool, ##"pg_like(t1."t", 'a#%', '#')"##)
        try expect("lower(k.t)", .text, #"pg_lower(t1."t")"#)
    }

    @Test("calculates with dates, times and intervals")
    func moments() throws {
        try expect("('2024-07-01'::date - k.d)", .int4, #"pg_date_diff(19905, t1."d")"#)
        try expect("(k.ts - '30 days'::interval)", .timestamp, #"pg_timestamp_sub_interval(t1."ts", '30 days')"#)
        try expect("(k.ts >= k.d)", .bool, #"(t1."ts" >= pg_cast_date_timestamp(t1."d"))"#)
        try expect("EXTRACT(epoch FROM k.ts)", .numeric, #"pg_extract_timestamp('epoch', t1."ts") COLLATE pg_numeric"#)
        try expect("date_trunc('month'::text, k.ts)", .timestamp, #"pg_date_trunc_timestamp('month', t1."ts")"#)
        try expect("to_timestamp((k.n)::double precision)", .timestamptz, #"pg_to_timestamp_epoch(pg_cast_num_float(t1."n", 64))"#)
        try expect("(k.tz AT TIME ZONE 'UTC'::text)", .timestamp, #"t1."tz""#)
        try expect("(k.tz AT TIME ZONE 'Europe/Stockholm'::text)", .timestamp, #"pg_cast_timestamptz_timestamp(t1."tz", 'Europe/Stockholm')"#)
        try expect("(k.tz)::date", .date, #"pg_cast_timestamptz_date(t1."tz", 'Asia/Tokyo')"#, zone: "Asia/Tokyo")
    }

    @Test("prints a boolean as the cast does, or as its output function does")
    func texts() throws {
        try expect("(k.b)::text", .text, #"pg_cast_bool_text(t1."b")"#)
        try expect("concat(k.t, k.b, k.id)", .text, #"pg_concat(t1."t", CASE WHEN t1."b" THEN 't' WHEN (t1."b" IS FALSE) THEN 'f' END, CAST(t1."id" AS TEXT))"#)
        try expect("(k.b || k.t)", .text, #"(pg_cast_bool_text(t1."b") || t1."t")"#)
        try expect("((k.t || '-'::text) || (k.id)::text)", .text, #"((t1."t" || '-') || CAST(t1."id" AS TEXT))"#)
    }

    @Test("compares char(n) without the blanks at its end, and prints it with them")
    func padded() throws {
        try expect("(k.c = 'a'::bpchar)", .bool, #"(t1."c" COLLATE RTRIM = 'a')"#)
        try expect("(k.c)::text", .text, #"pg_rtrim(t1."c", ' ') COLLATE BINARY"#)
        try expect("concat(k.c, 'x'::text)", .text, #"pg_concat((t1."c" || ''), 'x') COLLATE BINARY"#)
        try expect("(k.t)::character(3)", .bpchar, #"pg_rpad(t1."t", 3, ' ') COLLATE RTRIM"#)
    }

    @Test("names what it refuses", arguments: [
        ("pg_sleep((1)::double precision)", "[function pg_sleep(double precision)]"), ("clock_timestamp()", "[function clock_timestamp()]"),
        ("('{}'::json < '{}'::json)", "[operator json < json]"), ("(k.z IS NULL)", "[type time with time zone]"),
        ("'1.2.3.4'::inet", "[type inet]"), ("public.mine(k.id)", "[function public.mine(integer)]"), ("random()", "[function random()]"),
        ("to_ascii(k.t)", "[function to_ascii(text)]"), ("k.*", "[whole-row reference k.*]"),
        ("(ARRAY( SELECT 1))", "[ARRAY(sub-query) without ORDER BY]"), ("CURRENT_TIME", "[clock SVFOP_CURRENT_TIME]"),
    ])
    func refusals(_ text: String, _ expected: String) throws {
        #expect(try Canonical.expression(text, PostgresType(.text)) == expected)
    }

    @Test("compares jsonb and arrays in the orders that the store registers")
    func orders() throws {
        try expect("(k.jb < '{}'::jsonb)", .bool, #"(t1."jb" COLLATE pg_jsonb < '{}')"#)
        try expect("(k.jb IS DISTINCT FROM '[]'::jsonb)", .bool, #"(t1."jb" COLLATE pg_jsonb IS NOT '[]')"#)
        try expect("GREATEST(k.jb, '1'::jsonb)", .jsonb, #"pg_greatest_jsonb(t1."jb", '1') COLLATE pg_jsonb"#)
        try expect("('{2}'::integer[] < '{10}'::integer[])", .bool, "('{2}' COLLATE pg_array_numbers < '{10}')")
        try expect("LEAST('{a}'::text[], '{b}'::text[])", .text, "pg_least_texts('{a}', '{b}') COLLATE pg_array_texts", isArray: true)
        // Equal arrays of these are printed alike, those of numerics are not.
        try expect("('{a}'::text[] = '{b}'::text[])", .bool, "('{a}' = '{b}')")
        try expect("('{1.5}'::numeric[] = '{1.50}'::numeric[])", .bool, "('{1.5}' COLLATE pg_array_numbers = '{1.50}')")
        // A text taken out of one is compared as a text.
        try expect("((k.jb ->> 'a'::text) = 'x'::text)", .bool, #"(pg_json_field_text(t1."jb", 'a') COLLATE BINARY = 'x')"#)
    }

    @Test("brings both sides of IN to the type of PostgreSQL's operator")
    func inSubqueries() throws {
        try expect("((k.m * 1.5) IN ( SELECT q.m FROM public.k q))", .bool, #"((t1."m" * 15) IN (SELECT (t2."m" * 10) AS "c1" FROM "public.k" AS t2))"#)
        try expect("(k.id IN ( SELECT q.m FROM public.k q))", .bool, #"((t1."id" * 100) IN (SELECT t2."m" AS "c1" FROM "public.k" AS t2))"#)
        try expect("(k.f IN ( SELECT q.i8 FROM public.k q))", .bool, #"(t1."f" IN (SELECT CAST(t2."i8" AS REAL) AS "c1" FROM "public.k" AS t2))"#)
        let zone = "Europe/Stockholm"
        try expect(
            "(k.tz IN ( SELECT q.ts FROM public.k q))", .bool,
            #"(t1."tz" IN (SELECT pg_cast_timestamp_timestamptz(t2."ts", 'Europe/Stockholm') AS "c1" FROM "public.k" AS t2))"#, zone: zone)
    }

    @Test("writes a frame by months as an aggregate that knows the distance; one by days is SQLite's own")
    func frames() throws {
        func over(_ frame: String) -> String { "sum(k.id) OVER (ORDER BY k.ts RANGE BETWEEN \(frame))" }
        try expect(
            over("'1 mon'::interval PRECEDING AND CURRENT ROW"), .int8,
            #"pg_within('pg_sum_int', 'altpc-', t1."ts", '1 mon', NULL, 'UTC', 1, t1."id") OVER (ORDER BY t1."ts" ASC NULLS LAST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"#)
        try expect(
            over("UNBOUNDED PRECEDING AND '1 mon'::interval PRECEDING"), .int8,
            #"pg_within('pg_sum_int', 'altup-', t1."ts", NULL, '1 mon', 'UTC', 1, t1."id") OVER (ORDER BY t1."ts" ASC NULLS LAST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"#)
        try expect(
            over("'30 days'::interval PRECEDING AND CURRENT ROW"), .int8,
            #"pg_sum_int(t1."id") OVER (ORDER BY t1."ts" ASC NULLS LAST RANGE BETWEEN 2592000000000 PRECEDING AND CURRENT ROW)"#)
        try expect(
            over("CURRENT ROW AND '1 mon'::interval FOLLOWING EXCLUDE TIES"), .int8,
            #"pg_within('pg_sum_int', 'altcft', t1."ts", NULL, '1 mon', 'UTC', 1, t1."id") OVER (ORDER BY t1."ts" ASC NULLS LAST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"#)
        try expect(over("'-1 mons'::interval PRECEDING AND CURRENT ROW"), .int8, "[window frame RANGE with such an offset]")
        try expect(
            "count(*) OVER (ORDER BY k.d RANGE BETWEEN '36:00:00'::interval PRECEDING AND '01:00:00'::interval PRECEDING)", .int8,
            #"pg_within('pg_count', 'aldpp-', t1."d", '36:00:00', '01:00:00', 'UTC', 1) OVER (ORDER BY t1."d" ASC NULLS LAST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"#)
        try expect(
            "count(*) OVER (ORDER BY k.d RANGE BETWEEN '36:00:00'::interval PRECEDING AND '01:00:00'::interval FOLLOWING)", .int8,
            #"count(*) OVER (ORDER BY t1."d" ASC NULLS LAST RANGE BETWEEN 1 PRECEDING AND 0 FOLLOWING)"#)
        try expect(
            "sum(k.id) OVER (ORDER BY k.f RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)", .int8,
            #"pg_within('pg_sum_int', 'alfpc-', t1."f", 1.0, NULL, 'UTC', 1, t1."id") OVER (ORDER BY t1."f" ASC NULLS LAST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"#)
        try expect(
            "count(*) OVER (ORDER BY k.m RANGE BETWEEN 1 PRECEDING AND 0.005 FOLLOWING)", .int8,
            #"count(*) OVER (ORDER BY t1."m" ASC NULLS LAST RANGE BETWEEN 100 PRECEDING AND 0 FOLLOWING)"#)
        try expect(
            "min(k.n) FILTER (WHERE k.b) OVER (ORDER BY k.n DESC RANGE BETWEEN 0.5 PRECEDING AND CURRENT ROW)", .numeric,
            #"pg_within('pg_extreme_window', 'dfnpc-', t1."n", '0.5', NULL, 'UTC', t1."b", t1."n", 'aln') OVER (ORDER BY t1."n" COLLATE pg_numeric DESC NULLS FIRST ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) COLLATE pg_numeric"#)
    }

    @Test("orders text only where the database's order is that of bytes; equality is always fine")
    func collations() throws {
        try expect("(k.t < 'b'::text)", .bool, "[operator text < text under the database's collation]", binary: false)
        try expect("(k.t = 'b'::text)", .bool, #"(t1."t" = 'b')"#, binary: false)
        try expect("max(k.t)", .text, "[max of text under the database's collation]", binary: false)
        try expect("(k.t < ('b'::text COLLATE \"C\"))", .bool, #"(t1."t" < 'b')"#, binary: false)
        try expect("(k.jb < k.jb)", .bool, "[operator jsonb < jsonb under the database's collation]", binary: false)
        try expect("(k.jb = '1'::jsonb)", .bool, #"(t1."jb" COLLATE pg_jsonb = '1')"#, binary: false)
        try expect("('{a}'::text[] < '{b}'::text[])", .bool, "[operator text[] < text[] under the database's collation]", binary: false)
    }

    @Test("answers for what nests too deeply instead of overflowing")
    func depth() throws {
        let deep = String(repeating: "(- ", count: 800) + "k.id" + String(repeating: ")", count: 800)
        #expect(try Canonical.expression(deep, PostgresType(.int4)).contains("nesting deeper"))
    }
}
