import FeatureModel
import Realtime
import RealtimeSQLite
import SQLDialect
import Testing

@Suite("Every type") struct EncodingTests {
    private let store: SQLiteRealtimeStore

    init() throws { store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1)) }

    private static let cases: [(PostgresType, [Value])] = [
        (PostgresType(.bool), [.bool(true), .bool(false)]),
        (PostgresType(.int2), [-32_768, 32_767, 0]),
        (PostgresType(.int4), [-2_147_483_648, 2_147_483_647]),
        (PostgresType(.int8), [.int(.min), .int(.max), 9_007_199_254_740_993]),
        (.numeric(precision: 10, scale: 2), ["0.00", "-0.01", "0.10", "99999999.99", "-99999999.99", "7.00"]),
        (.numeric(precision: 18, scale: 18), ["0.000000000000000001", "-0.999999999999999999", "0.100000000000000000"]),
        (.numeric(precision: 18, scale: 0), ["999999999999999999", "-1", "0"]),
        (.numeric(precision: 19, scale: 2), ["99999999999999999.99", "-0.10"]),
        (.numeric(precision: 3, scale: -2), ["12300", "0"]),
        (
            PostgresType(.numeric),
            ["NaN", "Infinity", "-Infinity", "1.0", "1.00", "0.1", "100000000000000000000000000000.000000001", "1700000000.123456"]
        ),
        (
            PostgresType(.float8),
            [.double(0.1), .double(-1.5e300), .double(.infinity), .double(-.infinity), .double(.leastNonzeroMagnitude), .double(0)]
        ),
        (PostgresType(.float4), [.double(Double(Float(0.1))), .double(Double(Float.greatestFiniteMagnitude))]),
        (PostgresType(.text), ["", "å", "'; DROP TABLE x; --", "true", "12", "1.0", " a ", "line\nbreak", "🙂\u{10FFFF}"]),
        (PostgresType(.varchar), ["NULL", "null"]), (PostgresType(.name), ["pg_class"]),
        (PostgresType(.uuid), ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]),
        (PostgresType(.json), ["{\"a\" : 1, \"a\":2}", "null", "1.50"]), (PostgresType(.jsonb), ["{\"a\": [1, 2.50]}"]),
        (PostgresType(.date), [0, -719_162, 2_932_896, .int(.max), .int(.min)]),
        (PostgresType(.time), [0, 86_400_000_000, 1]),
        (PostgresType(.timestamp), [0, -1, 253_402_300_799_999_999, .int(.max), .int(.min)]),
        (PostgresType(.timestamptz), [1_700_000_000_123_456, .int(.max)]),
        (PostgresType(.interval), ["00:00:00", "1 day", "24:00:00", "-1 mons +2 days -03:04:05.000006"]),
        (PostgresType(.int4, isArray: true), ["{1,2,NULL}", "{}"]),
    ]

    @Test("comes back as it went in, at the edges too, beside NULL", arguments: cases.indices)
    func roundTrip(index: Int) async throws {
        let (type, values) = Self.cases[index]
        let table = Fixture.table("t", [("id", PostgresType(.int4)), ("v", type)], key: ["id"], nullable: ["v"])
        let rows = values.enumerated().map { [.int(Int64($0)), $1] } + [[-1, .null]]
        try await store.load(table, rows: rows)
        let lookup = try await store.prepare(Fixture.lookup(table, by: "id"))
        for row in rows { #expect(try await store.rows(lookup, row[0]) == [row]) }
    }

    @Test("bytea comes back byte by byte")
    func bytea() async throws {
        let table = Fixture.table("t", [("id", PostgresType(.int4)), ("v", PostgresType(.bytea))], key: ["id"])
        try await store.load(table, rows: [[1, .bytes([0, 255, 39])], [2, .bytes([])]])
        let lookup = try await store.prepare(Fixture.lookup(table, by: "id"))
        for (key, bytes): (Int64, [UInt8]) in [(1, [0, 255, 39]), (2, [])] {
            let frame = try await store.rows(lookup, key: [.int(key)], limits: LookupLimits())
            #expect(frame.columns[1].withBytes(0) { Array($0) } == bytes)
        }
    }

    @Test(
        "refuses what SQLite cannot hold, naming table and column, and applies nothing of that batch",
        arguments: [
            (PostgresType(.float8), Value.double(.nan), "NaN"), (PostgresType(.float4), .double(-0.0), "negative zero"),
            (.numeric(precision: 5, scale: 2), "NaN", "NaN or Infinity"), (.numeric(precision: 5, scale: 2), "1.234", "more than 2 digits"),
            (PostgresType(.int4), .null, "a NULL came"),
        ] as [(PostgresType, Value, String)])
    func refused(type: PostgresType, value: Value, why: String) async throws {
        let table = Fixture.table("t", [("id", PostgresType(.int4)), ("v", type)], key: ["id"])
        try await store.load(Fixture.users, rows: [])
        try await store.load(table, rows: [])
        let error = await #expect(throws: RealtimeError.self) {
            try await store.apply(
                ChangeBatch([
                    (Fixture.users.name, .upsert(Fixture.frame(Fixture.users, [["a", "b", 1]]))),
                    (table.name, .upsert(Fixture.frame(table, [[1, value]]))),
                ]))
        }
        #expect(error?.kind == .notMirrorable)
        #expect(error?.reason.contains(why) == true)
        #expect(error?.reason.contains("s.t") == true)
        #expect(error?.details?["column"]?.string == "v")
        #expect(store.statistics().rows == [Fixture.users.name: 0, table.name: 0])
    }

    @Test("orders and groups as PostgreSQL: numerics and intervals by value")
    func order() async throws {
        let table = Fixture.table("t", [("id", PostgresType(.int4)), ("n", PostgresType(.numeric)), ("i", PostgresType(.interval))], key: ["id"])
        try await store.load(
            table, rows: [[1, "10", "1 mon"], [2, "9.5", "29 days"], [3, "NaN", "30 days"], [4, "-Infinity", "24:00:00"], [5, "10.0", "1 day"]])
        let sql =
            ["n", "i"].map { "SELECT group_concat(id) FROM (SELECT id FROM \"s.t\" ORDER BY \($0), id)" }.joined(separator: " UNION ALL ")
        let ordered = try await store.prepare(Fixture.statement(sql, key: nil, columns: [("ids", PostgresType(.text))], tables: [table.name]))
        #expect(try await store.rows(ordered) == [["4,2,1,5,3"], ["4,5,2,1,3"]])
    }
}
