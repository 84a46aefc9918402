import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Output columns of sub-selects that nothing refers to")
struct UnusedOutputTests {
    private let id = (name: "id", type: PostgresType(.int4))

    @Test("are null, and so are those that only they refer to")
    func dropped() throws {
        let sql = """
             SELECT y.id
               FROM ( SELECT x.id, (x.u || 'b'::text) AS v
                       FROM ( SELECT k.id, upper(k.t) AS u
                               FROM public.k) x) y
            """
        #expect(
            try Canonical.compile(sql, [id]).sql == """
                SELECT t3.c1 AS "id" FROM (SELECT t2.c1 AS "c1", NULL AS "c2" FROM (SELECT t1."id" AS "c1", NULL AS "c2" FROM "public.k" AS t1) AS t2) AS t3
                """)
    }

    @Test(
        "stay where the rows depend on them: under DISTINCT, in the order, in a set operation",
        arguments: [
            "SELECT DISTINCT k.id, k.t FROM public.k", "SELECT k.id, k.t FROM public.k ORDER BY k.t, k.id LIMIT 3",
            "SELECT k.id, k.t FROM public.k UNION SELECT k.id, k.t FROM public.k",
        ])
    func kept(_ inner: String) throws {
        let text = try #require(try Canonical.compile(" SELECT x.id\n   FROM ( \(inner)) x", [id]).sql)
        #expect(text.contains("\"t\""), "\(text)")
    }

    @Test("are dropped from a common table that PostgreSQL puts in place of its one reference, and computed in any other")
    func commonTables() throws {
        func compiled(_ words: String, _ from: String) throws -> String {
            let sql = " WITH x AS\(words) (\n         SELECT k.id,\n            upper(k.t) AS u\n           FROM public.k\n        )\n SELECT x.id\n   FROM \(from)"
            return try #require(try Canonical.compile(sql, [id]).sql)
        }
        #expect(try !compiled("", "x").contains("upper"))
        #expect(try compiled(" MATERIALIZED", "x").contains("upper"))
        #expect(try compiled("", "(x JOIN x y ON ((x.id = y.id)))").contains("upper"))
    }

    @Test("of a SQL ETL's input are keys all the same, and are dropped behind the key's condition")
    func input() throws {
        let sql = """
             WITH input AS (
                     SELECT k.id,
                        k.i8 AS n,
                        upper(k.t) AS u
                       FROM public.k
                    )
             SELECT input.n
               FROM input
            """
        let compiler = try Canonical.compiler(sql, [(name: "n", type: PostgresType(.int8))])
        guard case .statement(let statement) = compiler.compile(key: ["id"], in: "input") else { return #expect(Bool(false)) }
        #expect(statement.sql == """
            WITH w1 AS (SELECT NULL AS "c1", t1."i8" AS "c2", NULL AS "c3" FROM "public.k" AS t1 WHERE (t1."id" = ?1)) SELECT t2.c2 AS "n" FROM w1 AS t2
            """)
    }
}
