import Certificate
import Foundation

/// Values as PostgreSQL reads them, from small pools so that they meet each other: duplicates, zeros, signs, boundaries, Unicode.
enum FuzzValues {
    static let texts = [
        "", "a", "A", "abc", "ABC", "Abc", "apple", "Äpfel", "äpfel", "straße", "STRASSE", "ñandú", "李", "Иван", "e\u{301}te", "été", "😀x", "a b", " pad ",
        "50%", "a_b", "a\\b", "x-y", "10", "9", "-7.5", "o'neil", "completed", "Completed", "pending", "a,b,c", "foo@Example.com", "true", "2024-02-29",
    ]

    static func value(_ type: FuzzType, _ random: inout Randomness, declared: String = "") -> String {
        switch type {
        case .int4: integer(&random, [2_147_483_647, -2_147_483_648])
        case .int8: integer(&random, [9_223_372_036_854_775_807, -9_223_372_036_854_775_808, 9_007_199_254_740_993, 3_000_000_000])
        case .numeric: numeric(&random, declared)
        case .float8: float(&random)
        case .bool: random.chance(50) ? "true" : "false"
        case .text: random.pick(texts)
        case .date: date(&random)
        case .timestamp: date(&random) + " " + time(&random)
        case .timestamptz: date(&random) + " " + time(&random) + random.weighted([(4, "+00"), (1, "+02"), (1, "-05:30")])
        case .interval: random.pick(["1 day", "3 hours", "1 month", "-1 day", "30 days", "1 year 2 months", "90 minutes", "0", "1 day 02:03:04.5", "7 days"])
        }
    }

    private static func integer(_ random: inout Randomness, _ bounds: [Int]) -> String {
        switch random.int(1...40) {
        case 1: String(random.pick(bounds))
        case 2...8: String(random.pick([0, 1, -1]))
        case 9...12: String(random.int(-100_000...100_000))
        default: String(random.int(-12...12))
        }
    }

    private static func numeric(_ random: inout Randomness, _ declared: String) -> String {
        switch declared {
        case "numeric(10,2)": random.chance(3) ? "99999999.99" : decimal(random.chance(20) ? random.int(-5...5) * 50 : random.int(-30_000...90_000), 2)
        case "numeric(6,4)": decimal(random.chance(20) ? random.int(-2...2) * 5_000 : random.int(-99_999...99_999), 4)
        case "numeric(18,0)": random.chance(5) ? "999999999999999999" : String(random.int(-1_000...1_000))
        case "numeric(30,5)": random.chance(10) ? "1234567890123456789012345.67891" : decimal(random.int(-3_000_000...3_000_000), 5)
        default: random.pick(["0", "0.00", "1", "1.0", "1.50", "-2.5", "0.001", "12345678901234567890.123", "7.25", "-0.5", "100", "2.500", "0.333333"])
        }
    }

    private static func decimal(_ units: Int, _ scale: Int) -> String {
        let digits = String(repeating: "0", count: max(0, scale + 1 - String(abs(units)).count)) + String(abs(units))
        return (units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
    }

    private static func float(_ random: inout Randomness) -> String {
        switch random.int(1...10) {
        case 1...4: random.pick(["0", "0.1", "0.5", "-2.5", "1.5", "2.5", "3.3333333333333335", "100", "1e15", "1e-5", "123456.789", "-0.25", "1e20"])
        case 5...7: String(Double(random.int(-400...400)) / 4)
        default: String(Double(random.int(-1_000_000...1_000_000)) / 997)
        }
    }

    private static func date(_ random: inout Randomness) -> String {
        if random.chance(25) { return random.pick(["2024-01-31", "2024-02-29", "2023-12-31", "1969-12-31", "2000-01-01", "1900-03-01", "2024-03-31"]) }
        return "202\(random.int(3...4))-" + padded(random.int(1...12), 2) + "-" + padded(random.int(1...28), 2)
    }

    private static func time(_ random: inout Randomness) -> String {
        if random.chance(30) { return "00:00:00" }
        let time = [random.int(0...23), random.int(0...59), random.int(0...59)].map { padded($0, 2) }.joined(separator: ":")
        return random.chance(40) ? time + "." + padded(random.int(1...999_999), 6) : time
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }

    /// A typed literal.
    static func literal(_ type: FuzzType, _ random: inout Randomness) -> String {
        let value = value(type, &random)
        switch type {
        case .int4, .bool: return value.hasPrefix("-") ? "(\(value))" : value
        case .text: return "'\(value.replacing("'", with: "''"))'"
        case .numeric: return random.chance(60) ? random.pick(["0.5", "1.0", "2", "0.00", "10.25", "(-1.5)", "100", "0.1", "3"]) + "::numeric" : "'\(value)'::numeric"
        case .date, .timestamp, .interval: return "\(type.sql) '\(value)'"
        default: return "'\(value)'::\(type.sql)"
        }
    }
}
