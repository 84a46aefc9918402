import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Compiling a query for the realtime store")
struct ServingCompilerTests {
    private let int8 = PostgresType(.int8), numeric = PostgresType(.numeric), text = PostgresType(.text), int4 = PostgresType(.int4)

    private let features = """
         SELECT u.user_id,
            u.name,
            count(q.quote_id) AS n_quotes,
            count(*) FILTER (WHERE q.is_binded) AS n_bound,
            avg((q.binding_date - q.creation_date)) AS avg_delay,
            max(q.creation_date) AS last_quote,
            sum(
                CASE
                    WHEN q.is_paid THEN 1
                    ELSE 0
                END) AS n_paid
           FROM (feature_store.users u
             LEFT JOIN feature_store.quotes q ON (((q.user_id)::text = (u.user_id)::text)))
          GROUP BY u.user_id, u.name
        """
    private var featureOutput: [(name: String, type: PostgresType)] {
        [("user_id", Canonical.varchar36), ("name", PostgresType(.varchar, modifier: 204)), ("n_quotes", int8), ("n_bound", int8), ("avg_delay", numeric), ("last_quote", numeric), ("n_paid", int8)]
    }

    @Test("writes the flow's query, its key inside, with types, tables and indexes")
    func flow() throws {
        let statement = try #require(try Canonical.compile(features, featureOutput, key: ["user_id"]).statement)
        #expect(
            statement.sql == """
                SELECT t1."user_id" AS "user_id", t1."name" AS "name", count(t2."quote_id") AS "n_quotes", count(*) FILTER (WHERE t2."is_binded") AS "n_bound", \
                pg_avg_decimal(pg_num_sub(t2."binding_date", t2."creation_date")) COLLATE pg_numeric AS "avg_delay", \
                pg_extreme(t2."creation_date", 'dln') COLLATE pg_numeric AS "last_quote", pg_sum_int(CASE WHEN t2."is_paid" THEN 1 ELSE 0 END) AS "n_paid" \
                FROM "feature_store.users" AS t1 LEFT JOIN "feature_store.quotes" AS t2 ON (t2."user_id" = t1."user_id") WHERE (t1."user_id" = ?1) \
                GROUP BY t1."user_id", t1."name"
                """)
        #expect(statement.parameters == [.init(column: "user_id", type: Canonical.varchar36, encoding: .text)])
        #expect(statement.columns.map(\.encoding) == [.text, .text, .integer, .integer, .decimal, .decimal, .integer])
        #expect(statement.columns.map(\.isNullable) == [false, true, false, false, true, true, false])
        #expect(statement.tables.map(\.description) == ["feature_store.quotes", "feature_store.users"])
        #expect(
            statement.wantedIndexes == [
                .init(table: TableName(schema: "feature_store", name: "quotes"), columns: ["user_id"]),
                .init(table: TableName(schema: "feature_store", name: "users"), columns: ["user_id"]),
            ])
    }

    @Test("answers keys and origins")
    func keys() throws {
        let compiler = try Canonical.compiler(features, featureOutput)
        #expect(compiler.candidateKeys() == [["user_id"]])
        #expect(compiler.outputOrigins.first == ColumnOrigin(table: TableName(schema: "feature_store", name: "users"), column: "user_id"))
        #expect(compiler.outputOrigins[2] == nil)
    }

    @Test("refuses a key that is no output column, or named twice")
    func unknownKey() throws {
        #expect(try Canonical.compile(features, featureOutput, key: ["nope"]).obstacles == ["key column nope"])
        #expect(try Canonical.compile(features, featureOutput, key: ["name", "name"]).obstacles == ["key column name"])
    }

    @Test("pushes the key into a LEFT JOINed grouped sub-select")
    func groupedSubselect() throws {
        let sql = """
             SELECT u.user_id,
                x.n
               FROM (feature_store.users u
                 LEFT JOIN ( SELECT q.user_id,
                        count(*) AS n
                       FROM feature_store.quotes q
                      GROUP BY q.user_id) x ON (((x.user_id)::text = (u.user_id)::text)))
            """
        let result = try Canonical.compile(sql, [("user_id", Canonical.varchar36), ("n", int8)], key: ["user_id"])
        #expect(
            result.sql == """
                SELECT t1."user_id" AS "user_id", t3.c2 AS "n" FROM "feature_store.users" AS t1 LEFT JOIN \
                (SELECT t2."user_id" AS "c1", count(*) AS "c2" FROM "feature_store.quotes" AS t2 WHERE (t2."user_id" = ?1) GROUP BY t2."user_id") AS t3 \
                ON (t3.c1 = t1."user_id") WHERE (t1."user_id" = ?1)
                """)
    }

    @Test("gives each use of a common table its own restricted copy")
    func commonTables() throws {
        let sql = """
             WITH s AS (
                     SELECT q.user_id,
                        count(*) AS n
                       FROM feature_store.quotes q
                      GROUP BY q.user_id
                    )
             SELECT s.user_id,
                (s.n - ( SELECT max(s_1.n) AS max
                       FROM s s_1)) AS rel
               FROM s
            """
        let result = try Canonical.compile(sql, [("user_id", Canonical.varchar36), ("rel", int8)], key: ["user_id"])
        #expect(
            result.sql == """
                WITH w1 AS (SELECT t1."user_id" AS "c1", count(*) AS "c2" FROM "feature_store.quotes" AS t1 GROUP BY t1."user_id"), \
                w3 AS (SELECT t5."user_id" AS "c1", count(*) AS "c2" FROM "feature_store.quotes" AS t5 WHERE (t5."user_id" = ?1) GROUP BY t5."user_id") \
                SELECT t2.c1 AS "user_id", pg_int_sub(t2.c2, (SELECT max(t3.c2) AS "c1" FROM w1 AS t3), 64) AS "rel" FROM w3 AS t2 WHERE (t2.c1 = ?1)
                """)
    }

    @Test("does not push a key past LIMIT, a window that is not partitioned by it, or an aggregate")
    func barriers() throws {
        let limit = " SELECT k.id,\n    k.t\n   FROM public.k\n  ORDER BY k.t, k.id\n LIMIT 3"
        #expect(
            try Canonical.compile(limit, [("id", int4), ("t", text)], key: ["id"]).sql == """
                SELECT t3.c1 AS "id", t3.c2 AS "t" FROM (SELECT t1."id" AS "c1", t1."t" AS "c2" FROM "public.k" AS t1 \
                ORDER BY t1."t" ASC NULLS LAST, t1."id" ASC NULLS LAST LIMIT 3) AS t3 WHERE (t3.c1 = ?1) ORDER BY t3.c2 ASC NULLS LAST, t3.c1 ASC NULLS LAST
                """)
        let window = " SELECT k.id,\n    row_number() OVER (ORDER BY k.id DESC) AS rn\n   FROM public.k"
        #expect(try Canonical.compile(window, [("id", int4), ("rn", int8)], key: ["id"]).sql?.contains("FROM (SELECT") == true)
        let partitioned = " SELECT k.id,\n    row_number() OVER (PARTITION BY k.id ORDER BY k.t) AS rn\n   FROM public.k"
        #expect(try Canonical.compile(partitioned, [("id", int4), ("rn", int8)], key: ["id"]).sql?.contains("FROM (SELECT") == false)
        let total = " SELECT max(k.id) AS id\n   FROM public.k"
        #expect(try Canonical.compile(total, [("id", int4)], key: ["id"]).sql?.contains("FROM (SELECT max") == true)
    }

    @Test("spells out the order of nulls, in windows too")
    func nullsOrder() throws {
        let sql = " SELECT k.id,\n    rank() OVER (ORDER BY k.m DESC) AS r\n   FROM public.k\n  ORDER BY k.t, k.d DESC, k.n NULLS FIRST"
        #expect(
            try Canonical.compile(sql, [("id", int4), ("r", int8)]).sql == """
                SELECT t1."id" AS "id", rank() OVER (ORDER BY t1."m" DESC NULLS FIRST) AS "r" FROM "public.k" AS t1 \
                ORDER BY t1."t" ASC NULLS LAST, t1."d" DESC NULLS FIRST, t1."n" COLLATE pg_numeric ASC NULLS FIRST
                """)
    }

    @Test("takes LIMIT only with an order that leaves nothing to chance")
    func totalOrder() throws {
        let output: [(name: String, type: PostgresType)] = [("t", text), ("d", PostgresType(.date))]
        func obstacles(_ tail: String) throws -> [String] { try Canonical.compile(" SELECT k.t,\n    k.d\n   FROM public.k\n \(tail)", output).obstacles }
        #expect(try obstacles("LIMIT 3") == ["LIMIT without ORDER BY"])
        #expect(try obstacles("ORDER BY k.t LIMIT 3") == ["LIMIT without a total order"])
        #expect(try obstacles("ORDER BY k.t, k.d LIMIT 3") == [])
        #expect(try obstacles("ORDER BY k.t, k.id LIMIT 3") == [])
    }

    @Test("checks at run time what it cannot prove, if told so")
    func checkedTies() throws {
        let sql = " SELECT k.d\n   FROM public.k\n  ORDER BY k.t DESC\n LIMIT 3"
        guard case .statement(let statement) = try Canonical.compiler(sql, [("d", PostgresType(.date))], checksTies: true).compile(key: []) else {
            Issue.record("refused")
            return
        }
        #expect(
            statement.sql == """
                SELECT t3.c1 AS "d" FROM (SELECT t2.c1 AS "c1", t2.c2 AS "c2", row_number() OVER (ORDER BY t2.c2 DESC NULLS FIRST) AS "c3", \
                rank() OVER (ORDER BY t2.c2 DESC NULLS FIRST) AS "c4", count(*) OVER (PARTITION BY t2.c2) AS "c5", \
                count(*) OVER (PARTITION BY t2.c2, t2.c1) AS "c6" FROM \
                (SELECT t1."d" AS "c1", t1."t" AS "c2" FROM "public.k" AS t1) AS t2) AS t3 WHERE CASE \
                WHEN ((t3.c4 <= 3) AND ((t3.c4 + t3.c5) > 4) AND (t3.c5 > t3.c6)) THEN pg_raise('P0001', \
                'rows that are equal under ORDER BY stand on both sides of LIMIT or DISTINCT ON; order by a unique column as well') \
                WHEN (t3.c3 > 3) THEN 0 ELSE 1 END \
                ORDER BY t3.c2 DESC NULLS FIRST
                """)
    }

    @Test("turns DISTINCT ON into the first of each group")
    func distinctOn() throws {
        let sql = " SELECT DISTINCT ON (q.user_id) q.user_id,\n    q.quote_type\n   FROM feature_store.quotes q\n  ORDER BY q.user_id, q.creation_date DESC, q.quote_id"
        let result = try Canonical.compile(sql, [("user_id", Canonical.varchar36), ("quote_type", PostgresType(.varchar))], key: ["user_id"])
        #expect(
            result.sql == """
                SELECT t2.c1 AS "user_id", t2.c2 AS "quote_type" FROM (SELECT t1."user_id" AS "c1", t1."quote_type" AS "c2", t1."user_id" AS "c3", \
                t1."creation_date" COLLATE pg_numeric AS "c4", t1."quote_id" AS "c5", row_number() OVER (PARTITION BY t1."user_id" \
                ORDER BY t1."creation_date" COLLATE pg_numeric DESC NULLS FIRST, t1."quote_id" ASC NULLS LAST) AS "c6" FROM "feature_store.quotes" AS t1 \
                WHERE (t1."user_id" = ?1)) AS t2 WHERE ((t2.c1 = ?1) AND (t2.c6 = 1)) \
                ORDER BY t2.c3 ASC NULLS LAST, t2.c4 COLLATE pg_numeric DESC NULLS FIRST, t2.c5 ASC NULLS LAST
                """)
    }

    @Test("gives set operations one encoding and keeps their nesting")
    func setOperations() throws {
        let sql = " SELECT k.m AS x\n   FROM public.k\nUNION ALL\n SELECT k.n AS x\n   FROM public.k\n  ORDER BY 1"
        #expect(
            try Canonical.compile(sql, [("x", numeric)]).sql == """
                SELECT pg_num_from_scaled(t1."m", 2) COLLATE pg_numeric AS "x" FROM "public.k" AS t1 UNION ALL \
                SELECT t2."n" COLLATE pg_numeric AS "x" FROM "public.k" AS t2 ORDER BY 1 COLLATE pg_numeric ASC NULLS LAST
                """)
        let nested = " SELECT k.id AS x\n   FROM public.k\nUNION\n( SELECT k.id AS x\n   FROM public.k\nINTERSECT\n SELECT 1 AS x)\n  ORDER BY 1"
        #expect(
            try Canonical.compile(nested, [("x", int4)]).sql == """
                SELECT t1."id" AS "x" FROM "public.k" AS t1 UNION \
                SELECT c1 AS "x" FROM (SELECT t2."id" AS "c1" FROM "public.k" AS t2 INTERSECT SELECT 1 AS "c1") ORDER BY 1 ASC NULLS LAST
                """)
    }

    @Test("says where a row number would be chance, and not where a key decides")
    func windowTies() throws {
        let output = [("id", int4), ("rn", PostgresType(.int8))]
        func sql(_ order: String) -> String { " SELECT k.id,\n    row_number() OVER (PARTITION BY k.t ORDER BY \(order)) AS rn\n   FROM public.k" }
        guard case .obstacles(let obstacles) = try Canonical.compiler(sql("k.d"), output).compile(key: []) else {
            Issue.record("row_number over an order that decides nothing was accepted")
            return
        }
        #expect(obstacles.map(\.construct) == ["row_number() without a total order"])
        #expect(
            try Canonical.compile(sql("k.d, k.id"), output).sql == """
                SELECT t1."id" AS "id", row_number() OVER (PARTITION BY t1."t" ORDER BY t1."d" ASC NULLS LAST, t1."id" ASC NULLS LAST) AS "rn" \
                FROM "public.k" AS t1
                """)
        guard case .statement(let checked) = try Canonical.compiler(sql("k.d"), output, checksTies: true).compile(key: []) else {
            Issue.record("refused although ties are checked")
            return
        }
        #expect(checked.sql.contains("pg_raise('P0001'"))
        let byText = try Canonical.compiler(
            " SELECT k.t,\n    row_number() OVER (PARTITION BY k.t ORDER BY k.d) AS rn\n   FROM public.k", [("t", PostgresType(.text)), output[1]],
            checksTies: true
        ).compile(key: ["t"])
        guard case .statement(let keyed) = byText else {
            Issue.record("refused by key")
            return
        }
        #expect(keyed.sql.contains(#"FROM "public.k" AS t1 WHERE (t1."t" = ?1)"#), "the key reaches the table: \(keyed.sql)")
    }

    @Test("guards a scalar sub-query that might give several rows")
    func scalarSubquery() throws {
        let sql = " SELECT k.id,\n    ( SELECT q.quote_type\n           FROM feature_store.quotes q\n          WHERE ((q.user_id)::text = k.t)) AS x\n   FROM public.k"
        #expect(
            try Canonical.compile(sql, [("id", int4), ("x", PostgresType(.varchar))]).sql == """
                SELECT t1."id" AS "id", (SELECT pg_single(c1) FROM (SELECT t2."quote_type" AS "c1" FROM "feature_store.quotes" AS t2 \
                WHERE (t2."user_id" = t1."t"))) AS "x" FROM "public.k" AS t1
                """)
    }

    @Test("reads views through their definitions, down to base tables")
    func views() throws {
        let view = TableName(schema: "feature_store", name: "paid")
        let result = try Canonical.compile(
            " SELECT paid.user_id\n   FROM feature_store.paid", [("user_id", Canonical.varchar36)], key: ["user_id"],
            views: [view: " SELECT q.user_id\n   FROM feature_store.quotes q\n  WHERE q.is_paid"])
        #expect(result.statement?.tables.map(\.name) == ["quotes"])
        #expect(result.sql?.contains(#"WHERE ((t1."user_id" = ?1) AND t1."is_paid")"#) == true)
    }

    @Test("collects obstacles instead of stopping at the first")
    func severalObstacles() throws {
        let sql = " SELECT clock_timestamp() AS a,\n    string_agg(k.t, ','::text) AS b,\n    (k.jb @> k.jb) AS c\n   FROM public.k\n  WHERE (k.z IS NOT NULL)"
        let output: [(name: String, type: PostgresType)] = [("a", PostgresType(.timestamptz)), ("b", text), ("c", PostgresType(.bool))]
        #expect(try Canonical.compile(sql, output).obstacles == ["type time with time zone", "function clock_timestamp()", "function string_agg without ORDER BY"])
    }

    @Test("what only follows from an obstacle is none of its own")
    func followingObstacles() throws {
        let sql = """
             SELECT x.a
               FROM ( SELECT unistr(k.t) AS a FROM public.k UNION SELECT k.t FROM public.k) x
              WHERE (x.a IN ( SELECT unistr(k.t) AS unistr FROM public.k))
              ORDER BY x.a
            """
        #expect(try Canonical.compile(sql, [("a", text)]).obstacles == ["function unistr(text)"])
        let recursive = """
             WITH RECURSIVE r(n) AS (
                     SELECT k.n FROM public.k
                    UNION
                     SELECT (r_1.n + (1)::numeric) FROM r r_1 WHERE (r_1.n < (3)::numeric)
                    )
             SELECT max(r.n) AS a
               FROM r
            """
        #expect(
            try Canonical.compile(recursive, [("a", PostgresType(.numeric))]).obstacles == ["WITH RECURSIVE … UNION over numerics, intervals, char(n), jsonb or computed doubles"])
    }

    @Test("quotes names that hold quotes")
    func quotedNames() throws {
        #expect(try Canonical.compile(" SELECT k.id AS \"a\"\"b\"\n   FROM public.k", [("a\"b", int4)]).sql == #"SELECT t1."id" AS "a""b" FROM "public.k" AS t1"#)
    }
}
