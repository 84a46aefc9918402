extension Numeric {
    /// `left / right`, rounded half away from zero to the scale PostgreSQL selects.
    public static func divide(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        guard left.isFinite, right.isFinite else { return try divideSpecial(left, right) }
        if right.isZero { throw .divisionByZero }
        return try divide(left, right, scale: divisionScale(left, right))
    }

    private static func divideSpecial(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        if left.isNaN || right.isNaN { return .nan }
        if left.isFinite { return .zero }
        if right.isInfinite { return .nan }
        if right.isZero { throw .divisionByZero }
        return left.signum * right.signum > 0 ? .infinity : .negativeInfinity
    }

    /// The scale of a quotient: at least 16 significant digits, counted in PostgreSQL's groups of four, and no fewer than either operand shows.
    static func divisionScale(_ left: Numeric, _ right: Numeric) -> Int {
        let (leftWeight, leftDigit) = left.leadingGroup
        let (rightWeight, rightDigit) = right.leadingGroup
        let quotientWeight = leftWeight - rightWeight - (leftDigit <= rightDigit ? 1 : 0)
        return min(max(16 - quotientWeight * 4, left.scale, right.scale, 0), 1000)
    }

    /// PostgreSQL keeps digits in groups of four aligned at the point: the place of the first group that is not zero, and that group.
    var leadingGroup: (weight: Int, group: Int) {
        if isZero { return (0, 0) }
        let exponent = digitCount - scale - 1
        let weight = exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4)
        let wanted = exponent - weight * 4 + 1
        let surplus = digitCount - wanted
        switch storage {
        case .small(let value):
            let magnitude = value.magnitude
            if surplus > 0 { return (weight, Int(magnitude / UInt128(Self.powersOfTen[surplus]))) }
            return (weight, Int(magnitude) * Int(Self.powersOfTen[-surplus]))
        case .big(_, let magnitude):
            var digits: [UInt8] = []
            magnitude.writeDigits(to: &digits)
            return (weight, digits.prefix(wanted).reduce(0) { $0 * 10 + Int($1 & 15) })
        default: return (0, 0)
        }
    }

    /// The quotient of finite values with `scale` digits after the point, rounded half away from zero. `right` must not be zero.
    static func divide(_ left: Numeric, _ right: Numeric, scale: Int) throws(PostgresError) -> Numeric {
        let shift = scale + right.scale - left.scale
        if case .small(let a) = left.storage, case .small(let b) = right.storage, abs(shift) < 39,
            let quotient = divideSmall(a, b, shift: shift)
        {
            return Numeric(small: quotient, scale: scale)
        }
        let (a, b) = (left.parts, right.parts)
        let top = a.magnitude.shiftedLeft(decimals: max(0, shift))
        let bottom = b.magnitude.shiftedLeft(decimals: max(0, -shift))
        let (quotient, remainder) = top.quotientAndRemainder(by: bottom)
        let rounded = remainder + remainder >= bottom ? quotient + Magnitude(1) : quotient
        return try checked(isNegative: a.isNegative != b.isNegative, magnitude: rounded, scale: scale)
    }

    @inline(__always) private static func divideSmall(_ a: Int128, _ b: Int128, shift: Int) -> Int128? {
        let (top, overflow) = (shift > 0 ? a : b).multipliedReportingOverflow(by: powersOfTen[abs(shift)])
        // One bit is left free for doubling the remainder.
        if overflow || top.magnitude > UInt128(Int128.max / 2) { return nil }
        let (x, y) = shift > 0 ? (top, b) : (a, top)
        let divisor = y.magnitude
        guard divisor <= UInt128(Int128.max / 2) else { return nil }
        let (quotient, remainder) = x.magnitude.quotientAndRemainder(dividingBy: divisor)
        let rounded = Int128(quotient + (remainder * 2 >= divisor ? 1 : 0))
        return (x < 0) != (y < 0) ? -rounded : rounded
    }

    /// `left % right`: the sign of the dividend, the larger scale.
    public static func remainder(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        guard left.isFinite, right.isFinite else {
            if left.isNaN || right.isNaN { return .nan }
            if left.isInfinite {
                if right.isZero { throw .divisionByZero }
                return .nan
            }
            return left
        }
        if right.isZero { throw .divisionByZero }
        let scale = max(left.scale, right.scale)
        let (a, b) = aligned(left, right)
        return try checked(isNegative: left.parts.isNegative, magnitude: a.quotientAndRemainder(by: b).remainder, scale: scale)
    }

    /// `div(left, right)`: the quotient cut to a whole number.
    public static func wholeQuotient(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        guard left.isFinite, right.isFinite else { return try divideSpecial(left, right) }
        if right.isZero { throw .divisionByZero }
        let (a, b) = aligned(left, right)
        return try checked(
            isNegative: left.parts.isNegative != right.parts.isNegative, magnitude: a.quotientAndRemainder(by: b).quotient, scale: 0)
    }
}
