import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Literals of the canonical form")
struct LiteralEncoderTests {
    private func literal(_ text: String, _ kind: PostgresType.Kind) -> Literal? {
        LiteralEncoder.encode(text, as: PostgresType(kind), timeZone: "UTC")?.literal
    }

    @Test("reads dates and timestamps as days and microseconds", arguments: [
        ("1970-01-01", PostgresType.Kind.date, Int64(0)), ("2024-02-29", .date, 19_782), ("1969-12-31", .date, -1), ("0001-01-01", .date, -719_162),
        ("2024-06-01 00:00:00", .timestamp, 1_717_200_000_000_000), ("1969-12-31 23:59:59.5", .timestamp, -500_000),
        ("2024-06-01 02:00:00+02", .timestamptz, 1_717_200_000_000_000), ("2024-05-31 18:30:00-05:30", .timestamptz, 1_717_200_000_000_000),
        ("12:34:56.000001", .time, 45_296_000_001),
    ])
    func moments(_ text: String, _ kind: PostgresType.Kind, _ expected: Int64) {
        #expect(literal(text, kind) == .integer(expected))
    }

    @Test("leaves what is not in the plain form to the input functions", arguments: ["infinity", "-infinity", "0044-03-15 BC", "2024-1-1"])
    func otherForms(_ text: String) {
        #expect(literal(text, .date) == nil)
    }

    @Test("keeps the digits of a numeric, scale included")
    func numerics() {
        let value = LiteralEncoder.encode("-1.50", as: PostgresType(.numeric), timeZone: "UTC")
        #expect(value?.literal == .integer(-150))
        #expect(value?.encoding == .scaled(2))
        #expect(literal("123456789012345678901234567890.5", .numeric) == .text("123456789012345678901234567890.5"))
        #expect(Numerics.text(-5, scale: 2) == "-0.05")
    }

    @Test("refuses a NaN, which SQLite cannot hold")
    func notANumber() {
        #expect(literal("NaN", .float8) == nil)
    }

    @Test("reads intervals of days and time, and none with months", arguments: [
        ("7 days", Int64(604_800_000_000)), ("1 day 02:00:00", 93_600_000_000), ("-00:00:00.25", -250_000), ("1 mon", nil), ("1 year 2 days", nil),
    ])
    func intervals(_ text: String, _ expected: Int64?) {
        #expect(LiteralEncoder.microseconds(ofInterval: text) == expected)
    }
}
