import FeatureModel
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("Rows as JSON", .timeLimit(.minutes(2)))
struct JSONRowsTests {
    @Test("are the bytes of row_to_json, in the query's order")
    func bytes() async throws {
        let fixture = try WarehouseFixture("CREATE TABLE t AS SELECT n, n * 1.50 AS price, 'x\"' || n AS label FROM generate_series(1, 5) n")
        let sql = "SELECT n, price, label, NULL::date AS day FROM t ORDER BY n DESC"
        let expected = try fixture.database.run("SELECT string_agg(row_to_json(q)::text, ',') FROM (\(sql)) q")
        #expect(try await fixture.json(sql) == expected)
        #expect(try await fixture.json("SELECT 1 AS one WHERE false") == "")
    }

    @Test(
        "accepts comments, semicolons and quotes wherever PostgreSQL does",
        arguments: [
            "SELECT 1 AS a;", "SELECT 1 AS a -- the end;", "/* first; */ SELECT 1 AS a /* a /* nested; */ one */ ;; -- more",
            "SELECT 1 AS a\n;\n", "VALUES (1);", "WITH w AS (SELECT 1 AS a) SELECT a FROM w;",
        ])
    func oneStatement(sql: String) async throws {
        let text = try await WarehouseFixture.shared.get().json(sql)
        #expect(text == #"{"a":1}"# || text == #"{"column1":1}"#)
    }

    @Test("leaves text in quotes alone")
    func quotes() async throws {
        let fixture = try WarehouseFixture.shared.get()
        #expect(
            try await fixture.json(#"SELECT 'a;b' AS x, E'it\'s;' AS y, $q$;'$q$ AS z, "w;" FROM (SELECT 1 AS "w;") s;"#)
                == #"{"x":"a;b","y":"it's;","z":";'","w;":1}"#)
        #expect(
            try await fixture.json("SELECT 100 % 30 AS modulo, 'true story about feature_store.users' AS story")
                == #"{"modulo":10,"story":"true story about feature_store.users"}"#)
    }

    @Test(
        "refuses what is not one SELECT, before anything runs",
        arguments: [
            ("SELECT 1; DROP TABLE t", "42601"), ("SELECT 1) q) TO PROGRAM 'touch /tmp/never' --", "42601"),
            ("SELECT 1 AS a) TO STDOUT; --", "42601"),
            ("SELEC 1", "42601"), ("SELECT nothing_like_it", "42703"), ("SELECT $1", "42P02"), ("CREATE TABLE u (n int)", nil),
            ("INSERT INTO t VALUES (1)", nil), ("INSERT INTO t VALUES (1) RETURNING n", "42601"), ("SHOW timezone", "42601"), ("", nil),
        ] as [(String, String?)])
    func refuses(sql: String, sqlstate: String?) async throws {
        let fixture = try WarehouseFixture.shared.get()
        let error = await #expect(throws: WarehouseError.self) { try await fixture.json(sql) }
        #expect(error?.kind == .statementRefused)
        #expect(error?.sqlstate == sqlstate)
        #expect(try fixture.database.run("SELECT count(*) FROM t") == "0")
    }

    @Test("an error has PostgreSQL's words, state, hint and the place in the text as sent")
    func positions() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let error = await #expect(throws: WarehouseError.self) { try await fixture.json("SELECT 'é' AS a,\n  nn FROM t") }
        #expect(error?.sqlstate == "42703")
        #expect(error?.reason == "column \"nn\" does not exist")
        #expect(error?.hint == "Perhaps you meant to reference the column \"t.n\".")
        #expect(error?.position == SourcePosition(line: 2, column: 3, character: 20))
    }

    @Test("an error in the middle of the rows ends the stream with PostgreSQL's words")
    func failsLate() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let error = await #expect(throws: WarehouseError.self) { try await fixture.json("SELECT 1 / (5 - n) AS q FROM generate_series(1, 10) n") }
        #expect(error?.sqlstate == "22012")
        #expect(try await fixture.json("SELECT 1 AS a") == #"{"a":1}"#)
    }

    @Test("200,000 rows come in batches of bounded size, none lost")
    func large() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let stream = try await fixture.warehouse.jsonRows(
            of: "SELECT n, repeat('x', 50) AS filler FROM generate_series(1, 200000) n", limits: RunLimits())
        var rows = 0, largest = 0
        for try await batch in stream {
            rows += batch.rowCount
            largest = max(largest, batch.bytes.count)
        }
        #expect(rows == 200_000)
        #expect(largest < 300_000)
    }

    @Test("more rows than the limit is an error that says so; exactly the limit is none")
    func rowLimit() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let error = await #expect(throws: WarehouseError.self) {
            try await fixture.json("SELECT n FROM generate_series(1, 100000) n", limits: RunLimits(seconds: 60, rows: 10))
        }
        #expect(error?.kind == .rowLimit)
        #expect(try await fixture.json("SELECT n FROM generate_series(1, 2) n", limits: RunLimits(seconds: 60, rows: 2)) == #"{"n":1},{"n":2}"#)
    }
}

extension WarehouseFixture {
    /// For tests that only read: one empty table `t (n int)`.
    static let shared = Result { try WarehouseFixture("CREATE TABLE t (n int)") }
}
