import EmbeddedSQL
import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("Two locks, each by itself,") struct ReadOnlyTests {
    private let store: SQLiteRealtimeStore

    init() throws { store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1)) }

    private static let writes = [
        "DELETE FROM \"s.users\"", "INSERT INTO \"s.users\" (user_id, name, born) VALUES ('x', 'y', 1)", "UPDATE \"s.users\" SET born = 2",
        "DELETE FROM \"s.users\" RETURNING born", "DROP TABLE \"s.users\"", "CREATE TABLE x (a)", "ALTER TABLE \"s.users\" RENAME TO x",
        "CREATE INDEX i ON \"s.users\" (born)",
    ]

    @Test(
        "the authorizer stops a statement that would write, attach, or look elsewhere, as it is prepared",
        arguments: writes + [
            "ATTACH ':memory:' AS other", "PRAGMA query_only=OFF", "PRAGMA writable_schema=ON", "BEGIN", "SELECT name FROM sqlite_schema",
            "SELECT count(*) FROM sqlite_schema",
            "SELECT * FROM pragma_table_list", "SELECT count(*) FROM pragma_table_list", "SELECT count(*) FROM dbstat",
            "SELECT count(*) FROM \"~load1\"", "SELECT load_extension('x')", "SELECT randomblob(1)", "SELECT sqlite_version()", "SELECT random()",
            "SELECT last_insert_rowid()", "SELECT fts3_tokenizer('x')", "CREATE TEMP TABLE x (a)", "DETACH main", "ANALYZE", "REINDEX",
        ])
    func authorizer(sql: String) async throws {
        try await store.load(Fixture.users, rows: [["a", "Anna", 1]])
        let statement = Fixture.statement(sql, key: nil, columns: [("n", PostgresType(.int4))], tables: [Fixture.users.name])
        let error = await #expect(throws: RealtimeError.self) { try await store.prepare(statement) }
        #expect(error?.kind == .unexpected)
        // Not only because of its columns: SQLite itself refused it.
        #expect(error?.reason.contains("SQLite") == true)
        #expect(store.statistics().rows == [Fixture.users.name: 1])
    }

    @Test("VACUUM, which the authorizer is not asked about, is no reading statement")
    func vacuum() async throws {
        try await store.load(Fixture.users, rows: [])
        let error = await #expect(throws: RealtimeError.self) {
            try await store.prepare(Fixture.statement("VACUUM", key: nil, columns: [], tables: [Fixture.users.name]))
        }
        #expect(error?.message == "the statement would write")
        _ = store.copies.all[0].read { session in
            #expect(throws: SQLiteError.self) { try session.connection.prepare("VACUUM INTO '/tmp/x.sqlite'").run() }
        }
    }

    @Test("query_only stops a statement that was compiled, were the authorizer to allow it", arguments: writes)
    func queryOnly(sql: String) async throws {
        try await store.load(Fixture.users, rows: [["a", "Anna", 1]])
        _ = store.copies.all[0].read { session in
            session.access.mode = .write
            defer { session.access.mode = .read }
            let error = #expect(throws: SQLiteError.self) { try session.connection.prepare(sql).run() }
            #expect(error?.isReadOnly == true)
        }
        #expect(store.statistics().rows == [Fixture.users.name: 1])
    }

    @Test("both are shut again after writes that succeed and writes that fail")
    func shut() async throws {
        try await store.load(Fixture.users, rows: [["a", "Anna", 1]])
        await #expect(throws: RealtimeError.self) { try await store.load(Fixture.users, rows: [["a", "Anna", 1], ["a", "Anna", 1]]) }
        _ = store.copies.all[0].read { session in
            #expect(session.access.mode == .read)
            let error = #expect(throws: SQLiteError.self) { try session.connection.prepare("PRAGMA query_only") }
            #expect(error?.isDenied == true)
            session.access.mode = .write
            defer { session.access.mode = .read }
            #expect((try? session.connection.isQueryOnly()) == true)
        }
    }
}
