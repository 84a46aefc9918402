import EmbeddedSQL
import FeatureModel
import Formats
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("A lookup") struct LookupTests {
    private let store: SQLiteRealtimeStore
    private let users = Fixture.users
    private let quotes = Fixture.quotes

    init() throws { store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2, indexesPerTable: 2)) }

    private static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"

    private func endless(_ sql: String = Self.endless) async throws -> any PreparedLookup {
        try await store.load(users, rows: [])
        return try await store.prepare(Fixture.statement(sql, key: nil, columns: [("i", PostgresType(.int8))], tables: [users.name]))
    }

    @Test("joins two tables by an index that it asked for")
    func join() async throws {
        try await store.load(users, rows: [["a", "Anna", 1], ["b", "Bert", 2]])
        try await store.load(quotes, rows: [[1, "a", "10.50"], [2, "a", "0.05"], [3, "b", "7.00"]])
        let statement = Fixture.statement(
            "SELECT u.name, q.price FROM \"s.users\" AS u JOIN \"s.quotes\" AS q ON q.user_id = u.user_id WHERE u.user_id = ?1 ORDER BY q.quote_id",
            key: ("user_id", PostgresType(.text)), columns: [("name", PostgresType(.text)), ("price", .numeric(precision: 10, scale: 2))],
            tables: [users.name, quotes.name], indexes: [.init(table: quotes.name, columns: ["user_id"])])
        let lookup = try await store.prepare(statement)
        #expect(lookup.visitsFewRows)
        #expect(try await store.rows(lookup, "a") == [["Anna", "10.50"], ["Anna", "0.05"]])
        #expect(try await store.rows(lookup, "zz") == [])
    }

    @Test("writes its rows as JSON behind what is there, in the columns asked for")
    func written() async throws {
        try await store.load(quotes, rows: [[1, "a", "0.05"], [2, "a", "10.50"], [3, "b", "7.00"]])
        let lookup = try await store.prepare(Fixture.lookup(quotes, by: "user_id"))
        let encoder = JSONRowEncoder(schema: lookup.statement.schema, columns: [2, 0])
        var out = Array("[".utf8)
        try await store.rows(lookup, key: ["a"], limits: LookupLimits(), as: encoder, to: &out)
        #expect(String(decoding: out, as: UTF8.self) == #"[{"price":0.05,"quote_id":1},{"price":10.50,"quote_id":2}"#)
        try await store.rows(lookup, key: ["zz"], limits: LookupLimits(), as: encoder, to: &out)
        #expect(out.last == UInt8(ascii: "}"))
        await #expect(throws: RealtimeError.self) { try await store.rows(lookup, key: ["a"], limits: LookupLimits(rows: 1), as: encoder, to: &out) }
    }

    @Test("that takes too many steps for its caller's thread begins anew on another, and writes each row once")
    func begunAnew() async throws {
        try await store.load(users, rows: [])
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n WHERE ?1 = 'a' AND i % 1000 = 0"
        let lookup = try await store.prepare(Fixture.statement(sql, key: ("k", PostgresType(.text)), columns: [("i", PostgresType(.int8))], tables: [users.name]))
        #expect(lookup.visitsFewRows)
        var out = Array("x".utf8)
        try await store.rows(lookup, key: ["a"], limits: LookupLimits(seconds: 60), as: JSONRowEncoder(schema: lookup.statement.schema), to: &out)
        let expected = "x" + (1...100).map { "{\"i\":\($0 * 1000)}" }.joined(separator: ",")
        #expect(String(decoding: out, as: UTF8.self) == expected)
    }

    @Test("tells a plan that scans from one that seeks, whatever the aliases")
    func plans() async throws {
        try await store.load(users, rows: [])
        try await store.load(quotes, rows: [])
        let price = [("n", PostgresType(.int8))]
        let judge: (String) async throws -> Bool = { sql in
            try await store.prepare(Fixture.statement(sql, key: ("k", PostgresType(.text)), columns: price, tables: [users.name, quotes.name]))
                .visitsFewRows
        }
        #expect(try await judge("SELECT 1 FROM \"s.users\" WHERE user_id = ?1"))
        #expect(try await judge("SELECT count(*) FROM (SELECT 1 FROM \"s.users\" WHERE user_id = ?1) AS g"))
        #expect(try await judge("WITH g AS MATERIALIZED (SELECT born FROM \"s.users\" WHERE user_id = ?1) SELECT count(*) FROM g AS a, g AS b"))
        #expect(try await judge("SELECT value FROM json_each('[1,2]') WHERE ?1 = 'x'"))
        #expect(try await !judge("SELECT count(*) FROM \"s.users\" WHERE ?1 = 'x'"))
        #expect(try await !judge("SELECT 1 FROM \"s.users\" AS g WHERE g.name = ?1"))
        #expect(try await !judge("SELECT 1 FROM \"s.users\" AS u JOIN \"s.quotes\" AS q ON q.user_id = u.name WHERE u.user_id = ?1"))
        #expect(
            try await !judge("SELECT 1 FROM \"s.users\" WHERE user_id = ?1 AND born > (SELECT max(quote_id) FROM \"s.quotes\" WHERE user_id = 'x')"))
    }

    @Test(
        "finds nothing by a text that tries to be SQL", arguments: ["x' OR '1'='1", "'; DROP TABLE \"s.users\"; --", "a\" OR 1=1", "%", "a'--", "\\"])
    func injection(key: String) async throws {
        try await store.load(users, rows: [["a", "Anna", 1]])
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        #expect(try await store.rows(lookup, .text(key)) == [])
        #expect(try await store.rows(lookup, "a").count == 1)
    }

    @Test("that would never end is ended by its time limit, scanning or not")
    func timeLimit() async throws {
        let lookup = try await endless()
        let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup, key: [], limits: LookupLimits(seconds: 0.05)) }
        #expect(error?.kind == .timeLimit)
        #expect(error?.fault == .timeout)
        // Both copies are free again.
        for _ in 0..<4 { await #expect(throws: RealtimeError.self) { try await store.rows(lookup, key: [], limits: LookupLimits(seconds: 0.01)) } }
    }

    @Test("that would never end is ended when its task is cancelled")
    func cancelled() async throws {
        let lookup = try await endless()
        let (began, signal) = AsyncStream<Void>.makeStream()
        let running = Task { [store] in
            signal.yield()
            return try await store.rows(lookup, key: [], limits: LookupLimits(seconds: 3_600))
        }
        for await _ in began { break }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(try await store.rows(try await store.prepare(Fixture.lookup(users, by: "user_id")), "a") == [])
    }

    @Test("gives no more rows and bytes than its limits")
    func limits() async throws {
        let lookup = try await endless("SELECT value FROM json_each('[1,2,3]')")
        #expect(try await store.rows(lookup, key: [], limits: LookupLimits(rows: 3)).rowCount == 3)
        for limits in [LookupLimits(rows: 2), LookupLimits(bytes: 20)] {
            let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup, key: [], limits: limits) }
            #expect(error?.kind == .rowLimit)
        }
    }

    @Test("waits for the first load of what it reads")
    func loading() async throws {
        let absent = await #expect(throws: RealtimeError.self) { try await store.prepare(Fixture.lookup(users, by: "user_id")) }
        #expect(absent?.kind == .loading)
        try await store.mirror(users)
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        let early = await #expect(throws: RealtimeError.self) { try await store.rows(lookup, "a") }
        #expect(early?.kind == .loading)
        #expect(early?.retryAfter == 1)
        try await store.load(users, rows: [["a", "Anna", 1]])
        #expect(try await store.rows(lookup, "a").count == 1)
    }

    @Test("refuses a value of another class than its column's encoding")
    func storageClass() async throws {
        let lookup = try await endless("SELECT 0.5")
        let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup) }
        #expect(error?.kind == .unexpected)
    }

    @Test("fails as PostgreSQL fails, with its SQLSTATE, and not only once")
    func sqlError() async throws {
        let lookup = try await endless("SELECT pg_int_div(value, value - 1, 8) FROM json_each('[0,1]')")
        for _ in 0..<2 {
            let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup) }
            #expect(error?.kind == .sqlError)
            #expect(error?.sqlstate == "22012")
            #expect(error?.message == "division by zero")
        }
    }

    @Test("with wrong numbers of columns, parameters or key values is refused")
    func counts() async throws {
        try await store.load(users, rows: [])
        let columns = [("n", PostgresType(.int8))]
        for sql in ["SELECT 1, 2", "SELECT ?1 + ?2", "SELECT nowhere", "SELECT 1; SELECT 2"] {
            let statement = Fixture.statement(sql, key: ("k", PostgresType(.int4)), columns: columns, tables: [users.name])
            await #expect(throws: RealtimeError.self) { try await store.prepare(statement) }
        }
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup, "a", "b") }
        #expect(error?.kind == .badKeyValue)
    }

    @Test("gets a bounded number of indexes per table, none twice")
    func indexes() async throws {
        try await store.load(users, rows: [])
        for _ in 0..<3 { for column in ["name", "born", "user_id"] { _ = try await store.prepare(Fixture.lookup(users, by: column)) } }
        let statement = Fixture.statement(
            "SELECT 1", key: nil, columns: [("n", PostgresType(.int4))], tables: [users.name],
            indexes: [.init(table: users.name, columns: ["born", "name"])])
        let error = await #expect(throws: RealtimeError.self) { try await store.prepare(statement) }
        #expect(error?.kind == .notMirrorable)
        try await store.load(users, rows: [["a", "Anna", 1]])
        #expect(try await store.prepare(Fixture.lookup(users, by: "name", indexed: false)).visitsFewRows)
    }

    @Test("runs on sixteen threads beside a writer, each finding its own rows")
    func threads() async throws {
        try await store.load(users, rows: (0..<500).map { [.text("u\($0)"), "n", .int($0)] })
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<16 {
                group.addTask {
                    for round in 0..<200 {
                        let number = (reader * 31 + round) % 500
                        let found = try await store.rows(lookup, .text("u\(number)"))
                        #expect(found.first?.last == .int(Int64(number)))
                    }
                }
            }
            group.addTask {
                for round in 0..<50 {
                    try await store.upsert(users, (0..<20).map { [.text("u\((round * 20 + $0) % 500)"), "m", .int(Int64((round * 20 + $0) % 500))] })
                }
            }
            try await group.waitForAll()
        }
        #expect(store.state(of: users.name) == .ready(rows: 500))
    }

    @Test("keeps to a bounded cache of compiled statements")
    func cache() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1, statementsPerCopy: 4))
        try await store.load(users, rows: [["a", "Anna", 1]])
        var lookups: [any PreparedLookup] = []
        for _ in 0..<12 { lookups.append(try await store.prepare(Fixture.lookup(users, by: "user_id"))) }
        for lookup in lookups { #expect(try await store.rows(lookup, "a").count == 1) }
        #expect(store.copies.all[0].read { $0.lookups.count } == 4)
    }
}
