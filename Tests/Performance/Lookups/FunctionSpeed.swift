import EmbeddedSQL
import FeatureModel
import Foundation
import RealtimeSQLite
import SQLDialect

/// What PostgreSQL's exact answers cost: an expression as the compiler writes it, against what SQLite alone has for it, over the same rows
/// of one table in memory, in turns.
struct FunctionSpeed {
    private struct Case {
        let name: String
        /// In PostgreSQL's canonical form, over `m`.
        let exact: String
        /// What one would write for SQLite without minding the difference.
        let plain: String

        init(_ name: String, _ exact: String, _ plain: String) { (self.name, self.exact, self.plain) = (name, exact, plain) }
    }

    private static let cases = [
        Case("integer + integer", "count((m.a + m.b))", "count(a + b)"),
        Case("integer / integer", "count((m.a / m.b))", "count(a / b)"),
        Case("bigint sum", "sum(m.a)", "sum(a)"),
        Case("numeric(10,2) + numeric(10,2)", "count((m.p + m.q))", "count(rp + rq)"),
        Case("numeric(10,2) * numeric(10,2)", "count((m.p * m.q))", "count(rp * rq)"),
        Case("numeric(10,2) compared", "count(*) FILTER (WHERE (m.p < m.q))", "count(*) FILTER (WHERE rp < rq)"),
        Case("numeric(10,2) sum", "sum(m.p)", "sum(rp)"),
        Case("numeric(10,2) average", "avg(m.p)", "avg(rp)"),
        Case("numeric(10,2) / numeric(10,2)", "count((m.p / m.q))", "count(rp / rq)"),
        Case("round(numeric(10,2), 1)", "count(round(m.p, 1))", "count(round(rp, 1))"),
        Case("numeric + numeric", "count((m.n + m.o))", "count(rp + rq)"),
        Case("numeric compared", "count(*) FILTER (WHERE (m.n < m.o))", "count(*) FILTER (WHERE rp < rq)"),
        Case("numeric sum", "sum(m.n)", "sum(rp)"),
        Case("double + double", "count((m.x + m.y))", "count(x + y)"),
        Case("double sum", "sum(m.x)", "sum(x)"),
        Case("lower(text)", "count(lower(m.t))", "count(lower(t))"),
        Case("length(text)", "count(length(m.t))", "count(length(t))"),
        Case("substring(text, 2, 3)", "count(\"substring\"(m.t, 2, 3))", "count(substr(t, 2, 3))"),
        Case("text LIKE '%b%'", "count(*) FILTER (WHERE (m.t ~~ '%b%'::text))", "count(*) FILTER (WHERE t LIKE '%b%')"),
        Case("integer::text", "count(((m.a)::text))", "count(CAST(a AS TEXT))"),
        Case("date_trunc('month', timestamp)", "count(date_trunc('month'::text, m.ts))", "count(date(iso, 'start of month'))"),
        Case("extract(year from timestamp)", "count(EXTRACT(year FROM m.ts))", "count(CAST(strftime('%Y', iso) AS INTEGER))"),
        Case("timestamp + interval '1 day'", "count((m.ts + '1 day'::interval))", "count(datetime(iso, '+1 day'))"),
        Case("max(timestamp)", "max(m.ts)", "max(iso)"),
    ]

    private let connection: Connection
    private let rows: Int

    init(rows: Int) throws {
        self.rows = rows
        connection = try Connection(.memory)
        try PostgresFunctions.register(on: connection)
        // As the mirror holds them, and beside them what plain SQLite would.
        try connection.execute(
            """
            CREATE TABLE "public.m" (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, p INTEGER, q INTEGER, n TEXT, o TEXT, x REAL, y REAL, t TEXT, ts INTEGER, rp REAL, rq REAL, iso TEXT);
            WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < \(rows))
            INSERT INTO "public.m" SELECT i, i % 1000, i % 7 + 1, i % 10007 * 3, i % 901 + 1, printf('%d.%03d', i % 700, i % 1000), printf('%d.%02d', i % 300, i % 100),
                i * 0.37, i * 1.7, substr('AbcDefGhiJkl', i % 9 + 1) || i % 5000, (i % 400 + 19000) * 86400000000 + i * 1000, i % 10007 * 0.03, (i % 901 + 1) * 0.01,
                datetime((i % 400 + 19000) * 86400, 'unixepoch') FROM s;
            """)
    }

    private static let table = TableDefinition(
        name: TableName(schema: "public", name: "m"), kind: .table,
        columns: [
            ("id", PostgresType(.int4)), ("a", PostgresType(.int4)), ("b", PostgresType(.int4)), ("p", .numeric(precision: 10, scale: 2)),
            ("q", .numeric(precision: 10, scale: 2)),
            ("n", PostgresType(.numeric)), ("o", PostgresType(.numeric)), ("x", PostgresType(.float8)), ("y", PostgresType(.float8)),
            ("t", PostgresType(.text)),
            ("ts", PostgresType(.timestamp)),
        ].map { TableDefinition.Column(name: $0.0, type: $0.1, isNullable: $0.0 != "id") }, primaryKey: ["id"])

    /// Nanoseconds a row: exact, plain, and the median of the rounds' ratios.
    func table() throws -> [(name: String, exact: Double, plain: Double, ratio: Double)] {
        try Self.cases.map { one in
            let exact = try connection.prepare(exactSQL(one)), plain = try connection.prepare("SELECT \(one.plain) AS x FROM \"public.m\"")
            var pairs: [(Double, Double)] = []
            for _ in 0..<7 { pairs.append((try time(exact), try time(plain))) }
            func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
            return (one.name, median(pairs.map(\.0)), median(pairs.map(\.1)), median(pairs.map { $0.0 / $0.1 }))
        }
    }

    private func exactSQL(_ one: Case) throws -> String {
        let type: PostgresType =
            one.exact.hasPrefix("max")
            ? PostgresType(.timestamp)
            : one.exact.hasPrefix("sum(m.x")
                ? PostgresType(.float8)
                : one.exact.hasPrefix("sum(m.a") || one.exact.hasPrefix("count") ? PostgresType(.int8) : PostgresType(.numeric)
        let input = ServingInput(
            canonicalSQL: "SELECT \(one.exact) AS x FROM public.m", views: [:], tables: [Self.table], output: [("x", type)], hasBinaryCollation: true,
            timeZone: "UTC")
        switch try ServingCompiler(input).compile(key: []) {
        case .statement(let statement): return statement.sql
        case .obstacles(let obstacles): throw Unservable(what: one.name, why: obstacles.map(\.construct))
        }
    }

    private struct Unservable: Error {
        let what: String
        let why: [String]
    }

    private func time(_ statement: Statement) throws -> Double {
        let start = ContinuousClock.now
        while try statement.step() {}
        statement.reset()
        return start.duration(to: .now) / .nanoseconds(1) / Double(rows)
    }
}
