import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("A key value") struct KeyEncoderTests {
    private func encode(_ type: PostgresType, _ value: Value) throws -> BoundKey? {
        try KeyEncoder(.init(column: "k", type: type, encoding: Encoding.ofColumn(type)!)).encode(value)
    }

    @Test(
        "is brought into the column's type",
        arguments: [
            (PostgresType(.int4), Value.int(7), BoundKey.integer(7)), (PostgresType(.int4), "7", .integer(7)),
            (PostgresType(.int8), " -9 ", .integer(-9)),
            (PostgresType(.int2), .double(3.0), .integer(3)), (PostgresType(.bool), .bool(true), .integer(1)),
            (.numeric(precision: 10, scale: 2), .double(10.5), .integer(1_050)), (.numeric(precision: 10, scale: 2), "1e1", .integer(1_000)),
            (.numeric(precision: 10, scale: 2), "-0.10", .integer(-10)), (PostgresType(.numeric), .int(3), .text("3")),
            (PostgresType(.numeric), "+1.50", .text("1.50")), (PostgresType(.numeric), .double(0.1), .text("0.1")),
            (PostgresType(.float8), .int(2), .real(2)), (PostgresType(.float4), .double(0.1), .real(Double(Float(0.1)))),
            (PostgresType(.text), "12", .text("12")),
            (PostgresType(.name), .text(String(repeating: "å", count: 40)), .text(String(repeating: "å", count: 31))),
            (PostgresType(.uuid), "{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}", .text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
            (PostgresType(.date), "2024-02-29", .integer(19_782)), (PostgresType(.timestamp), "1970-01-02T00:00:00.5", .integer(86_400_500_000)),
            (PostgresType(.timestamptz), "1970-01-01T01:00:00+01:00", .integer(0)),
            (PostgresType(.timestamptz), "1970-01-01 00:00:01Z", .integer(1_000_000)),
            (PostgresType(.timestamptz), "infinity", .integer(.max)), (PostgresType(.time), "10:00", .integer(36_000_000_000)),
            (PostgresType(.interval), "90 minutes", .text("01:30:00")), (PostgresType(.bytea), "\\x00ff", .blob([0, 255])),
        ] as [(PostgresType, Value, BoundKey)])
    func encoded(type: PostgresType, value: Value, expected: BoundKey) throws { #expect(try encode(type, value) == expected) }

    @Test(
        "that can be none of the type is refused, naming the column and not the value",
        arguments: [
            (PostgresType(.int4), Value.int(2_147_483_648)), (PostgresType(.int4), "4711x"), (PostgresType(.int4), .double(1.5)),
            (PostgresType(.int4), .bool(true)),
            (PostgresType(.int8), "9223372036854775808"), (PostgresType(.int8), .double(1e30)), (PostgresType(.int4), ""),
            (PostgresType(.text), 4711),
            (PostgresType(.text), .bool(false)), (PostgresType(.text), "a\u{0}4711"), (PostgresType(.bool), "true"), (PostgresType(.bool), 1),
            (PostgresType(.numeric), "4711,0"), (PostgresType(.numeric), .double(.infinity)), (PostgresType(.float4), .double(1e300)),
            (PostgresType(.float8), "1e999"), (PostgresType(.uuid), "4711"), (PostgresType(.date), "2024-02-30"), (PostgresType(.date), 4711),
            (PostgresType(.timestamptz), "2024-01-01T00:00:00"), (PostgresType(.timestamp), "4711"), (PostgresType(.bytea), "\\xabc"),
            (PostgresType(.text), .null),
        ] as [(PostgresType, Value)])
    func refused(type: PostgresType, value: Value) throws {
        let error = #expect(throws: RealtimeError.self) { try encode(type, value) }
        #expect(error?.kind == .badKeyValue)
        #expect(error?.fault == .malformed)
        #expect(error?.message == "the key value for 'k' is no value of type \(type)")
        #expect(error?.description.contains("4711") == false)
    }

    @Test(
        "that the type has and the column cannot hold is found nowhere",
        arguments: [
            (PostgresType.numeric(precision: 5, scale: 2), Value.double(1.234)), (.numeric(precision: 5, scale: 2), "NaN"),
            (.numeric(precision: 18, scale: 0), "1e30"),
            (PostgresType(.float8), "NaN"),
        ] as [(PostgresType, Value)])
    func absent(type: PostgresType, value: Value) throws { #expect(try encode(type, value) == nil) }

    @Test(
        "of a type whose JSON form is not exact cannot be asked for",
        arguments: [PostgresType(.json), PostgresType(.jsonb), PostgresType(.int4, isArray: true)])
    func noKey(type: PostgresType) throws {
        let error = #expect(throws: RealtimeError.self) { try encode(type, "x") }
        #expect(error?.kind == .notMirrorable)
    }
}
