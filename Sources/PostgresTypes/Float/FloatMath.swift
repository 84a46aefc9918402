internal import Glibc

/// Arithmetic and functions of `double precision` and `real`, with PostgreSQL's errors.
public enum FloatMath {
    public static func add<Number: BinaryFloatingPoint>(_ x: Number, _ y: Number) throws(PostgresError) -> Number { try sum(x + y, x, y) }
    public static func subtract<Number: BinaryFloatingPoint>(_ x: Number, _ y: Number) throws(PostgresError) -> Number { try sum(x - y, x, y) }

    @inline(__always) private static func sum<Number: BinaryFloatingPoint>(_ result: Number, _ x: Number, _ y: Number) throws(PostgresError) -> Number
    {
        if result.isInfinite, !x.isInfinite, !y.isInfinite { throw .floatOverflow }
        return result
    }

    public static func multiply<Number: BinaryFloatingPoint>(_ x: Number, _ y: Number) throws(PostgresError) -> Number {
        let result = x * y
        if result.isInfinite, !x.isInfinite, !y.isInfinite { throw .floatOverflow }
        if result == 0, x != 0, y != 0 { throw .floatUnderflow }
        return result
    }

    public static func divide<Number: BinaryFloatingPoint>(_ x: Number, _ y: Number) throws(PostgresError) -> Number {
        if y == 0, !x.isNaN { throw .divisionByZero }
        let result = x / y
        if result.isInfinite, !x.isInfinite { throw .floatOverflow }
        if result == 0, x != 0, !y.isInfinite { throw .floatUnderflow }
        return result
    }

    public static func squareRoot(_ x: Double) throws(PostgresError) -> Double {
        if x < 0 { throw PostgresError("2201F", "cannot take square root of a negative number") }
        return x.squareRoot()
    }

    public static func cubeRoot(_ x: Double) throws(PostgresError) -> Double { cbrt(x) }

    /// `power(x, y)` and `x ^ y`.
    public static func power(_ x: Double, _ y: Double) throws(PostgresError) -> Double {
        if x.isNaN { return y == 0 ? 1 : x }
        if y.isNaN { return x == 1 ? 1 : y }
        if x == 0, y < 0 { throw PostgresError("2201F", "zero raised to a negative power is undefined") }
        if x < 0, y.rounded(.down) != y { throw PostgresError("2201F", "a negative number raised to a non-integer power yields a complex result") }
        if y.isInfinite {
            if x.magnitude == 1 { return 1 }
            return (x.magnitude > 1) == (y > 0) ? .infinity : 0
        }
        if x.isInfinite { return pow(x, y) }
        let result = pow(x, y)
        if result.isInfinite { throw .floatOverflow }
        if result == 0, x != 0 { throw .floatUnderflow }
        return result
    }

    public static func exponential(_ x: Double) throws(PostgresError) -> Double {
        if x.isInfinite { return x > 0 ? x : 0 }
        let result = exp(x)
        if result.isInfinite { throw .floatOverflow }
        if result == 0 { throw .floatUnderflow }
        return result
    }

    public static func naturalLogarithm(_ x: Double) throws(PostgresError) -> Double { log(try checkedForLogarithm(x)) }
    public static func decimalLogarithm(_ x: Double) throws(PostgresError) -> Double { log10(try checkedForLogarithm(x)) }

    private static func checkedForLogarithm(_ x: Double) throws(PostgresError) -> Double {
        if x == 0 { throw PostgresError("2201E", "cannot take logarithm of zero") }
        if x < 0 { throw PostgresError("2201E", "cannot take logarithm of a negative number") }
        return x
    }

    private static let outOfRange = PostgresError("22003", "input is out of range")

    public static func sine(_ x: Double) throws(PostgresError) -> Double { sin(try finite(x)) }
    public static func cosine(_ x: Double) throws(PostgresError) -> Double { cos(try finite(x)) }
    public static func tangent(_ x: Double) throws(PostgresError) -> Double { tan(try finite(x)) }
    public static func arcSine(_ x: Double) throws(PostgresError) -> Double { asin(try unit(x)) }
    public static func arcCosine(_ x: Double) throws(PostgresError) -> Double { acos(try unit(x)) }
    public static func arcTangent(_ x: Double) throws(PostgresError) -> Double { atan(x) }
    public static func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }

    private static func finite(_ x: Double) throws(PostgresError) -> Double {
        if x.isInfinite { throw outOfRange }
        return x
    }

    private static func unit(_ x: Double) throws(PostgresError) -> Double {
        if x < -1 || x > 1 { throw outOfRange }
        return x
    }

    private static let radiansPerDegree = 0.0174532925199432957692

    public static func degrees(_ x: Double) throws(PostgresError) -> Double { try divide(x, radiansPerDegree) }
    public static func radians(_ x: Double) throws(PostgresError) -> Double { try multiply(x, radiansPerDegree) }

    /// `width_bucket(value, low, high, buckets)`.
    public static func widthBucket(_ value: Double, _ low: Double, _ high: Double, buckets: Int32) throws(PostgresError) -> Int32 {
        guard buckets > 0 else { throw PostgresError("2201G", "count must be greater than zero") }
        guard !value.isNaN, !low.isNaN, !high.isNaN else {
            throw PostgresError("2201G", "operand, lower bound, and upper bound cannot be NaN")
        }
        guard low.isFinite, high.isFinite else { throw PostgresError("2201G", "lower and upper bounds must be finite") }
        guard low != high else { throw PostgresError("2201G", "lower bound cannot equal upper bound") }
        let isRising = low < high
        if isRising ? value < low : value > low { return 0 }
        if isRising ? value >= high : value <= high {
            guard buckets < .max else { throw .integerOutOfRange }
            return buckets + 1
        }
        let share =
            (high - low).isInfinite
            ? (isRising ? (value / 2 - low / 2) / (high / 2 - low / 2) : (low / 2 - value / 2) / (low / 2 - high / 2))
            : (isRising ? (value - low) / (high - low) : (low - value) / (low - high))
        // The share could round to 1, which would be one bucket too far.
        return min(Int32(Double(buckets) * share), buckets - 1) + 1
    }
}

extension FloatMath {
    /// C's `%g`, as some of PostgreSQL's messages print numbers.
    public static func shortText(_ value: Double) -> String { Numeric.shortText(value) }
}
