import FeatureModel

/// How a column travels to a worker, which decides its dtype there (DESIGN section 4); the names are those of `columns_in.py`.
enum Wire: String, Sendable {
    case int = "i8"
    case nullableInt = "I8"
    case double = "f8"
    case bool = "b1"
    case nullableBool = "B1"
    case timestamp = "ts"
    case timestamptz = "tz"
    case text = "tx"
    case json = "js"
    case bytes = "by"

    init(_ field: Schema.Field) {
        if field.type.isArray {
            self = .json
            return
        }
        self =
            switch field.type.kind {
            case .bool: field.isNullable ? .nullableBool : .bool
            case .int2, .int4, .int8: field.isNullable ? .nullableInt : .int
            case .numeric, .float4, .float8: .double
            case .date, .timestamp: .timestamp
            case .timestamptz: .timestamptz
            case .json, .jsonb: .json
            case .bytea: .bytes
            default: .text
            }
    }
}
