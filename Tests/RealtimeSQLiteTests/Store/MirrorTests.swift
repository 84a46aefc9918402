import FeatureModel
import Realtime
import RealtimeSQLite
import SQLDialect
import Testing

@Suite("Mirrors") struct MirrorTests {
    private let store: SQLiteRealtimeStore
    private let users = Fixture.users

    init() throws { store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2)) }

    @Test("take whole rows, replace those of the same key, and lose those removed")
    func changes() async throws {
        try await store.load(users, rows: [["a", "Anna", 1], ["b", .null, 2]])
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        #expect(try await store.rows(lookup, "a") == [["a", "Anna", 1]])
        #expect(try await store.rows(lookup, "b") == [["b", .null, 2]])
        try await store.upsert(users, [["a", "Anne", 3], ["c", "Carl", 4]])
        #expect(try await store.rows(lookup, "a") == [["a", "Anne", 3]])
        #expect(store.state(of: users.name) == .ready(rows: 3))
        try await store.apply(ChangeBatch([(users.name, .delete(Fixture.keys(users, [["a"], ["z"]])))]))
        #expect(try await store.rows(lookup, "a") == [])
        #expect(store.state(of: users.name) == .ready(rows: 2))
        try await store.apply(ChangeBatch([(users.name, .truncate), (users.name, .upsert(Fixture.frame(users, [["d", "Dora", 5]])))]))
        #expect(try await store.rows(lookup, "c") == [])
        #expect(try await store.rows(lookup, "d") == [["d", "Dora", 5]])
        #expect(store.statistics().rows == [users.name: 1])
    }

    @Test("count rows right when the key is the row number itself")
    func rowNumbers() async throws {
        let table = Fixture.table("n", [("id", PostgresType(.int8)), ("v", PostgresType(.int4))], key: ["id"])
        try await store.load(table, rows: [[.int(.min), 1], [-1, 2], [0, 3]])
        try await store.upsert(table, [[.int(.min), 4], [-1, 5], [0, 6], [.int(.max), 7], [1, 8]])
        #expect(store.state(of: table.name) == .ready(rows: 5))
        let lookup = try await store.prepare(Fixture.lookup(table, by: "id"))
        for (key, value): (Int64, Int64) in [(.min, 4), (-1, 5), (0, 6), (.max, 7), (1, 8)] {
            #expect(try await store.rows(lookup, .int(key)) == [[.int(key), .int(value)]])
        }
    }

    @Test("add rows to a table without a primary key, and remove none by key")
    func withoutKey() async throws {
        let table = Fixture.table("log", [("what", PostgresType(.text))], key: [])
        try await store.load(table, rows: [["x"]])
        try await store.upsert(table, [["x"]])
        #expect(store.state(of: table.name) == .ready(rows: 2))
        let error = await #expect(throws: RealtimeError.self) {
            try await store.apply(ChangeBatch([(table.name, .delete(Fixture.frame(table, [["x"]])))]))
        }
        #expect(error?.kind == .notMirrorable)
    }

    @Test("replace a row under a key that is equal but printed otherwise")
    func decimalKey() async throws {
        let table = Fixture.table("d", [("id", PostgresType(.numeric)), ("v", PostgresType(.int4))], key: ["id"])
        try await store.load(table, rows: [["1.0", 1]])
        try await store.upsert(table, [["1.00", 2]])
        let lookup = try await store.prepare(Fixture.lookup(table, by: "id"))
        #expect(try await store.rows(lookup, .int(1)) == [["1.00", 2]])
        #expect(try await store.rows(lookup, .double(1.0)) == [["1.00", 2]])
        #expect(try await store.rows(lookup, "1e0") == [["1.00", 2]])
    }

    @Test(
        "refuse tables that SQLite cannot hold exactly, and say why",
        arguments: [
            (TableDefinition.Kind.view, [("a", PostgresType(.text))], "is a view"), (.foreign, [("a", PostgresType(.text))], "no ordinary table"),
            (.table, [], "has no columns"), (.table, [("a", PostgresType(.timetz))], "the column 'a' of type time with time zone"),
            (.table, [("a", PostgresType(otherNamed: "point"))], "the column 'a' of type point"),
            (.table, [("a", PostgresType(.text)), ("A", PostgresType(.text))], "in different case"),
        ] as [(TableDefinition.Kind, [(String, PostgresType)], String)])
    func refused(kind: TableDefinition.Kind, columns: [(String, PostgresType)], reason: String) async throws {
        let table = TableDefinition(
            name: TableName(schema: "s", name: "t"), kind: kind, columns: columns.map { .init(name: $0.0, type: $0.1, isNullable: true) })
        let error = await #expect(throws: RealtimeError.self) { try await store.mirror(table) }
        #expect(error?.kind == .notMirrorable)
        #expect(error?.reason.contains(reason) == true)
        #expect(store.state(of: table.name) == .absent)
    }

    @Test("refuse a table whose name differs from another's in case only")
    func rival() async throws {
        try await store.mirror(users)
        let other = TableDefinition(name: TableName(schema: "s", name: "Users"), kind: .table, columns: users.columns, primaryKey: users.primaryKey)
        let error = await #expect(throws: RealtimeError.self) { try await store.mirror(other) }
        #expect(error?.kind == .notMirrorable)
    }

    @Test("notice other columns, and are made anew after a drop")
    func definition() async throws {
        try await store.load(users, rows: [["a", "Anna", 1]])
        let lookup = try await store.prepare(Fixture.lookup(users, by: "user_id"))
        let changed = Fixture.table("users", [("user_id", PostgresType(.text))], key: ["user_id"])
        for attempt in [{ try await store.mirror(changed) }, { try await store.load(changed, rows: [["a"]]) }] {
            let error = await #expect(throws: RealtimeError.self) { try await attempt() }
            #expect(error?.kind == .definitionChanged)
        }
        #expect(try await store.rows(lookup, "a").count == 1)
        try await store.drop(users.name)
        #expect(store.state(of: users.name) == .absent)
        try await store.load(changed, rows: [["a"]])
        let error = await #expect(throws: RealtimeError.self) { try await store.rows(lookup, "a") }
        #expect(error?.kind == .definitionChanged)
        #expect(try await store.rows(try await store.prepare(Fixture.lookup(changed, by: "user_id")), "a") == [["a"]])
    }

    @Test("take odd names for what they are")
    func oddNames() async throws {
        let table = Fixture.table(
            "a\"b; drop table x --", [("select", PostgresType(.int4)), ("q\"'", PostgresType(.text)), ("ä b", PostgresType(.text))], key: ["q\"'"])
        try await store.load(table, rows: [[1, "k", "v"]])
        try await store.upsert(table, [[2, "k", "w"]])
        #expect(try await store.rows(try await store.prepare(Fixture.lookup(table, by: "ä b")), "w") == [[2, "k", "w"]])
    }

    @Test("pass over changes of tables that are not mirrored")
    func unknown() async throws {
        try await store.apply(ChangeBatch([(users.name, .truncate)]))
        #expect(store.state(of: users.name) == .absent)
    }
}
