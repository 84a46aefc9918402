import EmbeddedSQL
import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("A batch") struct AtomicityTests {
    private static let accounts = Fixture.table("accounts", [("id", PostgresType(.int4)), ("amount", PostgresType(.int8))], key: ["id"])
    private static let sum = Fixture.statement(
        "SELECT count(*), sum(amount), min(amount), max(amount) FROM \"s.accounts\" WHERE ?1 = ?1", key: ("x", PostgresType(.int4)),
        columns: [("n", PostgresType(.int8)), ("s", PostgresType(.int8)), ("low", PostgresType(.int8)), ("high", PostgresType(.int8))],
        tables: [accounts.name])

    private func rows(_ amount: Int64, count: Int64 = 100) -> [[Value]] { (0..<count).map { [.int($0), .int(amount)] } }

    /// What each copy holds by itself.
    private func sums(_ store: SQLiteRealtimeStore) throws -> [Int64?] {
        try store.copies.all.map { copy in
            try copy.read { session in try session.connection.prepare("SELECT sum(amount) FROM \"s.accounts\"").firstRow { $0.int64(0) } ?? 0 }
        }
    }

    @Test("is seen whole or not at all by readers beside it", arguments: [1, 2, 3])
    func visibility(copies: Int) async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: copies))
        try await store.load(Self.accounts, rows: rows(0))
        let lookup = try await store.prepare(Self.sum)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        let row = try await store.rows(lookup, 1)[0]
                        #expect(row[0] == 100)
                        #expect(row[2] == row[3])
                    }
                }
            }
            group.addTask { for round in 1...100 { try await store.upsert(Self.accounts, self.rows(Int64(round))) } }
            try await group.waitForAll()
        }
        #expect(try sums(store) == Array(repeating: 10_000, count: copies))
    }

    @Test("shows nowhere when the first copy fails half-way")
    func firstFails() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2))
        try await store.load(Self.accounts, rows: rows(1))
        try limitPages(of: store.copies.all[0])
        let error = await #expect(throws: RealtimeError.self) { try await store.upsert(Self.accounts, rows(2, count: 50_000)) }
        #expect(error?.kind == .memoryLimit)
        #expect(try sums(store) == [100, 100])
        #expect(store.state(of: Self.accounts.name) == .ready(rows: 100))
        try await store.upsert(Self.accounts, rows(3))
        #expect(try sums(store) == [300, 300])
    }

    @Test("is whole on every copy when a later copy fails half-way: that one is made anew before the call returns")
    func laterFails() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 3))
        try await store.load(Self.accounts, rows: rows(1))
        let lookup = try await store.prepare(Fixture.lookup(Self.accounts, by: "id"))
        try limitPages(of: store.copies.all[1])
        try await store.upsert(Self.accounts, rows(2, count: 50_000))
        #expect(try sums(store) == [100_000, 100_000, 100_000])
        #expect(store.statistics().copies == 3)
        // The new copy is guarded and maintained like the others.
        for _ in 0..<20 { #expect(try await store.rows(lookup, 49_999) == [[49_999, 2]]) }
        try await store.apply(ChangeBatch([(Self.accounts.name, .delete(Fixture.keys(Self.accounts, [[7]])))]))
        #expect(try sums(store) == [99_998, 99_998, 99_998])
        _ = store.copies.all[1].read { session in
            let error = #expect(throws: SQLiteError.self) { try session.connection.prepare("DELETE FROM \"s.accounts\"") }
            #expect(error?.isDenied == true)
        }
    }

    /// A real failure: SQLite finds its database full.
    private func limitPages(of copy: Copy) throws {
        try copy.write { session in
            let pages = try session.pages().total
            try session.connection.execute("PRAGMA max_page_count=\(pages + 20)")
        }
    }
}
