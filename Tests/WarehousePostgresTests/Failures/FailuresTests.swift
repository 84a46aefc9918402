import EmbeddedPostgres
import FeatureModel
import Foundation
import Testing
import TestServers
import Warehouse
@testable import WarehousePostgres

@Suite("When things go wrong", .timeLimit(.minutes(2)))
struct FailuresTests {
    private func isRunning(_ mark: String, in database: TestDatabase) throws -> Bool {
        try database.run(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%\(mark)%' AND pid <> pg_backend_pid()") != "0"
    }

    @Test("cancelling the task before the first row stops the statement on the server")
    func cancelEarly() async throws {
        let fixture = try WarehouseFixture()
        let task = Task { try await fixture.json("SELECT pg_sleep(600), 'mark1' AS m") }
        try await eventually { try isRunning("mark1", in: fixture.database) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await eventually { try !isRunning("mark1", in: fixture.database) }
        #expect(try await fixture.json("SELECT 1 AS a") == #"{"a":1}"#)
    }

    @Test("dropping a stream half read stops the statement and frees the session")
    func abandoned() async throws {
        var limits = PostgresWarehouse.Limits()
        limits.connections = 3
        let fixture = try WarehouseFixture(limits: limits)
        do {
            var rows = try await fixture.warehouse.jsonRows(of: "SELECT generate_series(1, 1000000000) AS n, 'mark2' AS m", limits: RunLimits())
                .makeAsyncIterator()
            let first = try await rows.next()
            #expect((first?.rowCount ?? 0) > 0)
            #expect(try isRunning("mark2", in: fixture.database))
        }
        try await eventually { try !isRunning("mark2", in: fixture.database) }
        // There is one session for streams: this one waits for it.
        #expect(try await fixture.json("SELECT 1 AS a") == #"{"a":1}"#)
    }

    @Test("breaking out of the loop does so too, and a stream that nobody ever reads")
    func neverRead() async throws {
        let fixture = try WarehouseFixture()
        for try await _ in try await fixture.warehouse.jsonRows(of: "SELECT generate_series(1, 1000000000) AS n, 'mark3' AS m", limits: RunLimits()) {
            break
        }
        _ = try await fixture.warehouse.jsonRows(of: "SELECT generate_series(1, 1000000000) AS n, 'mark3' AS m", limits: RunLimits())
        try await eventually { try !isRunning("mark3", in: fixture.database) }
    }

    @Test("a slow reader holds the server back instead of filling the memory")
    func backPressure() async throws {
        let fixture = try WarehouseFixture()
        let rows = try await fixture.warehouse.jsonRows(
            of: "SELECT generate_series(1, 1000000000) AS n, repeat('x', 1000) AS filler, 'mark4' AS m", limits: RunLimits())
        var reader = rows.makeAsyncIterator()
        _ = try await reader.next()
        try await eventually {
            try fixture.database.run("SELECT wait_event FROM pg_stat_activity WHERE query LIKE '%mark4%' AND pid <> pg_backend_pid()")
                == "ClientWrite"
        }
        _ = try await reader.next()
    }

    @Test("the time limit is PostgreSQL's own, and has a name")
    func timeout() async throws {
        let fixture = try WarehouseFixture()
        let early = await #expect(throws: WarehouseError.self) { try await fixture.json("SELECT pg_sleep(600)", limits: RunLimits(seconds: 0.05)) }
        #expect(early?.kind == .timeout)
        let late = await #expect(throws: WarehouseError.self) {
            try await fixture.frames(
                "SELECT n, CASE WHEN n = 100000 THEN pg_sleep(600)::text END AS s FROM generate_series(1, 200000) n", limits: RunLimits(seconds: 1))
        }
        #expect(late?.kind == .timeout)
    }

    @Test("more callers than sessions wait; more than the queue holds are told busy, and so are those who wait too long")
    func busy() async throws {
        var limits = PostgresWarehouse.Limits()
        limits.connections = 3
        limits.queue = 1
        limits.patience = 0.2
        let fixture = try WarehouseFixture(limits: limits)
        let running = try await fixture.warehouse.jsonRows(of: "SELECT generate_series(1, 1000000000)", limits: RunLimits())
        let error = await #expect(throws: WarehouseError.self) { try await fixture.json("SELECT 1 AS a") }
        #expect(error?.kind == .busy)
        // Questions have sessions of their own.
        try await fixture.warehouse.ping()
        withExtendedLifetime(running) {}
    }

    @Test("a killed server is unavailable, and reached again by itself when it is back")
    func serverKilled() async throws {
        let folder = try TemporaryFolder.make("fsembed")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = EmbeddedPostgres(folder: folder.path + "/pg", profile: .scratch, log: .silent)
        try await server.start()
        let warehouse = try PostgresWarehouse(url: server.connectionString(), searchPath: ["public"], log: .silent)
        var rows = try await warehouse.jsonRows(of: "SELECT generate_series(1, 1000000000)", limits: RunLimits()).makeAsyncIterator()
        _ = try await rows.next()
        try await warehouse.ping()
        await server.stop()
        let lost = await #expect(throws: WarehouseError.self) { while try await rows.next() != nil {} }
        #expect(lost?.kind == .unavailable)
        let away = await #expect(throws: WarehouseError.self) { try await warehouse.ping() }
        #expect(away?.kind == .unavailable)
        #expect(away?.retryAfter != nil)

        let second = EmbeddedPostgres(folder: folder.path + "/pg", profile: .scratch, log: .silent)
        try await second.start()
        let back = try PostgresWarehouse(url: second.connectionString(), searchPath: ["public"], log: .silent)
        try await back.ping()
        let killed = try #require(second.processID)
        kill(killed, SIGKILL)
        // Until then a session of the killed server may still answer.
        try await eventually { ![nil, killed].contains(second.processID) }
        try await eventually { (try? await back.ping()) != nil }
        #expect(try await back.describe("SELECT 1 AS a").count == 1)
        await second.stop()
    }

    @Test("a session that the server ended while idle is replaced without the caller noticing")
    func idleSessionEnded() async throws {
        let fixture = try WarehouseFixture()
        _ = try await fixture.warehouse.describe("SELECT 1")
        try fixture.database.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        _ = try await fixture.warehouse.describe("SELECT 1")
    }

    @Test(
        "no error shows the address or the password",
        arguments: [
            "postgres://someone:hunter2@127.0.0.1:1/db", "host=127.0.0.1 port=1 user=someone password=hunter2",
            "postgres://someone:hun@ter2@127.0.0.1:1/db",
            "postgres://someone:hunter2@no-such-host.invalid/db", "host=/nowhere/hunter2 user=someone",
        ])
    func secrets(url: String) async throws {
        let error = await #expect(throws: WarehouseError.self) {
            try await PostgresWarehouse(url: url, searchPath: ["public"], log: .silent).ping()
        }
        let shown = String(describing: error) + (error?.hint ?? "") + String(reflecting: error)
        for secret in ["hunter2", "ter2", "someone", "127.0.0.1", "no-such-host"] { #expect(!shown.contains(secret)) }
        #expect(error?.kind == .unavailable)
    }

    @Test("an address that cannot be read is refused at once", arguments: ["hunter2 user", "password='hunter2", "postgres://u:hunter2@[::1/db"])
    func unreadable(url: String) {
        let error = #expect(throws: WarehouseError.self) { try PostgresWarehouse(url: url, searchPath: ["public"], log: .silent) }
        #expect(error.map { "\($0) \($0.hint ?? "")".contains("hunter2") } == false)
    }

    @Test(
        "writes are refused by the READ ONLY transaction alone, for the owner of everything",
        arguments: [
            ("SELECT nextval('s')", "25006"), ("SELECT * FROM t FOR UPDATE", "25006"), ("SELECT setval('s', 1)", "25006"),
            ("SELECT write_it()", "25006"),
            ("WITH w AS (INSERT INTO t VALUES (1) RETURNING n) SELECT * FROM w", "25006"), ("SELECT * INTO u FROM t", nil),
            ("SELECT change_mode()", "25001"),
        ] as [(String, String?)])
    func readOnly(sql: String, sqlstate: String?) async throws {
        let fixture = try WarehouseFixture(
            """
            CREATE TABLE t (n int); INSERT INTO t VALUES (0); CREATE SEQUENCE s;
            CREATE FUNCTION write_it() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1) RETURNING n';
            CREATE FUNCTION change_mode() RETURNS int LANGUAGE plpgsql AS 'BEGIN SET transaction_read_only = off; INSERT INTO t VALUES (1); RETURN 1; END';
            """)
        let error = await #expect(throws: WarehouseError.self) { try await fixture.json(sql) }
        #expect(error?.kind == .statementRefused)
        if sqlstate == "25006" { #expect(["25006", "0A000"].contains(error?.sqlstate)) }
        #expect(try fixture.database.run("SELECT count(*), (SELECT is_called FROM s), to_regclass('u') IS NULL FROM t") == "1|f|t")
    }

    @Test("a statement that sets the session's settings does not change the next caller's")
    func settingsStay() async throws {
        var limits = PostgresWarehouse.Limits()
        limits.connections = 3
        let fixture = try WarehouseFixture(limits: limits)
        _ = try? await fixture.json(
            "SELECT set_config('timezone', 'Asia/Tokyo', false), set_config('default_transaction_read_only', 'off', false) AS b")
        #expect(
            try await fixture.json("SELECT current_setting('TimeZone') AS z, current_setting('transaction_read_only') AS r")
                == #"{"z":"UTC","r":"on"}"#)
    }
}
