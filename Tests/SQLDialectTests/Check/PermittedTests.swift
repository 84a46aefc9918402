import FeatureModel
import SQLDialect
import Testing

@Suite struct PermittedTests {
    static let queries = [
        "SELECT 1", "select 1;", "SELECT 1 ; -- done", "-- first\nSELECT 100 % 7", "/* a /* b */ */ SELECT 'DROP TABLE t; --' AS a", "TABLE t", "VALUES (1, 'a'), (2, 'b')",
        "SELECT * FROM t WHERE a LIKE '%x%' ESCAPE '!'", "WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT x FROM a) SELECT * FROM b",
        "WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT sum(n) FROM r", "SELECT pg_catalog.lower(a) FROM t",
        "SELECT a::numeric(10,2), b::timestamp(3), c::varchar(5)[], d::my_enum, e::\"char\", f::name FROM t", "SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b DESC NULLS LAST",
        "SELECT count(*) FILTER (WHERE a > 0), sum(b) OVER (PARTITION BY c ORDER BY d ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM t",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t", "SELECT a, b, grouping(a) FROM t GROUP BY GROUPING SETS ((a), (b), ())",
        "SELECT extract(epoch FROM ts), date_trunc('day', ts), ts AT TIME ZONE 'UTC', now() - ts, current_date, localtimestamp(3) FROM t",
        "SELECT trim(both ' ' FROM a), substring(a FROM 2 FOR 3), position('x' IN a), overlay(a PLACING 'b' FROM 1), a SIMILAR TO 'x%', a ~* 'y' FROM t",
        "SELECT a ->> 'k', a #>> '{b,c}', a @> '{}', jsonb_path_query_first(a, '$.x') FROM t", "SELECT (jsonb_each(a)).key, (array_agg(b))[1], (t).* FROM t",
        "SELECT g.g, n FROM generate_series(1, 5) AS g, LATERAL (SELECT g * 2 AS n) x", "SELECT o.amount FROM (SELECT g.v FROM unnest(ARRAY[1]) AS g(v)) d, orders AS o, unnest(o.xs) AS u(y)",
        "SELECT e.key, e.value FROM t, jsonb_each(t.doc) AS e", "SELECT d.amount FROM orders d WHERE EXISTS (SELECT 1 FROM unnest(d.tags) AS d)",
        "SELECT x.my_column FROM jsonb_to_record('{}') AS x(my_column int)", "SELECT to_tsvector('english'::regconfig, a) @@ plainto_tsquery('b') FROM t",
        "SELECT nullif(a, 0), greatest(a, b), a IS DISTINCT FROM b, a BETWEEN SYMMETRIC 1 AND 2, (a, b) OVERLAPS (c, d) FROM t",
        "SELECT * FROM a JOIN b USING (x) LEFT JOIN c ON c.x = a.x CROSS JOIN d NATURAL JOIN e", "SELECT a FROM t UNION ALL (SELECT b FROM u ORDER BY b LIMIT 3) ORDER BY 1",
        "WITH pg_like AS (SELECT 1 AS a) SELECT a FROM pg_like", "SELECT version, t.name, t.count, t.has_children, t.\"user\" FROM t",
        "SELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS WITH TIES", "SELECT EXISTS (SELECT 1 FROM t LIMIT 1)", "SELECT a FROM ONLY t", "SELECT md5(a), sha256(b), encode(c, 'hex') FROM t",
        "SELECT a COLLATE \"C\" FROM t ORDER BY a USING <", "SELECT 1 OPERATOR(pg_catalog.+) 2", "SELECT U&'\\00e9', E'\\n', $tag$ DROP $tag$, b'1', x'f'", "SELECT a FROM t LIMIT ALL",
        "SELECT lag(a, 1, 0) OVER w, ntile(4) OVER w FROM t WINDOW w AS (ORDER BY b)", "SELECT date(a), float8(b), text(c) FROM t", "SELECT ARRAY(SELECT a FROM t ORDER BY a), ROW(1, 2)",
    ]

    @Test("permits what a feature query wants", arguments: queries)
    func permitted(sql: String) throws {
        let query = try CheckedQuery.check(sql, as: .query)
        #expect(query.text == sql)
        #expect(query.trainingOnly.isEmpty)
    }

    @Test("cuts out the one statement so that it can be embedded")
    func statement() throws {
        #expect(try CheckedQuery.check(" -- é\n SELECT 'a;b' ; -- c ;", as: .query).statement == " -- é\n SELECT 'a;b' ")
        #expect(try CheckedQuery.check("SELECT 1 -- c", as: .query).statement == "SELECT 1 -- c")
        #expect(try CheckedQuery.check(";; SELECT 2;;", as: .query).statement == " SELECT 2")
        let embedded = "SELECT * FROM (\n" + (try CheckedQuery.check("SELECT 1 AS a --;\n;", as: .query).statement) + "\n) x"
        #expect(try CheckedQuery.check(embedded, as: .query).relations.isEmpty)
    }

    static let trainingOnly: [(String, String, Int)] = [
        ("SELECT random()", "function random", 8), ("SELECT a FROM t ORDER BY pg_catalog.random()", "function pg_catalog.random", 26),
        ("SELECT clock_timestamp()", "function clock_timestamp", 8), ("SELECT statement_timestamp()", "function statement_timestamp", 8),
        ("SELECT gen_random_uuid()", "function gen_random_uuid", 8), ("SELECT * FROM t TABLESAMPLE bernoulli (10)", "TABLESAMPLE", 29),
        ("SELECT 'limit' FROM t LIMIT 5", "LIMIT without ORDER BY", 23), ("SELECT * FROM t OFFSET 5", "LIMIT without ORDER BY", 17),
        ("SELECT * FROM (SELECT a FROM t FETCH FIRST 2 ROWS ONLY) x ORDER BY a", "LIMIT without ORDER BY", 32), ("SELECT 1 = ANY (SELECT a FROM t LIMIT 1)", "LIMIT without ORDER BY", 33),
    ]

    @Test("permits for training alone what gives another answer each time", arguments: trainingOnly)
    func training(sql: String, construct: String, character: Int) throws {
        let obstacles = try CheckedQuery.check(sql, as: .query).trainingOnly
        #expect(obstacles.map(\.construct) == [construct])
        #expect(obstacles.first?.position?.character == character)
        #expect(obstacles.first?.hint.isEmpty == false)
    }

    @Test("permits functions that the platform lists, for training")
    func extra() throws {
        let policy = FunctionPolicy(extra: ["geo_distance", "risk.score", "pg_sleep", "pg_catalog.lo_create"])
        for sql in ["SELECT geo_distance(a, b) FROM t", "SELECT any_schema.geo_distance(1)", "SELECT risk.score(a) FROM t", "SELECT score(a) FROM t"] {
            #expect(try CheckedQuery.check(sql, as: .query, policy: policy).trainingOnly.count == 1)
        }
        for sql in ["SELECT other.score(a) FROM t", "SELECT pg_sleep(1)", "SELECT lo_create(0)", "SELECT pg_catalog.geo_distance(1)"] {
            let error = try #require(throws: SQLDialectError.self) { try CheckedQuery.check(sql, as: .query, policy: policy) }
            #expect(error.kind == .functionNotPermitted)
        }
    }

    @Test("refuses repeated output names where the second stands")
    func duplicates() throws {
        let query = try CheckedQuery.check("SELECT a, b AS x, c AS x FROM t", as: .query)
        try query.refuseDuplicates(["a", "b"])
        let error = try #require(throws: SQLDialectError.self) { try query.refuseDuplicates(["a", "x", "x"]) }
        #expect(error.kind == .duplicateColumn)
        #expect(error.position?.character == 19)
        #expect(error.hint == "name the second one with AS, e.g. AS x_2")
    }
}

/// Long texts that ask the check for the same thing again and again.
@Suite struct LongTextTests {
    static let texts: [(String, String)] = [
        ("SELECT ", "g.g,"), ("SELECT 1 FROM ", "t,"), ("SELECT ", "random(),"), ("SELECT 1 FROM ", "(SELECT 1 LIMIT 1) x,"), ("SELECT ", "-1,"), ("SELECT 1 FROM ", "unnest(g.g) g,"),
    ]

    @Test("checks 64 KB of many references, relations and notes", arguments: texts)
    func long(head: String, part: String) throws {
        let tail = head.hasSuffix("FROM ") ? "t" : "1 FROM generate_series(1, 2) AS g"
        let sql = head + String(repeating: part, count: (65_000 - head.utf8.count) / part.utf8.count) + tail
        let query = try CheckedQuery.check(sql, as: .query)
        #expect(query.trainingOnly.count <= 1)
        #expect(!query.canonicalForm().isEmpty)
    }

    @Test("names every relation of a long list once")
    func relations() throws {
        let names = (0..<6_000).map { "t\($0)" }
        #expect(try CheckedQuery.check("SELECT 1 FROM \(names.joined(separator: ", "))", as: .query).relations.map(\.name) == names)
    }
}
