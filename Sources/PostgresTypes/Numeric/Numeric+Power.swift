internal import Glibc

extension Numeric {
    static let log10e = 0.434294481903252

    /// `exp(x)`.
    public func exponential() throws(PostgresError) -> Numeric {
        switch storage {
        case .nan, .infinity: return self
        case .negativeInfinity: return .zero
        default: break
        }
        let place = min(max(roughDouble * Self.log10e, -2000), 2000)
        return try exponential(places: min(max(16 - Int(place), scale, 0), 1000))
    }

    /// e^x of a finite value, rounded to `places`; refused beyond e^6000 as PostgreSQL refuses it.
    func exponential(places: Int) throws(PostgresError) -> Numeric {
        let rough = roughDouble
        guard abs(rough) < 6000 else {
            if rough > 0 { throw .numericOverflow }
            return Numeric(coefficient: 0, scale: places)
        }
        let wholeDigits = Int(abs(rough) * Self.log10e) + 1
        // Squaring loses a bit each time and the result's size multiplies the error.
        let work = FixedPoint(places: places + 2 * wholeDigits + 30)
        let power = work.exponential(work.convert(self))
        let result = signum < 0 ? work.divide(work.one, power) : power
        return try Self.checked(isNegative: false, magnitude: result.roundedRight(decimals: work.places - places), scale: places)
    }

    /// `power(x, y)`.
    public static func power(_ base: Numeric, _ exponent: Numeric) throws(PostgresError) -> Numeric {
        if base.isNaN || exponent.isNaN {
            return exponent.isZero && !exponent.isNaN || base == .one && !base.isNaN ? .one : .nan
        }
        if base.isZero, exponent.signum < 0 { throw PostgresError("2201F", "zero raised to a negative power is undefined") }
        let isWhole = exponent.isInfinite || exponent.minimumScale == 0
        if base.signum < 0, !isWhole {
            throw PostgresError("2201F", "a negative number raised to a non-integer power yields a complex result")
        }
        if base.isInfinite || exponent.isInfinite { return infinitePower(base, exponent) }
        if isWhole, let whole = Int32(exactly: (try? exponent.toInt64()) ?? .max) { return try power(base, whole: whole) }
        if base.isZero { return Numeric(coefficient: 0, scale: 16) }
        return try realPower(base, exponent)
    }

    private static func infinitePower(_ base: Numeric, _ exponent: Numeric) -> Numeric {
        if exponent.isZero { return .one }
        if exponent.isInfinite {
            let order = base.magnitude.order(to: .one)
            if order == 0 { return .one }
            return (order > 0) == (exponent.signum > 0) ? .infinity : .zero
        }
        if exponent.signum < 0 { return .zero }
        return base.signum < 0 && exponent.isOdd ? .negativeInfinity : .infinity
    }

    private var isOdd: Bool { parts.magnitude.shiftedRight(decimals: scale).quotient.isOdd }

    /// A whole power: at least 16 places, and no fewer than the base shows.
    private static func power(_ base: Numeric, whole: Int32) throws(PostgresError) -> Numeric {
        let places = min(max(16, base.scale), 1000)
        if whole == 0 { return try Numeric.one.withScale(places) }
        if base.isZero { return Numeric(coefficient: 0, scale: places) }
        let digits = base.digitCount
        let place = Double(whole) * (log10(leadingDigits(base)) + Double(digits - 1 - base.scale))
        guard place <= Double(maximumIntegerDigits) else { throw .numericOverflow }
        if place + 1 < -Double(places) { return Numeric(coefficient: 0, scale: places) }
        let keep = max(1, places + Int(abs(place))) + 40
        var result = (digits: Magnitude(1), exponent: 0)
        var square = (digits: base.parts.magnitude, exponent: -base.scale)
        var bits = whole.magnitude
        while bits > 0 {
            if bits & 1 == 1 { result = cut((result.digits * square.digits, result.exponent + square.exponent), to: keep) }
            bits >>= 1
            if bits > 0 { square = cut((square.digits * square.digits, 2 * square.exponent), to: keep) }
        }
        let isNegative = base.signum < 0 && whole & 1 == 1
        if whole < 0 {
            let shift = places - result.exponent
            let top = Magnitude(1).shiftedLeft(decimals: max(0, shift))
            let bottom = result.digits.shiftedLeft(decimals: max(0, -shift))
            let (quotient, rest) = top.quotientAndRemainder(by: bottom)
            return try checked(isNegative: isNegative, magnitude: rest + rest >= bottom ? quotient + Magnitude(1) : quotient, scale: places)
        }
        let shift = places + result.exponent
        let magnitude = shift >= 0 ? result.digits.shiftedLeft(decimals: shift) : result.digits.roundedRight(decimals: -shift)
        return try checked(isNegative: isNegative, magnitude: magnitude, scale: places)
    }

    /// No more than `count` digits.
    private static func cut(_ value: (digits: Magnitude, exponent: Int), to count: Int) -> (digits: Magnitude, exponent: Int) {
        let surplus = value.digits.digitCount - count
        return surplus <= 0 ? value : (value.digits.shiftedRight(decimals: surplus).quotient, value.exponent + surplus)
    }

    /// The first digits as a number from 1 to 10.
    private static func leadingDigits(_ value: Numeric) -> Double {
        var digits: [UInt8] = []
        value.parts.magnitude.writeDigits(to: &digits)
        return digits.prefix(17).reduce((0.0, 1.0)) { ($0.0 + Double($1 & 15) * $0.1, $0.1 / 10) }.0
    }

    /// A power that is not whole, or is too large for an integer.
    private static func realPower(_ base: Numeric, _ exponent: Numeric) throws(PostgresError) -> Numeric {
        let isNegative = base.signum < 0 && exponent.isOdd
        let positive = base.magnitude
        let weight = positive.estimatedLogarithmWeight
        // PostgreSQL estimates the size of the result with eight digits; rounded as it rounds, the estimate falls on the same side.
        let estimatePlaces = max(8 - weight, 0)
        let rough = try multiply(try positive.logarithm(places: estimatePlaces), exponent).withScale(estimatePlaces).roughDouble
        guard abs(rough) <= 6020 else {
            if rough > 0 { throw .numericOverflow }
            return Numeric(coefficient: 0, scale: 1000)
        }
        let place = rough * log10e
        let places = min(max(16 - Int(place), base.scale, exponent.scale, 0), 1000)
        let needed = places + Int(abs(place)) + exponent.digitCount + 24
        let logarithm = try multiply(try positive.logarithm(places: needed), exponent)
        let result = try logarithm.exponential(places: places)
        return isNegative ? result.negated : result
    }

    /// `factorial(n)`.
    public static func factorial(_ number: Int64) throws(PostgresError) -> Numeric {
        guard number >= 0 else { throw PostgresError("22003", "factorial of a negative number is undefined") }
        guard number <= 32177 else { throw .numericOverflow }
        var product = Magnitude(1)
        for factor in stride(from: number, to: 1, by: -1) { product = product.multiplied(bySmall: UInt32(factor)) }
        return try checked(isNegative: false, magnitude: product, scale: 0)
    }
}
