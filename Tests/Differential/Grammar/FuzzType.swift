import Certificate

/// The types that random expressions have. A column of numeric or text may be declared more narrowly.
enum FuzzType: String, CaseIterable {
    case int2, int4, int8, numeric, float4, float8, bool, text, bpchar, date, time, timestamp, timestamptz, interval, uuid, mood, json, jsonb, bytea
    /// Arrays of text, int4 and int8.
    case texts, ints, longs

    var sql: String {
        switch self {
        case .bpchar: "bpchar"
        case .mood: "mood"
        case .texts: "text[]"
        case .ints: "int4[]"
        case .longs: "int8[]"
        default: rawValue
        }
    }

    var isNumber: Bool { [.int2, .int4, .int8, .numeric, .float4, .float8].contains(self) }

    var isArray: Bool { [.texts, .ints, .longs].contains(self) }

    /// Values can be equal.
    var isComparable: Bool { self != .json }

    /// Values follow each other in an order that the store holds.
    var isOrdered: Bool { ![.json, .bytea, .uuid, .bool].contains(self) }

    /// How a column of the type may be declared.
    func declaration(_ random: inout Randomness) -> String {
        switch self {
        case .numeric: random.weighted([(5, "numeric(10,2)"), (2, "numeric(6,4)"), (1, "numeric(18,0)"), (2, "numeric"), (1, "numeric(30,5)")])
        case .text: random.weighted([(3, "text"), (1, "varchar(24)")])
        case .bpchar: random.weighted([(2, "char(3)"), (1, "char(24)")])
        default: sql
        }
    }
}
