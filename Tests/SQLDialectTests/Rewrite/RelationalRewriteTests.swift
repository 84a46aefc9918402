import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Relational rewrites")
struct RelationalRewriteTests {
    private let int8 = PostgresType(.int8), numeric = PostgresType(.numeric), text = PostgresType(.text), int4 = PostgresType(.int4)
    private var user: (name: String, type: PostgresType) { ("user_id", Canonical.varchar36) }

    @Test("expands ROLLUP into a union of grouped selects, and GROUPING into constants")
    func rollup() throws {
        let sql = " SELECT k.t,\n    count(*) AS n,\n    GROUPING(k.t) AS g\n   FROM public.k\n  GROUP BY ROLLUP(k.t)"
        #expect(
            try Canonical.compile(sql, [("t", text), ("n", int8), ("g", int4)]).sql == """
                SELECT t3.c1 AS "t", t3.c2 AS "n", t3.c3 AS "g" FROM (SELECT t1."t" AS "c1", count(*) AS "c2", 0 AS "c3" FROM "public.k" AS t1 \
                GROUP BY t1."t" UNION ALL SELECT NULL AS "c1", count(*) AS "c2", 1 AS "c3" FROM "public.k" AS t2) AS t3
                """)
    }

    @Test("finds the top rows of LATERAL by row number")
    func lateralTopRows() throws {
        let sql = """
             SELECT u.user_id,
                x.quote_id
               FROM (feature_store.users u
                 LEFT JOIN LATERAL ( SELECT q.quote_id
                       FROM feature_store.quotes q
                      WHERE (((q.user_id)::text = (u.user_id)::text) AND (q.creation_date > u.creation_date))
                      ORDER BY q.creation_date DESC, q.quote_id
                     LIMIT 1) x ON (true))
            """
        #expect(
            try Canonical.compile(sql, [user, ("quote_id", Canonical.varchar36)], key: ["user_id"]).sql == """
                SELECT t1."user_id" AS "user_id", t2."quote_id" AS "quote_id" FROM "feature_store.users" AS t1 LEFT JOIN "feature_store.quotes" AS t2 \
                ON ((t2.rowid IN (SELECT t3.rowid AS "c1" FROM "feature_store.quotes" AS t3 WHERE ((t3."user_id" = t1."user_id") AND \
                (t3."creation_date" COLLATE pg_numeric > t1."creation_date")) ORDER BY t3."creation_date" COLLATE pg_numeric DESC NULLS FIRST, \
                t3."quote_id" ASC NULLS LAST LIMIT 1)) AND 1) WHERE (t1."user_id" = ?1)
                """)
    }

    @Test("joins a grouped LATERAL on its equalities")
    func lateralGrouped() throws {
        let sql = """
             SELECT u.user_id,
                x.n
               FROM (feature_store.users u
                 JOIN LATERAL ( SELECT q.quote_type,
                        count(*) AS n
                       FROM feature_store.quotes q
                      WHERE ((q.user_id)::text = (u.user_id)::text)
                      GROUP BY q.quote_type) x ON (true))
            """
        #expect(
            try Canonical.compile(sql, [user, ("n", int8)]).sql == """
                SELECT t1."user_id" AS "user_id", t3.c2 AS "n" FROM "feature_store.users" AS t1 JOIN (SELECT NULL AS "c1", count(*) AS "c2", \
                t2."user_id" AS "c3" FROM "feature_store.quotes" AS t2 GROUP BY t2."quote_type", t2."user_id") AS t3 ON ((t3.c3 = t1."user_id") AND 1)
                """)
    }

    @Test("generates a series of days, which may be empty")
    func series() throws {
        let sql = " SELECT (d.d)::date AS day\n   FROM generate_series('2024-01-01 00:00:00'::timestamp without time zone, '2024-03-31 00:00:00'::timestamp without time zone, '1 day'::interval) d(d)"
        let result = try Canonical.compile(sql, [("day", PostgresType(.date))])
        #expect(result.sql?.contains("WITH RECURSIVE s1(c1, c2)") == true)
        let backwards = sql.replacing("'1 day'", with: "'-1 days'")
        #expect(try Canonical.compile(backwards, [("day", PostgresType(.date))]).sql?.contains("FROM json_each(pg_rows_series_timestamp(") == true)
    }

    @Test("joins in PostgreSQL's nesting, merged columns of a FULL JOIN included")
    func joins() throws {
        let sql = """
             SELECT user_id,
                p.quote_id
               FROM (feature_store.users u
                 FULL JOIN (feature_store.quotes q
                 JOIN feature_store.quotes p ON (((p.quote_id)::text = (q.quote_id)::text))) USING (user_id))
            """
        // Two relations on the right have that name, so PostgreSQL itself refuses it; the compiler does too.
        #expect(try Canonical.compile(sql, [user, ("quote_id", Canonical.varchar36)]).obstacles.first == "USING (user_id)")
        let full = " SELECT user_id,\n    q.quote_id\n   FROM (feature_store.users u\n     FULL JOIN feature_store.quotes q USING (user_id))"
        #expect(
            try Canonical.compile(full, [user, ("quote_id", Canonical.varchar36)]).sql == """
                SELECT coalesce(t1."user_id", t2."user_id") AS "user_id", t2."quote_id" AS "quote_id" FROM "feature_store.users" AS t1 \
                FULL JOIN "feature_store.quotes" AS t2 ON (t1."user_id" = t2."user_id")
                """)
    }

    @Test("keeps SQLite from seeking several values at once behind a FULL JOIN, also in a select around it")
    func pairsBehindFullJoin() throws {
        let joined = "(feature_store.users u\n     FULL JOIN feature_store.quotes q ON (((q.user_id)::text = (u.user_id)::text)))"
        let pairs = "IN ( SELECT p.user_id,\n            p.quote_id\n           FROM feature_store.quotes p))"
        let direct = " SELECT q.quote_id\n   FROM \(joined)\n  WHERE ((q.user_id, q.quote_id) \(pairs)"
        #expect(try Canonical.compile(direct, [("quote_id", Canonical.varchar36)]).sql?.contains(#"(+t2."user_id", +t2."quote_id") IN ("#) == true)
        let around = " SELECT s.quote_id\n   FROM ( SELECT q.user_id,\n            q.quote_id\n           FROM \(joined)) s\n  WHERE ((s.user_id, s.quote_id) \(pairs)"
        #expect(try Canonical.compile(around, [("quote_id", Canonical.varchar36)]).sql?.contains(#"(+t"#) == true)
        let plain = " SELECT q.quote_id\n   FROM feature_store.quotes q\n  WHERE ((q.user_id, q.quote_id) \(pairs)"
        #expect(try Canonical.compile(plain, [("quote_id", Canonical.varchar36)]).sql?.contains(#"((t1."user_id", t1."quote_id") IN ("#) == true)
    }

    @Test("orders rows inside string_agg by its own keys")
    func orderedAggregate() throws {
        let sql = " SELECT k.t,\n    string_agg(k.t, ','::text ORDER BY k.ts, k.n DESC) AS path\n   FROM public.k\n  GROUP BY k.t"
        #expect(
            try Canonical.compile(sql, [("t", text), ("path", text)]).sql == """
                SELECT t1."t" AS "t", pg_string_agg(t1."t", ',', 'albdfn', t1."ts", t1."n") COLLATE BINARY AS "path" FROM "public.k" AS t1 GROUP BY t1."t"
                """)
    }

    @Test("turns interval frames into numbers where they are, and by months into an aggregate of its own")
    func frames() throws {
        func window(_ frame: String) throws -> (sql: String?, obstacles: [String], statement: RealtimeStatement?) {
            let sql = " SELECT count(*) OVER (PARTITION BY k.t ORDER BY k.ts RANGE BETWEEN \(frame) PRECEDING AND CURRENT ROW) AS n\n   FROM public.k"
            return try Canonical.compile(sql, [("n", int8)])
        }
        #expect(try window("'7 days'::interval").sql?.contains("RANGE BETWEEN 604800000000 PRECEDING AND CURRENT ROW") == true)
        #expect(try window("'1 mon'::interval").sql?.contains(#"pg_within('pg_count', 'altpc-', t1."ts", '1 mon', NULL, 'UTC', 1) OVER"#) == true)
        #expect(try window("'-1 mon'::interval").obstacles == ["window frame RANGE with such an offset"])
    }
}
