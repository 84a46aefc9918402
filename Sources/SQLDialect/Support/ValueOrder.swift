internal import FeatureModel

/// How PostgreSQL compares values that are held as text, where that is not byte by byte: the store registers a collation for each.
public enum ValueOrder: String, Sendable, Hashable, CaseIterable {
    case numeric = "num"
    case interval
    /// char(n): blanks at the end are passed over.
    case padded
    case jsonb
    /// Arrays, by how their elements compare.
    case texts, numbers, floats, dates, timestamps, intervals

    /// Nil for what SQLite compares as PostgreSQL does, and for what has no order here.
    init?(_ type: PostgresType, _ encoding: Encoding) {
        switch encoding {
        case .decimal: self = .numeric
        case .interval: self = .interval
        case .padded: self = .padded
        case .text where type.isArray:
            guard let order = Self.ofArray(of: type.kind) else { return nil }
            self = order
        case .text where type.kind == .jsonb: self = .jsonb
        default: return nil
        }
    }

    private static func ofArray(of kind: PostgresType.Kind) -> ValueOrder? {
        switch kind {
        // Printed in the order of their bytes.
        case .text, .varchar, .uuid, .bool, .time: .texts
        case .int2, .int4, .int8, .numeric: .numbers
        case .float4, .float8: .floats
        case .date: .dates
        case .timestamp, .timestamptz: .timestamps
        case .interval: .intervals
        default: nil
        }
    }

    /// The collation's name in SQLite.
    public var collation: String {
        switch self {
        case .numeric, .interval: "pg_\(self == .numeric ? "numeric" : "interval")"
        // SQLite's own.
        case .padded: "RTRIM"
        case .jsonb: "pg_jsonb"
        case .texts, .numbers, .floats, .dates, .timestamps, .intervals: "pg_array_\(rawValue)"
        }
    }

    /// The order in the specification of an ordered aggregate (``SQLiteFunctions/orderedAggregates``).
    public var mark: Character {
        switch self {
        case .numeric: "n"
        case .interval: "i"
        case .padded: "r"
        case .jsonb: "j"
        case .texts: "T"
        case .numbers: "N"
        case .floats: "F"
        case .dates: "D"
        case .timestamps: "S"
        case .intervals: "I"
        }
    }

    /// Equal values may be printed differently: 1.5 and 1.50, `1 day` and `24:00:00`.
    func printsVary(_ type: PostgresType) -> Bool {
        switch self {
        case .numeric: type.declaredNumeric == nil
        case .padded: type.declaredLength == nil
        case .numbers: type.kind == .numeric
        case .interval, .jsonb, .floats, .intervals: true
        case .texts, .dates, .timestamps: false
        }
    }
}
