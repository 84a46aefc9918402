import FeatureModel

/// Values of a key column, given as PostgreSQL prints them.
enum KeyValue {
    static func literal(_ text: String, _ type: PostgresType) -> String { "'\(text.replacing("'", with: "''"))'::\(type)" }

    static func bound(_ text: String, _ type: PostgresType) -> Value {
        switch type.kind {
        case .int2, .int4, .int8: Int64(text).map(Value.int) ?? .text(text)
        case .bool: .bool(text == "true" || text == "t")
        default: .text(text)
        }
    }

    /// One that is hardly there.
    static func absent(_ type: PostgresType) -> String? {
        switch type.kind {
        case .int2: "-31999"
        case .int4, .int8: "-1999999999"
        case .text, .varchar: "no such key"
        case .date: "1803-03-03"
        default: nil
        }
    }
}
