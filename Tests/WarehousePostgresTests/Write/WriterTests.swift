import FeatureModel
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("Writing to the warehouse", .timeLimit(.minutes(2)))
struct WriterTests {
    static let table = TableDefinition(
        name: TableName(schema: "feature_store", name: "users"), kind: .table,
        columns: [
            .init(name: "user_id", type: PostgresType(.varchar, modifier: 40), isNullable: false),
            .init(name: "name", type: PostgresType(.text), isNullable: true),
            .init(name: "creation_date", type: PostgresType(.numeric), isNullable: true),
            .init(name: "active", type: PostgresType(.bool), isNullable: true),
            .init(name: "visits", type: PostgresType(.int8), isNullable: true), .init(name: "score", type: PostgresType(.float8), isNullable: true),
            .init(name: "born", type: PostgresType(.date), isNullable: true), .init(name: "seen", type: PostgresType(.timestamptz), isNullable: true),
            .init(name: "raw", type: PostgresType(.bytea), isNullable: true),
        ], primaryKey: ["user_id"], indexes: [["name"]])

    static let schema = Schema(table.columns.map { .init(name: $0.name, type: $0.type, isNullable: $0.isNullable) })

    private func frame(ids: some Sequence<Int>, prefix: String = "u") -> Frame {
        var frame = Frame(schema: Self.schema)
        for id in ids {
            frame.columns[0].append("\(prefix)\(id)")
            if id % 7 == 3 { frame.columns[1].appendNull() } else { frame.columns[1].append("tab\t \\N \\ line\n end\r ö \(id)") }
            frame.columns[2].append("1700000000.\(id)")
            frame.columns[3].append(id % 2 == 0)
            frame.columns[4].append(Int64(id))
            frame.columns[5].append(id == 0 ? Double.nan : Double(id) / 10)
            frame.columns[6].append(id == 0 ? Int64.max : Int64(id))
            frame.columns[7].append(Int64(id) * 1_000_001)
            frame.columns[8].append([0, 0xff, UInt8(ascii: "\\"), UInt8(ascii: "\n")])
        }
        return frame
    }

    @Test("makes schema and tables, and what is written reads back equal")
    func roundTrip() async throws {
        let fixture = try WarehouseFixture()
        let writer = try PostgresWarehouseWriter(url: fixture.database.url)
        try await writer.ensure([Self.table])
        try await writer.ensure([Self.table])
        try await writer.insert([(Self.table, [frame(ids: 0..<3000), frame(ids: 3000..<5000)])])
        #expect(try fixture.database.run("SELECT count(*), count(name), sum(visits) FROM feature_store.users") == "5000|4286|12497500")
        let made = try #require(try await fixture.warehouse.definitions(of: [.init(schema: nil, name: "users")]).tables.first)
        #expect(made.primaryKey == ["user_id"])
        #expect(made.indexes == [["name"]])
        #expect(made.columns == Self.table.columns)
        let expected = frame(ids: 0..<10)
        let read = try #require(try await fixture.frames("SELECT * FROM users WHERE visits < 10 ORDER BY visits").first)
        for column in Self.schema.fields.indices {
            #expect((0..<10).map { "\(read.columns[column].value($0))" } == (0..<10).map { "\(expected.columns[column].value($0))" })
        }
        #expect(
            try fixture.database.run("SELECT seen, born, raw, creation_date FROM feature_store.users WHERE user_id = 'u1'")
                == "1970-01-01 00:00:01.000001+00|1970-01-02|\\x00ff5c0a|1700000000.1")
    }

    @Test("all or nothing: an error in the second table leaves the first as it was")
    func atomic() async throws {
        let fixture = try WarehouseFixture()
        let writer = try PostgresWarehouseWriter(url: fixture.database.url)
        let second = TableDefinition(
            name: TableName(schema: "feature_store", name: "second"), kind: .table, columns: Self.table.columns, primaryKey: ["user_id"])
        try await writer.ensure([Self.table, second])
        let error = await #expect(throws: WarehouseError.self) {
            try await writer.insert([(Self.table, [frame(ids: 0..<10)]), (second, [frame(ids: 0..<10), frame(ids: 0..<10)])])
        }
        #expect(error?.sqlstate == "23505")
        #expect(try fixture.database.run("SELECT count(*) FROM feature_store.users") == "0")
        try await writer.insert([(Self.table, [frame(ids: 0..<10)])])
        #expect(try fixture.database.run("SELECT count(*) FROM feature_store.users") == "10")
    }

    @Test("names every difference of an existing table, and leaves it alone")
    func differs() async throws {
        let fixture = try WarehouseFixture(
            "CREATE SCHEMA feature_store; CREATE TABLE feature_store.users (user_id text, name text, extra int, active boolean)")
        let writer = try PostgresWarehouseWriter(url: fixture.database.url)
        let error = await #expect(throws: WarehouseError.self) { try await writer.ensure([Self.table]) }
        #expect(error?.kind == .tableDiffers)
        #expect(error?.fault == .conflict)
        #expect(
            error?.details?.array?.compactMap { $0["column"]?.string } == [
                "user_id", "creation_date", "visits", "score", "born", "seen", "raw", "extra",
            ])
        #expect(error?.reason.contains("feature_store.users.user_id is text, expected character varying(36)") == true)
    }

    @Test("needs no right to create where everything exists")
    func withoutCreate() async throws {
        let fixture = try WarehouseFixture()
        try await PostgresWarehouseWriter(url: fixture.database.url).ensure([Self.table])
        try await PostgresWarehouseWriter(url: fixture.database.readerURL).ensure([Self.table])
    }

    @Test("many at once make the tables once and lose nothing")
    func concurrent() async throws {
        let fixture = try WarehouseFixture()
        let url = try fixture.database.url
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    let writer = try PostgresWarehouseWriter(url: url)
                    try await writer.ensure([Self.table])
                    for round in 0..<5 { try await writer.insert([(Self.table, [frame(ids: 0..<100, prefix: "w\(number)r\(round)n")])]) }
                    await writer.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try fixture.database.run("SELECT count(*) FROM feature_store.users") == "4000")
    }
}
