import FeatureModel
import Foundation
import Testing

@testable import SQLDialect

@Suite("A key's condition goes inside")
struct PushDownTests {
    private let int4 = PostgresType(.int4), int8 = PostgresType(.int8), text = PostgresType(.text)
    private let grouped = "SELECT k.id, count(*) AS n FROM public.k GROUP BY k.id"

    private func keyed(_ sql: String, _ output: [(name: String, type: PostgresType)], _ key: [String] = ["id"]) throws -> RealtimeStatement {
        try #require(try Canonical.compile(sql, output, key: key).statement)
    }

    @Test("RIGHT JOIN is a LEFT JOIN the other way round, of which the rest follows")
    func rightJoin() throws {
        let sql = "SELECT a.id, g.n FROM ((\(grouped)) g RIGHT JOIN public.k a ON ((g.id = a.id)))"
        #expect(
            try keyed(sql, [("id", int4), ("n", int8)]).sql == """
                SELECT t3."id" AS "id", t2.c2 AS "n" FROM "public.k" AS t3 LEFT JOIN (SELECT t1."id" AS "c1", count(*) AS "c2" FROM "public.k" AS t1 \
                WHERE (t1."id" = ?1) GROUP BY t1."id") AS t2 ON (t2.c1 = t3."id") WHERE (t3."id" = ?1)
                """)
    }

    @Test("an outer join whose added rows have no key is an inner one; the columns that FULL JOIN merges are an expression")
    func reducedJoins() throws {
        func joined(_ kind: String, _ column: String) throws -> RealtimeStatement {
            try keyed("SELECT \(column) AS id, b.t FROM (public.k a \(kind) JOIN public.k b ON ((a.id = b.id)))", [("id", int4), ("t", text)])
        }
        #expect(try joined("FULL", "a.id").sql.contains("LEFT JOIN"))
        #expect(try joined("FULL", "b.id").sql.contains(#"FROM "public.k" AS t2 LEFT JOIN "public.k" AS t1"#))
        #expect(try joined("LEFT", "b.id").sql.contains("LEFT") == false)
        #expect(try joined("LEFT", "a.id").sql.contains("LEFT JOIN"))
        let merged = try joined("FULL", "COALESCE(a.id, b.id)")
        #expect(merged.sql.contains("FULL JOIN") && merged.reach.reasons == [PushBarrier.expression.reason], "\(merged)")
    }

    @Test("the total of a ROLLUP has no key, and is not computed")
    func rollup() throws {
        let statement = try keyed("SELECT k.id, count(*) AS n FROM public.k GROUP BY ROLLUP(k.id)", [("id", int4), ("n", int8)])
        #expect(statement.sql.contains(#"SELECT NULL AS "c1", NULL AS "c2" WHERE 0"#), "\(statement.sql)")
        #expect(statement.reach.unreached.isEmpty)
    }

    @Test("NOT IN takes it only where the column cannot be null, IN as a value likewise, IN as a condition always")
    func inSubqueries() throws {
        func sql(_ condition: String) throws -> String {
            try keyed("SELECT k.id, k.t FROM public.k WHERE (\(condition))", [("id", int4), ("t", text)]).sql
        }
        #expect(try sql("k.id IN ( SELECT x.i8 FROM public.k x)").components(separatedBy: "?1").count == 3)
        #expect(try sql("NOT (k.id IN ( SELECT x.i8 FROM public.k x))").components(separatedBy: "?1").count == 2)
        #expect(try sql("NOT (k.id IN ( SELECT x.id FROM public.k x))").components(separatedBy: "?1").count == 3)
        #expect(try sql("(k.id IN ( SELECT x.i8 FROM public.k x)) IS NULL").components(separatedBy: "?1").count == 2)
        #expect(try sql("NOT (k.id IN ( SELECT x.id FROM public.k x ORDER BY x.id LIMIT 3))").components(separatedBy: "?1").count == 2)
    }

    @Test("reaches into the arguments of functions that give rows, and a table that one of them reads whole is not reached")
    func seriesArguments() throws {
        func reach(_ condition: String) throws -> RealtimeStatement {
            let sql = "SELECT a.id, x.t FROM public.k a, LATERAL unnest(ARRAY( SELECT b.t FROM public.k b\(condition) ORDER BY b.t)) x(t)"
            return try keyed(sql, [("id", int4), ("t", text)])
        }
        #expect(try reach("").reach.unreached.map(\.name) == ["k"])
        #expect(try reach("").keyedTables.isEmpty)
        #expect(try reach(" WHERE (b.id = a.id)").reach.unreached.isEmpty)
        #expect(try reach(" WHERE (b.id = a.id)").sql.contains(#"FROM "public.k" AS t2 WHERE (t2."id" = t1."id")"#))
    }

    @Test("a common table is copied once for each set of conditions, and the unrestricted one goes when nobody reads it")
    func copies() throws {
        let sql = "WITH g AS (\(grouped)) SELECT a.id, b.n FROM (g a JOIN g b ON ((a.id = b.id)))"
        let statement = try keyed(sql, [("id", int4), ("n", int8)])
        #expect(statement.sql.components(separatedBy: "GROUP BY").count == 2, "\(statement.sql)")
    }

    @Test("common tables that double with every step do not make the statement grow without end")
    func doubling() throws {
        var tables = ["w0 AS (SELECT k.id, k.i8 AS a, k.i8 AS b, k.i8 AS c FROM public.k)"]
        for step in 1...40 {
            tables.append(
                """
                w\(step) AS (SELECT x.id, y.b AS a, x.c AS b, y.a AS c FROM (w\(step - 1) x JOIN w\(step - 1) y ON (((x.id = y.id) AND (x.a = y.a) AND (x.b = y.c)))))
                """)
        }
        let sql = "WITH " + tables.joined(separator: ", ") + " SELECT w40.id, w40.a FROM w40 WHERE (w40.c = w40.a)"
        let statement = try keyed(sql, [("id", int4), ("a", int8)], ["id", "a"])
        #expect(statement.sql.utf8.count < 1_000_000)
        #expect(statement.sql.components(separatedBy: " AS (SELECT").count < 300)
    }

    @Test("sub-queries of IN that nest deeply are followed as far as that is quick")
    func nesting() throws {
        let inner = (1...20).reduce("SELECT x0.id FROM public.k x0") { "SELECT x\($1).i8 FROM public.k x\($1) WHERE (x\($1).i8 IN ( \($0)))" }
        let statement = try keyed("SELECT k.id FROM public.k WHERE (k.id IN ( \(inner)))", [("id", int4)])
        #expect(statement.sql.components(separatedBy: "?1").count > 20)
    }

    @Test("a window partitioned by what the key follows from, or the key by it, lives or dies as a whole")
    func determinedPartitions() throws {
        func isInside(_ partition: String) throws -> Bool {
            let sql = """
                SELECT a.id, count(*) OVER (PARTITION BY \(partition)) AS n FROM (public.k a JOIN public.k b ON ((b.i8 = a.id)))
                """
            return try keyed(sql, [("id", int4), ("n", int8)]).reach.unreached.isEmpty
        }
        #expect(try isInside("a.id"))
        #expect(try isInside("b.i8"))
        #expect(try isInside("b.id"), "b's primary key says what b.i8 is, and so a.id")
        #expect(try !isInside("a.t"))
        #expect(try !isInside("b.t"))
    }

    @Test("the clock is no key")
    func clock() throws {
        let sql = "SELECT a.id, b.t FROM (public.k a JOIN public.k b ON ((b.tz = now())))"
        #expect(try keyed(sql, [("id", int4), ("t", text)]).reach.unreached.map(\.name) == ["k"])
    }

    @Test("rows of other keys that share a value are told from the key's own")
    func shared() throws {
        func shared(_ condition: String) throws -> [String] {
            try keyed("SELECT a.id, b.t FROM (public.k a JOIN public.k b ON ((\(condition))))", [("id", int4), ("t", text)]).reach.shared.map(\.name)
        }
        #expect(try shared("b.i8 = a.id") == [])
        #expect(try shared("b.t = a.t") == ["k"])
        #expect(try shared("b.id = a.i8") == ["k"])
    }
}
