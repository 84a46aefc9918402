/// One of the three integer types: arithmetic that fails where PostgreSQL fails.
public enum IntegerWidth: Int64, Sendable {
    case int2 = 16
    case int4 = 32
    case int8 = 64

    public var outOfRange: PostgresError {
        switch self {
        case .int2: .smallintOutOfRange
        case .int4: .integerOutOfRange
        case .int8: .bigintOutOfRange
        }
    }

    /// The value if it fits.
    @inline(__always) public func check(_ value: Int64) throws(PostgresError) -> Int64 {
        switch self {
        case .int2: if Int64(Int16(truncatingIfNeeded: value)) != value { throw outOfRange }
        case .int4: if Int64(Int32(truncatingIfNeeded: value)) != value { throw outOfRange }
        case .int8: break
        }
        return value
    }

    @inline(__always) private func check(_ result: (partialValue: Int64, overflow: Bool)) throws(PostgresError) -> Int64 {
        if result.overflow { throw outOfRange }
        return try check(result.partialValue)
    }

    public func add(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 { try check(x.addingReportingOverflow(y)) }
    public func subtract(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 { try check(x.subtractingReportingOverflow(y)) }
    public func multiply(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 { try check(x.multipliedReportingOverflow(by: y)) }

    public func divide(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 {
        if y == 0 { throw .divisionByZero }
        return try check(x.dividedReportingOverflow(by: y))
    }

    public static func remainder(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 {
        if y == 0 { throw .divisionByZero }
        return y == -1 ? 0 : x % y
    }

    public func negate(_ x: Int64) throws(PostgresError) -> Int64 { try subtract(0, x) }
    public func magnitude(_ x: Int64) throws(PostgresError) -> Int64 { x < 0 ? try negate(x) : x }

    public func greatestCommonDivisor(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 {
        var (a, b) = (x.magnitude, y.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        guard let value = Int64(exactly: a) else { throw outOfRange }
        return try check(value)
    }

    public func leastCommonMultiple(_ x: Int64, _ y: Int64) throws(PostgresError) -> Int64 {
        if x == 0 || y == 0 { return 0 }
        return try magnitude(try multiply(x / (try greatestCommonDivisor(x, y)), y))
    }

    /// `x << n` as C does it on this width: the count modulo the width, high bits dropped.
    public func shiftLeft(_ x: Int64, by count: Int64) -> Int64 {
        switch self {
        // smallint is shifted as an int by the count modulo 32, then cut.
        case .int2: Int64(Int16(truncatingIfNeeded: Int32(truncatingIfNeeded: x) << (count & 31)))
        case .int4: Int64(Int32(truncatingIfNeeded: x) << (count & 31))
        case .int8: x << (count & 63)
        }
    }

    public func shiftRight(_ x: Int64, by count: Int64) -> Int64 { self == .int8 ? x >> (count & 63) : x >> (count & 31) }
}
