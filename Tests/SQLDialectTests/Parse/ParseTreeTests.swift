import FeatureModel
import SQLDialect
import Testing

@Suite struct ParseTreeTests {
    private func select(_ sql: String) throws -> Node {
        let statement = try ParseTree.parse(sql).statements.first
        return try #require(statement?["stmt"])
    }

    @Test("gives kinds, fields and locations as PostgreSQL names them")
    func fields() throws {
        let select = try select("SELECT a + 1 AS b, count(DISTINCT z) FROM s.t AS x WHERE NOT é")
        #expect(select.kind == .selectStmt)
        let first = select.list("targetList")[0]
        #expect(first.kind == .resTarget)
        #expect(first.string("name") == "b")
        let sum = try #require(first["val"])
        #expect(sum.kind == .expression)
        #expect(sum.string("kind") == "AEXPR_OP")
        #expect(sum.strings("name") == ["+"])
        #expect(sum.location == 9)
        #expect(sum["lexpr"]?.strings("fields") == ["a"])
        #expect(sum["rexpr"]?.constant == .int(1))
        #expect(sum.parent == first)
        let call = try #require(select.list("targetList")[1]["val"])
        #expect(call.bool("agg_distinct"))
        #expect(!call.bool("agg_star"))
        let table = select.list("fromClause")[0]
        #expect(table.kind == .rangeVar)
        #expect(table.string("schemaname") == "s")
        #expect(table["alias"]?.kind == .alias)
        #expect(table["alias"]?.string("aliasname") == "x")
        #expect(select["whereClause"]?["nothing"] == nil)
        #expect(select.list("nothing").isEmpty)
        #expect(select.descendants.filter { $0.kind == .columnRef }.map { $0.strings("fields") } == [["a"], ["z"], ["é"]])
        #expect(select.descendants.count == select.tree.allNodes.count - 2)
    }

    @Test("knows the kind of fields that hold one kind only")
    func fixedKinds() throws {
        let select = try select("WITH q AS (SELECT 1) SELECT x::numeric(3,2), sum(y) OVER (ORDER BY z) FROM q UNION SELECT 2, 3")
        #expect(select["withClause"]?.kind == .withClause)
        #expect(select["withClause"]?.location == 0)
        #expect(select["larg"]?.kind == .selectStmt)
        #expect(select["rarg"]?.kind == .selectStmt)
        let targets = try #require(select["larg"]).list("targetList")
        #expect(targets[0]["val"]?["typeName"]?.kind == .typeName)
        #expect(targets[0]["val"]?["typeName"]?.strings("names") == ["pg_catalog", "numeric"])
        #expect(targets[1]["val"]?["over"]?.kind == .windowDef)
        #expect(try self.select("SELECT DISTINCT a FROM t").list("distinctClause").map(\.kind) == [.empty])
        #expect(!select.tree.allNodes.contains { $0.kind == .other })
    }

    @Test(
        "reads every kind of literal, and the sign that libpg_query forgets",
        arguments: [
            ("0", Node.Constant.int(0)), ("5", .int(5)), ("-5", .int(-5)), ("- 5", .int(-5)), ("-(5)", .int(-5)), ("-(-5)", .int(5)), ("- - -7", .int(-7)),
            ("- /* a /* b */ - */ ( -- c -\n 12 )", .int(-12)), ("-0", .int(0)), ("2147483647", .int(2_147_483_647)), ("-2147483647", .int(-2_147_483_647)),
            ("2147483648", .decimal("2147483648")), ("-2147483648", .decimal("-2147483648")), ("-1.50", .decimal("-1.50")), ("1e5", .decimal("1e5")),
            ("''", .string("")), ("'a''b\\'", .string("a'b\\")), ("$$x\ty$$", .string("x\ty")), ("E'\\u00e9\\001<'", .string("é\u{1}<")), ("true", .bool(true)),
            ("false", .bool(false)), ("NULL", .null), ("b'101'", .bits("b101")), ("x'1F'", .bits("x1F")),
        ])
    func literals(text: String, value: Node.Constant) throws {
        let target = try select("SELECT \(text)").list("targetList")[0]
        #expect(target["val"]?.constant == value)
    }

    @Test("finds the sign of a number within a query that holds other text before it")
    func signsAfterUnicode() throws {
        let select = try select("SELECT 'é–😀', x FROM t WHERE y IN (-1, 0, -23) LIMIT 0")
        let list = try #require(select["whereClause"]?["rexpr"])
        #expect(list.list("items").map(\.constant) == [.int(-1), .int(0), .int(-23)])
        #expect(select["limitCount"]?.constant == .int(0))
    }

    @Test("says where a syntax error is, in characters", arguments: [("SELECT é é é 'x'", 12, 1, 12), ("SELECT 1\nFROM 'a", 15, 2, 6), ("SELECT FROM WHERE", 13, 1, 13)])
    func syntaxErrors(sql: String, character: Int, line: Int, column: Int) throws {
        let error = try #require(throws: SQLDialectError.self) { try ParseTree.parse(sql) }
        #expect(error.kind == .syntax)
        #expect(error.fault == .refused)
        #expect(error.position == SourcePosition(line: line, column: column, character: character))
    }

    @Test("refuses a NUL character where it stands")
    func nul() throws {
        let error = try #require(throws: SQLDialectError.self) { try ParseTree.parse("SELECT 1\n, 'a\0b'") }
        #expect(error.kind == .syntax)
        #expect(error.position == SourcePosition(line: 2, column: 5, character: 14))
    }

    @Test("separates statements and their places")
    func statements() throws {
        let tree = try ParseTree.parse(" SELECT 1; /* x */ SELECT 2 ;")
        #expect(tree.statements.count == 2)
        #expect(tree.statements[1].int("stmt_location") == 10)
        #expect(tree.statements.allSatisfy { $0.kind == .rawStmt && $0["stmt"]?.kind == .selectStmt })
        #expect(try ParseTree.parse(" -- nothing\n;;").statements.isEmpty)
    }

    @Test("keeps the name of kinds that no SELECT has")
    func otherKinds() throws {
        let statement = try select("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING RETURNING a")
        #expect(statement.kind == .other)
        #expect(statement.kindName == "InsertStmt")
        #expect(statement["relation"]?.kind == .rangeVar)
    }
}
