import FeatureModel
import Realtime
import RealtimeSQLite
import Testing

@Suite("The values of a call's request") struct RequestEncoderTests {
    private static let store = try? SQLiteRealtimeStore(StoreConfiguration(copies: 1))

    private func isTaken(_ value: Value, _ type: PostgresType) throws -> Bool {
        do {
            try #require(Self.store).check(requests: [value], of: [RequestColumn(name: "x", type: type)])
            return true
        } catch let error as RealtimeError {
            #expect(error.kind == .badRequestValue && error.details?["column"] == "x", "\(error)")
            return false
        }
    }

    static let taken: [(Value, PostgresType)] = [
        (.null, PostgresType(.int4)), (5, PostgresType(.int2)), ("5", PostgresType(.int8)), ("12.50", .numeric(precision: 4, scale: 2)), ("-99.99", .numeric(precision: 4, scale: 2)),
        ("12.500", .numeric(precision: 4, scale: 2)), ("1e400", PostgresType(.numeric)), ("1.5", PostgresType(.float8)), (.bool(true), PostgresType(.bool)),
        ("", PostgresType(.text)), ("ü🙂", PostgresType(.varchar, modifier: 6)), ("2024-02-29", PostgresType(.date)), ("2024-02-29T10:00:00Z", PostgresType(.timestamptz)),
        ("2024-02-29 10:00:00.5", PostgresType(.timestamp)), ("1 day 02:00", PostgresType(.interval)), ("\\x00ff", PostgresType(.bytea)),
        ("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", PostgresType(.uuid)),
    ]

    @Test("are taken as they are if they fit the type", arguments: taken)
    func fits(value: Value, type: PostgresType) throws { #expect(try isTaken(value, type)) }

    static let refused: [(Value, PostgresType)] = [
        (40_000, PostgresType(.int2)), ("many", PostgresType(.int4)), ("100", .numeric(precision: 4, scale: 2)), ("1.234", .numeric(precision: 4, scale: 2)),
        ("99.995", .numeric(precision: 4, scale: 2)), ("1e400", PostgresType(.float8)), ("NaN", PostgresType(.float8)), (1, PostgresType(.bool)), (1, PostgresType(.text)), ("a\u{0}b", PostgresType(.text)),
        ("abc", PostgresType(.varchar, modifier: 6)), ("2023-02-29", PostgresType(.date)), ("2024-02-29T10:00:00", PostgresType(.timestamptz)), ("x", PostgresType(.uuid)),
    ]

    @Test("are refused, and not rounded or cut, if they do not", arguments: refused)
    func doesNotFit(value: Value, type: PostgresType) throws { #expect(try !isTaken(value, type)) }

    @Test("of several rows name the row")
    func place() throws {
        let columns = [RequestColumn(name: "a", type: PostgresType(.int4)), RequestColumn(name: "b", type: PostgresType(.text))]
        let error = #expect(throws: RealtimeError.self) { try Self.store?.check(requests: [1, "x", 2, "y", "z", "w"], of: columns) }
        #expect(error?.details?["index"] == 2 && error?.details?["column"] == "a")
    }
}
