extension Numeric {
    /// `sqrt(x)`, exactly rounded, at PostgreSQL's scale.
    public func squareRoot() throws(PostgresError) -> Numeric {
        if isNaN { return .nan }
        if signum < 0 { throw PostgresError("2201F", "cannot take square root of a negative number") }
        if isInfinite { return self }
        let weight = leadingGroup.weight
        let resultWeight = weight >= -1 ? (weight + 1) * 2 - 1 : -((-1 - weight) * 2) - 1
        return try squareRoot(scale: min(max(16 - resultWeight, scale, 0), 1000))
    }

    /// The square root of a value that is not negative, rounded half up to `digits` places.
    func squareRoot(scale digits: Int) throws(PostgresError) -> Numeric {
        // One digit more than wanted decides the rounding: a root that is not exact never ends in a lone 5.
        let shift = 2 * (digits + 1) - scale
        let magnitude = parts.magnitude
        let radicand = shift >= 0 ? magnitude.shiftedLeft(decimals: shift) : magnitude.shiftedRight(decimals: -shift).quotient
        return try Self.checked(isNegative: false, magnitude: radicand.squareRoot.roundedRight(decimals: 1), scale: digits)
    }

    /// `gcd(a, b)`, with the larger scale.
    public static func greatestCommonDivisor(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        guard left.isFinite, right.isFinite else { return .nan }
        var (a, b) = aligned(left, right)
        while !b.isZero { (a, b) = (b, a.quotientAndRemainder(by: b).remainder) }
        return try checked(isNegative: false, magnitude: a, scale: max(left.scale, right.scale))
    }

    /// `lcm(a, b)`, with the larger scale.
    public static func leastCommonMultiple(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        guard left.isFinite, right.isFinite else { return .nan }
        let scale = max(left.scale, right.scale)
        if left.isZero || right.isZero { return Numeric(coefficient: 0, scale: scale) }
        let (a, b) = aligned(left, right)
        let divisor = try greatestCommonDivisor(left, right).parts.magnitude
        let multiple = a.quotientAndRemainder(by: divisor).quotient * b
        return try checked(isNegative: false, magnitude: multiple, scale: scale)
    }

    /// `width_bucket(value, low, high, buckets)`.
    public static func widthBucket(_ value: Numeric, _ low: Numeric, _ high: Numeric, buckets: Int32) throws(PostgresError) -> Int32 {
        guard buckets > 0 else { throw PostgresError("2201G", "count must be greater than zero") }
        guard !value.isNaN, !low.isNaN, !high.isNaN else {
            throw PostgresError("2201G", "operand, lower bound, and upper bound cannot be NaN")
        }
        guard low.isFinite, high.isFinite else { throw PostgresError("2201G", "lower and upper bounds must be finite") }
        let order = low.order(to: high)
        guard order != 0 else { throw PostgresError("2201G", "lower bound cannot equal upper bound") }
        let isRising = order < 0
        if isRising ? value < low : value > low { return 0 }
        if isRising ? value >= high : value <= high {
            guard buckets < .max else { throw .integerOutOfRange }
            return buckets + 1
        }
        let top = try multiply(try subtract(value, low).magnitude, Numeric(Int64(buckets)))
        // The quotient is rounded at its own scale before it is cut, as PostgreSQL does: a value just below the top can reach it.
        return try add(try divide(top, try subtract(high, low).magnitude).floor(), .one).toInt32()
    }
}
