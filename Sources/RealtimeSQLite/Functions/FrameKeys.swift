internal import EmbeddedSQL
internal import PostgresTypes

/// The keys by which a window in RANGE is sorted.
struct FrameKeys {
    enum Kind { case date, timestamp, timestamptz(Zone), number, integer, float }

    enum Key {
        case null
        case moment(Int64)
        case number(Numeric)
        /// Wide enough for every distance from a bigint.
        case integer(Int128)
        case float(Double)
    }

    let kind: Kind
    let isDescending: Bool
    private let nullsFirst: Bool

    /// - Parameters:
    ///   - marks: `a` or `d`; `f` or `l` for NULLs first or last; what the key is: `d` date, `t` timestamp, `z` timestamptz, `n` numeric,
    ///     `i` integer, `f` double.
    ///   - zone: for a timestamptz.
    init(_ marks: ArraySlice<UInt8>, zone: Argument) throws(PostgresError) {
        let marks = Array(marks)
        isDescending = marks[0] == UInt8(ascii: "d")
        nullsFirst = marks[1] == UInt8(ascii: "f")
        switch marks[2] {
        case UInt8(ascii: "d"): kind = .date
        case UInt8(ascii: "t"): kind = .timestamp
        case UInt8(ascii: "z"): kind = .timestamptz(try Zone.named(zone.string))
        case UInt8(ascii: "i"): kind = .integer
        case UInt8(ascii: "f"): kind = .float
        default: kind = .number
        }
    }

    func key(_ argument: Argument) throws(PostgresError) -> Key {
        if argument.isNull { return .null }
        switch kind {
        case .date: return .moment(try Dates.timestamp(argument.int64))
        case .timestamp, .timestamptz: return .moment(argument.int64)
        case .number: return .number(try argument.numeric())
        case .integer: return .integer(Int128(argument.int64))
        case .float: return .float(argument.double)
        }
    }

    /// As the rows are sorted: negative, 0 for peers, or positive. NULLs lie beyond every distance from the rest.
    func order(_ left: Key, _ right: Key) -> Int {
        switch (left, right) {
        case (.moment(let a), .moment(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.number(let a), .number(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.integer(let a), .integer(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.float(let a), .float(let b)): isDescending ? Self.order(b, a) : Self.order(a, b)
        case (.null, .null): 0
        case (.null, _): nullsFirst ? -1 : 1
        default: nullsFirst ? 1 : -1
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int { left < right ? -1 : left == right ? 0 : 1 }
}
