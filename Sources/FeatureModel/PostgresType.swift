/// A PostgreSQL type with its modifier, e.g. `numeric(10,2)` or `text[]`.
public struct PostgresType: Hashable, Sendable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case bool, int2, int4, int8, numeric, float4, float8
        case text, varchar, bpchar, name
        case date, time, timetz, timestamp, timestamptz, interval
        case uuid, json, jsonb, bytea
        /// `NULL` and bare literals before their type is decided.
        case unknown
        /// Everything that is not listed: enums, domains, ranges, geometry, …; `otherName` says which.
        case other
    }

    public let kind: Kind
    /// PostgreSQL's `atttypmod`; -1 where there is none.
    public let modifier: Int32
    public let isArray: Bool
    /// `format_type`'s name when `kind` is `other`, else nil.
    public let otherName: String?
    /// An enum's values in their order, else nil.
    public let labels: [String]?

    public init(_ kind: Kind, modifier: Int32 = -1, isArray: Bool = false) {
        self.kind = kind
        self.modifier = modifier
        self.isArray = isArray
        otherName = nil
        labels = nil
    }

    /// - Parameter labels: of an enum.
    public init(otherNamed name: String, isArray: Bool = false, labels: [String]? = nil) {
        kind = .other
        modifier = -1
        self.isArray = isArray
        otherName = name
        self.labels = labels
    }

    /// The built-in type with this OID, or an `other` of that number's name.
    public init(oid: UInt32, modifier: Int32 = -1, name: @autoclosure () -> String? = nil) {
        if let kind = Self.scalarOIDs[oid] {
            self.init(kind, modifier: modifier)
        } else if let kind = Self.arrayOIDs[oid] {
            self.init(kind, modifier: modifier, isArray: true)
        } else {
            self.init(otherNamed: name() ?? "type with OID \(oid)")
        }
    }

    public static func numeric(precision: Int, scale: Int) -> PostgresType {
        PostgresType(.numeric, modifier: Int32(precision << 16 | (scale & 0x7ff)) + 4)
    }

    /// The declared precision and scale of a `numeric(p,s)`, else nil. The scale may be negative.
    public var declaredNumeric: (precision: Int, scale: Int)? {
        guard kind == .numeric, modifier >= 4 else { return nil }
        let packed = Int(modifier) - 4
        let scale = packed & 0x7ff
        return (packed >> 16 & 0xffff, scale >= 1024 ? scale - 2048 : scale)
    }

    /// The declared length of a `varchar(n)` or `char(n)`, in characters.
    public var declaredLength: Int? {
        guard kind == .varchar || kind == .bpchar, modifier >= 4 else { return nil }
        return Int(modifier) - 4
    }

    /// The declared number of fractional digits of seconds, 0 to 6.
    public var declaredSecondsPrecision: Int? {
        switch kind {
        case .time, .timetz, .timestamp, .timestamptz: modifier >= 0 ? Int(modifier) : nil
        case .interval: modifier >= 0 && modifier & 0xffff != 0xffff ? Int(modifier & 0xffff) : nil
        default: nil
        }
    }

    public var element: PostgresType { isArray ? PostgresType(kind, modifier: modifier) : self }

    /// How a column of this type is held in a ``Frame``.
    public var physical: Physical {
        if isArray { return .bytes }
        return switch kind {
        case .bool: .bool
        case .int2, .int4, .int8, .date, .time, .timestamp, .timestamptz: .int64
        case .float4, .float8: .float64
        default: .bytes
        }
    }

    /// What a model or pandas sees of this type (DESIGN section 4).
    public var logical: LogicalType {
        if isArray { return .json }
        return switch kind {
        case .bool: .bool
        case .int2, .int4, .int8: .int
        case .numeric, .float4, .float8: .float
        case .date, .timestamp, .timestamptz: .timestamp
        case .json, .jsonb: .json
        default: .text
        }
    }

    static let scalarOIDs: [UInt32: Kind] = [
        16: .bool, 17: .bytea, 19: .name, 20: .int8, 21: .int2, 23: .int4, 25: .text, 114: .json, 700: .float4, 701: .float8, 705: .unknown,
        1042: .bpchar, 1043: .varchar, 1082: .date, 1083: .time, 1114: .timestamp, 1184: .timestamptz, 1186: .interval, 1266: .timetz,
        1700: .numeric, 2950: .uuid, 3802: .jsonb,
    ]

    static let arrayOIDs: [UInt32: Kind] = [
        1000: .bool, 1001: .bytea, 1003: .name, 1016: .int8, 1005: .int2, 1007: .int4, 1009: .text, 199: .json, 1021: .float4, 1022: .float8,
        1014: .bpchar, 1015: .varchar, 1182: .date, 1183: .time, 1115: .timestamp, 1185: .timestamptz, 1187: .interval, 1270: .timetz,
        1231: .numeric, 2951: .uuid, 3807: .jsonb,
    ]
}

/// The layouts a ``Column`` can have.
public enum Physical: String, Sendable, Codable {
    /// One bit a row.
    case bool
    /// Integers; days since 1970-01-01 for date; microseconds since midnight for time, since 1970-01-01 00:00 (UTC) for timestamps.
    /// `infinity` and `-infinity` are `Int64.max` and `Int64.min`.
    case int64
    case float64
    /// Offsets and bytes: UTF-8 as PostgreSQL prints the value; the raw bytes for bytea.
    case bytes
}

/// Types as a consumer of features sees them.
public enum LogicalType: String, Sendable, Codable {
    case bool, int, float, text, timestamp, json
}

extension PostgresType: CustomStringConvertible {
    /// The name as `format_type` writes it, e.g. `timestamp(3) without time zone`.
    public var description: String {
        let base: String =
            switch kind {
            case .bool: "boolean"
            case .int2: "smallint"
            case .int4: "integer"
            case .int8: "bigint"
            case .numeric: declaredNumeric.map { "numeric(\($0.precision),\($0.scale))" } ?? "numeric"
            case .float4: "real"
            case .float8: "double precision"
            case .text: "text"
            case .varchar: declaredLength.map { "character varying(\($0))" } ?? "character varying"
            case .bpchar: declaredLength.map { "character(\($0))" } ?? "bpchar"
            case .name: "name"
            case .date: "date"
            case .time: "time\(seconds) without time zone"
            case .timetz: "time\(seconds) with time zone"
            case .timestamp: "timestamp\(seconds) without time zone"
            case .timestamptz: "timestamp\(seconds) with time zone"
            case .interval: "interval\(seconds)"
            case .uuid: "uuid"
            case .json: "json"
            case .jsonb: "jsonb"
            case .bytea: "bytea"
            case .unknown: "unknown"
            case .other: otherName ?? "other"
            }
        return isArray ? base + "[]" : base
    }

    private var seconds: String { declaredSecondsPrecision.map { "(\($0))" } ?? "" }
}

extension PostgresType: Codable {
    private enum CodingKeys: String, CodingKey { case kind, modifier, isArray, otherName, labels }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        modifier = try container.decodeIfPresent(Int32.self, forKey: .modifier) ?? -1
        isArray = try container.decodeIfPresent(Bool.self, forKey: .isArray) ?? false
        otherName = try container.decodeIfPresent(String.self, forKey: .otherName)
        labels = try container.decodeIfPresent([String].self, forKey: .labels)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        if modifier != -1 { try container.encode(modifier, forKey: .modifier) }
        if isArray { try container.encode(isArray, forKey: .isArray) }
        try container.encodeIfPresent(otherName, forKey: .otherName)
        try container.encodeIfPresent(labels, forKey: .labels)
    }
}
