public import FeatureModel

/// Values of a key column, given as PostgreSQL prints them.
public enum KeyValue {
    public static func literal(_ text: String, _ type: PostgresType) -> String { "'\(text.replacing("'", with: "''"))'::\(type)" }

    public static func bound(_ text: String, _ type: PostgresType) -> Value {
        switch type.kind {
        case .int2, .int4, .int8: Int64(text).map(Value.int) ?? .text(text)
        case .bool: .bool(text == "true" || text == "t")
        default: .text(text)
        }
    }

    /// One that is hardly there.
    public static func absent(_ type: PostgresType) -> String? {
        switch type.kind {
        case .int2: "-31999"
        case .int4, .int8: "-1999999999"
        case .numeric, .float4, .float8: "-31999.5"
        case .text, .varchar, .name: "no such key"
        case .date: "1803-03-03"
        case .timestamp, .timestamptz: "1803-03-03 03:03:03+00"
        case .uuid: "00000000-0000-0000-0000-00000000dead"
        default: nil
        }
    }

    /// The type's ends and its odd values.
    static func edges(_ type: PostgresType) -> [String] {
        switch type.kind {
        case .int2: ["32767", "-32768", "0"]
        case .int4: ["2147483647", "-2147483648", "0"]
        case .int8: ["9223372036854775807", "-9223372036854775808", "0"]
        case .numeric: ["0", "1.0", "1.00", "-0.5"]
        case .float4, .float8: ["0", "-0", "1.5", "Infinity"]
        case .text, .varchar, .name: ["", " ", "it's \"quoted\"", "e\u{301}🙂"]
        case .date: ["1969-12-31", "2024-02-29"]
        case .timestamp, .timestamptz: ["1969-12-31 23:59:59.999999+00", "2024-03-31 01:00:00+00"]
        default: []
        }
    }

    /// The member of a row as `row_to_json` prints it; nil where it is null, absent or a document.
    public static func text(_ row: JSONValue, _ column: String) -> String? {
        switch row[column] {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }
}
