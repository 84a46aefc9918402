import SQLDialect
import Testing

@Suite struct CanonicalFormTests {
    private func form(_ sql: String) throws -> String { String(decoding: try CheckedQuery.check(sql, as: .query).canonicalForm(), as: UTF8.self) }

    static let equalPairs: [(String, String)] = [
        ("SELECT a, 1.50 FROM t WHERE b = -5", "/* x */ select\n\tA ,1.50\nfrom T where (b) = - /* y */ 5 ; -- z"), ("SELECT a AS x FROM t", "SELECT a x FROM t"),
        ("SELECT \"a\" FROM t", "SELECT a FROM t"), ("SELECT a <> b FROM t", "SELECT a != b FROM t"), ("SELECT CAST(a AS int) FROM t", "SELECT a::integer FROM t"),
        ("SELECT E'\\x41'", "SELECT 'A'"), ("SELECT $$x$$", "SELECT 'x'"), ("WITH x AS (SELECT 1) SELECT * FROM x", "  WITH x AS (SELECT 1) SELECT * FROM x"),
        ("SELECT ((1 + 2))", "SELECT 1 + 2"), ("SELECT 1", ";;SELECT 1;;"),
    ]

    @Test("is the same for texts that mean the same tree", arguments: equalPairs)
    func equal(a: String, b: String) throws { #expect(try form(a) == form(b)) }

    static let differentPairs: [(String, String)] = [
        ("SELECT a FROM t", "SELECT a AS b FROM t"), ("SELECT 1", "SELECT 2"), ("SELECT 0", "SELECT -1"), ("SELECT -1", "SELECT -2"), ("SELECT 5", "SELECT -5"),
        ("SELECT 1.5", "SELECT 1.50"), ("SELECT 'a'", "SELECT 'A'"), ("SELECT 'a'", "SELECT a FROM t"), ("SELECT a FROM t", "SELECT a FROM s.t"), ("SELECT a FROM t", "SELECT \"A\" FROM t"),
        ("SELECT a, b FROM t", "SELECT b, a FROM t"), ("SELECT a FROM t", "SELECT DISTINCT a FROM t"), ("SELECT 1 UNION SELECT 1", "SELECT 1 UNION ALL SELECT 1"),
        ("SELECT a + (b + c) FROM t", "SELECT a + b + c FROM t"), ("SELECT (a AND b) IS TRUE FROM t", "SELECT a AND b IS TRUE FROM t"),
        ("SELECT (ts AT TIME ZONE 'x')::date FROM t", "SELECT ts AT TIME ZONE 'x'::date FROM t"), ("SELECT 'a','b'", "SELECT 'a'',''b'"), ("SELECT true", "SELECT false"),
        ("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"), ("SELECT a FROM t LIMIT 0", "SELECT a FROM t"), ("SELECT (1, 2)", "SELECT ROW(1, 2)"), ("SELECT NULL", "SELECT 0"),
    ]

    @Test("differs where the answer or its shape may", arguments: differentPairs)
    func different(a: String, b: String) throws { #expect(try form(a) != form(b)) }

    @Test("is this very text, on which saved ids rest")
    func exact() throws {
        #expect(
            try form("SELECT a AS \"x\"\"\", -3 FROM s.t LIMIT 0") == """
                SelectStmt{targetList:[ResTarget{name:"x\\"",val:ColumnRef{fields:[String{sval:"a"}]}},ResTarget{val:A_Const{ival:-3}}],\
                fromClause:[RangeVar{schemaname:"s",relname:"t",inh:true,relpersistence:"p"}],limitCount:A_Const{ival:0},\
                limitOption:"LIMIT_OPTION_COUNT",op:"SETOP_NONE"}
                """)
    }

    @Test("holds no position")
    func noPositions() throws {
        let text = try form("WITH x AS (SELECT 1) SELECT sum(a) OVER (ORDER BY b), CASE WHEN c THEN d END, ARRAY[1]::int[] FROM x WHERE y IN (1) AND z IS NULL")
        #expect(!text.contains("location"))
        #expect(!text.contains("stmt_len"))
    }
}
