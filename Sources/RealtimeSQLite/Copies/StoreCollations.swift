public import EmbeddedSQL
internal import PostgresTypes
internal import SQLDialect

/// The orders of ``ValueOrder``, which mirrors' columns are declared with and statements name.
public enum StoreCollations {
    typealias Comparison = @Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Int

    @Sendable public static func register(on connection: Connection) throws {
        for order in ValueOrder.allCases where order != .padded {
            try connection.registerCollation(order.collation, comparison(order))
        }
    }

    /// Negative, 0 or positive. Texts are printed by PostgreSQL or as it prints them; any other comes after them, by its bytes.
    static func comparison(_ order: ValueOrder) -> Comparison {
        switch order {
        case .numeric: NumericText.compare
        case .interval: { compare($0, $1, intervals) }
        case .padded: { bytes($0.withoutBlanks, $1.withoutBlanks) }
        case .jsonb: { compare($0, $1) { a, b throws(PostgresError) in JSONB.compare(try JSONB(parsing: a), try JSONB(parsing: b)) } }
        case .texts: arrays { a, b in bytes(a, b) }
        case .numbers: arrays { a, b in NumericText.compare(a, b) }
        case .floats: arrays(floats)
        case .dates: arrays { a, b throws(PostgresError) in ascending(try DateTimeInput.date(a), try DateTimeInput.date(b)) }
        case .timestamps:
            arrays { a, b throws(PostgresError) in
                ascending(try DateTimeInput.timestampTZ(a, zone: .utc), try DateTimeInput.timestampTZ(b, zone: .utc))
            }
        case .intervals: arrays(intervals)
        }
    }

    private typealias Reading = @Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int

    private static func arrays(_ elements: @escaping Reading) -> Comparison {
        { left, right in
            compare(left, right) { a, b throws(PostgresError) in
                try ArrayText.compare(try ArrayText(parsing: a), try ArrayText(parsing: b)) { x, y throws(PostgresError) in
                    try x.withUnsafeBufferPointer { x throws(PostgresError) in
                        try y.withUnsafeBufferPointer { y throws(PostgresError) in try elements(x, y) }
                    }
                }
            }
        }
    }

    /// Texts alike are equal without being read; one that cannot be read comes after all that can.
    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ order: Reading) -> Int {
        if left.elementsEqual(right) { return 0 }
        if let found = try? order(left, right) { return found }
        let (isLeft, isRight) = ((try? order(left, left)) != nil, (try? order(right, right)) != nil)
        return isLeft == isRight ? bytes(left, right) : isLeft ? -1 : 1
    }

    /// By PostgreSQL's length of an interval.
    private static func intervals(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int {
        ascending(try Interval(parsing: left), try Interval(parsing: right))
    }

    /// NaN is equal to itself and after everything else.
    private static func floats(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Int {
        let (a, b) = (try Float8.parse(left), try Float8.parse(right))
        return a.isNaN || b.isNaN ? (a.isNaN == b.isNaN ? 0 : a.isNaN ? 1 : -1) : ascending(a, b)
    }

    private static func ascending<Value: Comparable>(_ left: Value, _ right: Value) -> Int { left < right ? -1 : left == right ? 0 : 1 }

    private static func bytes(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Int {
        left.elementsEqual(right) ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A text without the blanks at its end.
    fileprivate var withoutBlanks: Slice<Self> { self[..<((lastIndex { $0 != UInt8(ascii: " ") } ?? -1) + 1)] }
}
