import Certificate
import Foundation

/// Values as PostgreSQL reads them, from small pools so that they meet each other: duplicates, zeros, signs, boundaries, Unicode.
enum FuzzValues {
    static let texts = [
        "", "a", "A", "abc", "ABC", "Abc", "apple", "Äpfel", "äpfel", "straße", "STRASSE", "ñandú", "李", "Иван", "e\u{301}te", "été", "😀x", "a b",
        " pad ",
        "50%", "a_b", "a\\b", "x-y", "10", "9", "-7.5", "o'neil", "completed", "Completed", "pending", "a,b,c", "foo@Example.com", "true",
        "2024-02-29",
    ]

    static func value(_ type: FuzzType, _ random: inout Randomness, declared: String = "") -> String {
        switch type {
        case .int2: integer(&random, [32_767, -32_768], far: 30_000)
        case .int4: integer(&random, [2_147_483_647, -2_147_483_648])
        case .int8: integer(&random, [9_223_372_036_854_775_807, -9_223_372_036_854_775_808, 9_007_199_254_740_993, 3_000_000_000])
        case .numeric: numeric(&random, declared)
        case .float8: float(&random)
        case .float4: random.pick(["0", "0.1", "0.5", "-2.5", "1.5", "3.3333333", "100", "1e10", "1e-5", "-0.25", "16777216", "123.456"])
        case .bool: random.chance(50) ? "true" : "false"
        case .text: random.pick(texts)
        case .bpchar: random.pick(declared == "char(3)" ? ["", "a", "A", "ab", "ab ", "abc", "é", "10", "x y", "no"] : texts)
        case .date: date(&random)
        case .time: time(&random)
        case .uuid: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd38000\(random.int(1...6))"
        case .mood: random.pick(moods)
        case .json: random.pick(documents)
        case .jsonb: random.pick(documents)
        case .bytea: random.pick(["", "\\x00ff", "\\x616263", "\\xc3a9"])
        case .texts: array(&random) { random in random.pick(["a", "b", "ab", "", "A", "é", "x y", "10"]) }
        case .ints: array(&random) { random in integer(&random, [2_147_483_647]) }
        case .longs: array(&random) { random in integer(&random, [9_007_199_254_740_993]) }
        case .timestamp: date(&random) + " " + time(&random)
        case .timestamptz: date(&random) + " " + time(&random) + random.weighted([(4, "+00"), (1, "+02"), (1, "-05:30")])
        case .interval:
            random.pick(["1 day", "3 hours", "1 month", "-1 day", "30 days", "1 year 2 months", "90 minutes", "0", "1 day 02:03:04.5", "7 days"])
        }
    }

    static let moods = ["low", "mid", "high", "Top", "a b"]

    static let documents = [
        #"{"a": 1, "b": "x", "tags": ["a", "b"], "n": {"z": 2.50}}"#, #"{"a": 2, "b": null, "tags": [], "n": {"z": -1}}"#, #"{"b": "é", "a": 1.0}"#,
        "{}",
        #"[1, 2, 3]"#, #"["a", null, "b"]"#, #"{"a": true, "tags": ["b", 3, null]}"#, #"{"a": "10", "n": {"z": "7"}, "b": "o'neil \"q\""}"#, "null",
        "[]",
        #"{"a": 12345678901234567890, "b": "A"}"#, #"[{"a": 1}, {"a": 2}]"#, #"{"a": 0.10, "a": 5}"#, "1", "1.00", #""a""#, #"{"a": 1, "b": "é"}"#,
    ]

    /// Some elements, a null among them now and then.
    private static func array(_ random: inout Randomness, _ element: (inout Randomness) -> String) -> String {
        let items = (0..<random.weighted([(1, 0), (3, 1), (4, 2), (3, 3), (1, 5)])).map { _ in random.chance(10) ? "NULL" : "\"\(element(&random))\""
        }
        return "{\(items.joined(separator: ","))}"
    }

    private static func integer(_ random: inout Randomness, _ bounds: [Int], far: Int = 100_000) -> String {
        switch random.int(1...40) {
        case 1: String(random.pick(bounds))
        case 2...8: String(random.pick([0, 1, -1]))
        case 9...12: String(random.int(-far...far))
        default: String(random.int(-12...12))
        }
    }

    private static func numeric(_ random: inout Randomness, _ declared: String) -> String {
        switch declared {
        case "numeric(10,2)":
            random.chance(3) ? "99999999.99" : decimal(random.chance(20) ? random.int(-5...5) * 50 : random.int(-30_000...90_000), 2)
        case "numeric(6,4)": decimal(random.chance(20) ? random.int(-2...2) * 5_000 : random.int(-99_999...99_999), 4)
        case "numeric(18,0)": random.chance(5) ? "999999999999999999" : String(random.int(-1_000...1_000))
        case "numeric(30,5)": random.chance(10) ? "1234567890123456789012345.67891" : decimal(random.int(-3_000_000...3_000_000), 5)
        default:
            random.pick(["0", "0.00", "1", "1.0", "1.50", "-2.5", "0.001", "12345678901234567890.123", "7.25", "-0.5", "100", "2.500", "0.333333"])
        }
    }

    private static func decimal(_ units: Int, _ scale: Int) -> String {
        let digits = String(repeating: "0", count: max(0, scale + 1 - String(abs(units)).count)) + String(abs(units))
        return (units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
    }

    private static func float(_ random: inout Randomness) -> String {
        switch random.int(1...10) {
        case 1...4:
            random.pick(["0", "0.1", "0.5", "-2.5", "1.5", "2.5", "3.3333333333333335", "100", "1e15", "1e-5", "123456.789", "-0.25", "1e20"])
        case 5...7: String(Double(random.int(-400...400)) / 4)
        default: String(Double(random.int(-1_000_000...1_000_000)) / 997)
        }
    }

    private static func date(_ random: inout Randomness) -> String {
        if random.chance(25) {
            return random.pick(["2024-01-31", "2024-02-29", "2023-12-31", "1969-12-31", "2000-01-01", "1900-03-01", "2024-03-31"])
        }
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
        if random.chance(2) { return "NULL::\(type.sql)" }
        let value = value(type, &random)
        switch type {
        case .int4, .bool: return value.hasPrefix("-") ? "(\(value))" : value
        case .text: return "'\(value.replacing("'", with: "''"))'\(random.chance(60) ? "::text" : "")"
        case .numeric:
            return random.chance(60)
                ? random.pick(["0.5", "1.0", "2", "0.00", "10.25", "(-1.5)", "100", "0.1", "3"]) + "::numeric" : "'\(value)'::numeric"
        case .date, .timestamp, .interval: return "\(type.sql) '\(value)'"
        default: return "'\(value.replacing("'", with: "''"))'::\(type.sql)"
        }
    }
}
