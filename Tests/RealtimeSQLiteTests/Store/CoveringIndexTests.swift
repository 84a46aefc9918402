import EmbeddedSQL
import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("An index for a key") struct CoveringIndexTests {
    private static let events = Fixture.table(
        "events",
        [
            ("id", PostgresType(.int8)), ("user_id", PostgresType(.text)), ("kind", PostgresType(.text)), ("amount", PostgresType(.numeric)),
            ("day", PostgresType(.date)), ("more", PostgresType(.jsonb)),
        ], key: ["id"], nullable: ["kind", "amount", "day", "more"])
    private static let rows: [[Value]] = (0..<60).map { [.int($0), .text("u\($0 % 6)"), $0 % 7 == 0 ? .null : .text("k\($0 % 3)"), .text("\($0 % 4).50"), .int($0), .text("{}")] }

    private func statement(_ columns: [String]) -> RealtimeStatement {
        let list = columns.map { "t1.\(SQLiteNames.quoted($0))" }.joined(separator: ", ")
        return Fixture.statement(
            "SELECT \(list) FROM \"s.events\" AS t1 WHERE t1.user_id = ?1 ORDER BY t1.id", key: ("user_id", PostgresType(.text)),
            columns: columns.map { ($0, Self.events.column(named: $0)!.type) }, tables: [Self.events.name], indexes: [.init(table: Self.events.name, columns: ["user_id"])])
    }

    private func expected(_ columns: [String], of user: String) -> [[Value]] {
        let places = columns.map { column in Self.events.columns.firstIndex { $0.name == column }! }
        return Self.rows.filter { $0[1] == .text(user) }.map { row in places.map { row[$0] } }
    }

    private func isCovered(_ lookup: any PreparedLookup) -> Bool { lookup.plan.steps.contains { $0.text.contains("COVERING INDEX") } }

    private func indexes(_ store: SQLiteRealtimeStore) -> [KeyIndex] { store.mirrors[Self.events.name]!.withRecord(\.indexes) }

    @Test("holds what its lookups read, and grows with them")
    func grows() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2))
        try await store.load(Self.events, rows: Self.rows)
        let narrow = try await store.prepare(statement(["kind", "id"]))
        #expect(isCovered(narrow))
        let wide = try await store.prepare(statement(["day", "amount"]))
        #expect(isCovered(wide))
        #expect(indexes(store) == [KeyIndex(key: ["user_id"], covered: ["kind", "amount", "day"])])
        for user in ["u0", "u5", "nobody"] {
            #expect(try await store.rows(narrow, .text(user)) == expected(["kind", "id"], of: user))
            #expect(try await store.rows(wide, .text(user)) == expected(["day", "amount"], of: user))
        }
        // Also where the rows came anew, and changed.
        try await store.load(Self.events, rows: Self.rows.reversed())
        let wider = try await store.prepare(statement(["kind"]))
        #expect(isCovered(wider))
        try await store.upsert(Self.events, [[0, "u1", "new", "9.9", 1, "{}"]])
        #expect(try await store.rows(wider, "u0").count == 9)
        #expect(try await store.rows(wider, "u1").contains([.text("new")]))
        for copy in store.copies.all {
            let count = try copy.read { try $0.connection.prepare("SELECT count(*) FROM \"s.events\"").firstRow { $0.int64(0) } }
            #expect(count == 60)
        }
    }

    @Test("gives the rows of a key, and those of the table, in the order in which they came", arguments: [true, false])
    func order(byRowNumber: Bool) async throws {
        let table = Fixture.table(
            "readings", [("id", PostgresType(byRowNumber ? .int8 : .text)), ("user_id", PostgresType(.text)), ("value", PostgresType(.float8))], key: ["id"])
        let values = [1e16, 1, -1e16, 0.5, 1e-9, 3e15, -3e15]
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1))
        try await store.load(table, rows: values.enumerated().map { [byRowNumber ? .int(Int64($0.offset)) : .text("r\($0.offset)"), "u", .double($0.element)] })
        let lookup = try await store.prepare(
            Fixture.statement(
                "SELECT t1.value FROM \"s.readings\" AS t1 WHERE t1.user_id = ?1", key: ("user_id", PostgresType(.text)), columns: [("value", PostgresType(.float8))],
                tables: [table.name], indexes: [.init(table: table.name, columns: ["user_id"])]))
        #expect(isCovered(lookup))
        #expect(try await store.rows(lookup, "u") == values.map { [.double($0)] })
        let scanned = try store.copies.all[0].read { try $0.connection.prepare("SELECT value FROM \"s.readings\"").rows { $0.double(0) } }
        #expect(scanned == values)
    }

    @Test("does not hold documents, nor more columns than it may")
    func bounds() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1, coveredColumns: 2))
        try await store.load(Self.events, rows: Self.rows)
        #expect(try await !isCovered(store.prepare(statement(["more", "kind"]))))
        #expect(try await !isCovered(store.prepare(statement(["kind", "amount", "day"]))))
        #expect(try await isCovered(store.prepare(statement(["kind", "amount"]))))
        #expect(try await !isCovered(store.prepare(statement(["day"]))))
        #expect(indexes(store) == [KeyIndex(key: ["user_id"], covered: ["kind", "amount"])])
        let none = try SQLiteRealtimeStore(StoreConfiguration(copies: 1, coveredColumns: 0))
        try await none.load(Self.events, rows: Self.rows)
        #expect(try await !isCovered(none.prepare(statement(["kind"]))))
    }

    @Test("is a narrow one where the store has no room for more")
    func room() async throws {
        let rows: [[Value]] = (0..<4_000).map { [.int($0), .text("u\($0)"), .text(String(repeating: "k", count: 400)), .text("1"), .int($0), .text("{}")] }
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1, maximumBytes: 3_000_000))
        try await store.load(Self.events, rows: rows)
        let lookup = try await store.prepare(statement(["kind"]))
        #expect(lookup.visitsFewRows && !isCovered(lookup))
        #expect(indexes(store) == [KeyIndex(key: ["user_id"], covered: [])])
    }

    @Test("stands beside a primary key whose first columns lead to several rows, in the key's order; the whole key needs none")
    func firstColumnsOfKey() async throws {
        let items = Fixture.table(
            "items", [("order_id", PostgresType(.int8)), ("line", PostgresType(.int4)), ("kind", PostgresType(.text)), ("more", PostgresType(.jsonb))],
            key: ["order_id", "line"])
        let rows: [[Value]] = (0..<60).map { [.int($0 % 10), .int(6 - $0 / 10), .text("k\($0)"), .text("{}")] }
        let lookup = { (column: String, keys: [String]) in
            RealtimeStatement(
                sql: "SELECT t1.\(column) FROM \"s.items\" AS t1 WHERE " + keys.enumerated().map { "t1.\($1) = ?\($0 + 1)" }.joined(separator: " AND "),
                parameters: keys.map { .init(column: $0, type: items.column(named: $0)!.type, encoding: Encoding.ofColumn(items.column(named: $0)!.type)!) },
                columns: [.init(name: column, type: PostgresType(.text), isNullable: true, encoding: .text)], tables: [items.name],
                wantedIndexes: [.init(table: items.name, columns: keys)])
        }
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2, indexesPerTable: 1))
        try await store.load(items, rows: rows)
        let made = { store.mirrors[items.name]!.withRecord(\.indexes) }
        let one = try await store.prepare(lookup("kind", ["order_id", "line"]))
        #expect(try await store.rows(one, 3, 2) == [["k43"]])
        #expect(made().isEmpty)
        let several = try await store.prepare(lookup("kind", ["order_id"]))
        #expect(isCovered(several) && made() == [KeyIndex(key: ["order_id", "line"], covered: ["kind"])])
        #expect(try await store.rows(several, 3) == [["k53"], ["k43"], ["k33"], ["k23"], ["k13"], ["k3"]])
        #expect(try await store.rows(one, 3, 2) == [["k43"]])
        // Documents are not covered, and what the primary key leads to needs no room for another index.
        let document = try await store.prepare(lookup("more", ["order_id"]))
        #expect(!isCovered(document) && made().count == 1)
        await #expect(throws: RealtimeError.self) { try await store.prepare(lookup("kind", ["kind"])) }
    }
}
