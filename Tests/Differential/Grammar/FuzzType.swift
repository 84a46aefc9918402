import Certificate

/// The types that random expressions have. A column of numeric or text may be declared more narrowly.
enum FuzzType: CaseIterable {
    case int4, int8, numeric, float8, bool, text, date, timestamp, timestamptz, interval

    var sql: String {
        switch self {
        case .int4: "int4"
        case .int8: "int8"
        case .numeric: "numeric"
        case .float8: "float8"
        case .bool: "bool"
        case .text: "text"
        case .date: "date"
        case .timestamp: "timestamp"
        case .timestamptz: "timestamptz"
        case .interval: "interval"
        }
    }

    var isNumber: Bool { [.int4, .int8, .numeric, .float8].contains(self) }

    /// How a column of the type may be declared.
    func declaration(_ random: inout Randomness) -> String {
        switch self {
        case .numeric: random.weighted([(5, "numeric(10,2)"), (2, "numeric(6,4)"), (1, "numeric(18,0)"), (2, "numeric"), (1, "numeric(30,5)")])
        case .text: random.weighted([(3, "text"), (1, "varchar(24)")])
        default: sql
        }
    }
}
