import FeatureModel
import SQLDialect
import Testing

@Suite struct RelationTests {
    static let cases: [(String, [String])] = [
        ("SELECT * FROM a JOIN s.b ON true, c AS d", ["a", "s.b", "c"]), ("SELECT (SELECT max(x) FROM a) FROM b WHERE y IN (TABLE c)", ["a", "b", "c"]),
        ("SELECT * FROM a, A, \"A\", a AS other", ["a", "A"]), ("WITH x AS (SELECT * FROM a) SELECT * FROM x", ["a"]),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"]), ("WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT * FROM a) SELECT * FROM a", []),
        ("WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x", ["y"]), ("WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x", []),
        ("WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM y, s.x", ["s.x"]), ("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) z, x", ["x"]),
        ("WITH x AS (SELECT 1) SELECT (WITH x AS (SELECT * FROM x) SELECT count(*) FROM x)", []), ("WITH x AS (SELECT 1) SELECT 1 UNION SELECT * FROM x UNION SELECT * FROM y", ["y"]),
        ("(WITH x AS (SELECT 1) SELECT * FROM x) UNION SELECT * FROM x", ["x"]), ("WITH x AS (WITH y AS (SELECT * FROM a) SELECT * FROM y) SELECT * FROM x, y", ["a", "y"]),
        ("SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.a = t.a LIMIT 1) l", ["t", "u"]), ("SELECT sum(a) FILTER (WHERE EXISTS (TABLE b)) FROM c ORDER BY (SELECT 1 FROM d)", ["b", "c", "d"]),
        ("SELECT * FROM generate_series(1, (SELECT max(a) FROM b))", ["b"]), ("VALUES ((SELECT 1 FROM a))", ["a"]), ("SELECT 'FROM x' AS \"FROM y\"", []),
    ]

    @Test("reads the relations that PostgreSQL would read", arguments: cases)
    func relations(sql: String, expected: [String]) throws {
        let found = try CheckedQuery.check(sql, as: .query).relations
        #expect(found.map { ($0.schema.map { $0 + "." } ?? "") + $0.name } == expected)
    }

    @Test("says where each is read first")
    func positions() throws {
        let query = try CheckedQuery.check("SELECT 'é'\nFROM s.a,\n  b, s.a AS again", as: .query)
        #expect(query.relations.map(\.position) == [SourcePosition(line: 2, column: 6, character: 17), SourcePosition(line: 3, column: 3, character: 24)])
        #expect(query.locate(relation: "b")?.line == 3)
        #expect(query.locate(relation: "a", schema: "s")?.column == 6)
        #expect(query.locate(relation: "c") == nil)
    }

    @Test("says where a function is called")
    func functions() throws {
        let query = try CheckedQuery.check("SELECT\n lower(a), pg_catalog.upper(b) FROM t", as: .query)
        #expect(query.locate(function: "upper") == SourcePosition(line: 2, column: 12, character: 19))
        #expect(query.locate(function: "int4pl") == nil)
    }

    @Test("lets a SQL ETL select from input and nothing else")
    func etl() throws {
        for sql in ["SELECT a FROM input", "WITH x AS (SELECT * FROM input WHERE a > 0) SELECT * FROM x JOIN INPUT i USING (a);", "SELECT 1 WHERE EXISTS (TABLE \"input\")"] {
            #expect(try CheckedQuery.check(sql, as: .sqlETL).relations.map(\.name) == ["input"])
        }
        let refused = [
            ("SELECT * FROM input, users", 22), ("SELECT * FROM public.input", 15), ("SELECT 1", 1), ("WITH input AS (SELECT 1) SELECT * FROM input", 1),
            ("SELECT * FROM \"Input\"", 15),
        ]
        for (sql, character) in refused {
            let error = try #require(throws: SQLDialectError.self) { try CheckedQuery.check(sql, as: .sqlETL) }
            #expect(error.kind == .statementNotPermitted)
            #expect(error.position?.character == character, "\(sql)")
            #expect(error.message.contains("'input'"))
        }
        #expect(throws: SQLDialectError.self) { try CheckedQuery.check("SELECT pg_sleep(1) FROM input", as: .sqlETL) }
    }

    @Test("puts query and ETL into one statement, comments and all")
    func combined() throws {
        let query = try CheckedQuery.check("SELECT a FROM t -- rows\n;", as: .query)
        let etl = try CheckedQuery.check("SELECT a + 1 AS b FROM input -- done", as: .sqlETL)
        let text = query.combined(with: etl)
        #expect(text == "WITH \"input\" AS (\nSELECT a FROM t -- rows\n\n) SELECT * FROM (\nSELECT a + 1 AS b FROM input -- done\n) AS \"output\"")
        #expect(try CheckedQuery.check(text, as: .query).relations.map(\.name) == ["t"])
        let reading = try CheckedQuery.check("SELECT * FROM input", as: .query).combined(with: etl)
        #expect(try CheckedQuery.check(reading, as: .query).relations.map(\.name) == ["input"])
    }
}
