extension Numeric {
    /// The sum; its scale is the larger one.
    public static func add(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        if case .small(let a) = left.storage, case .small(let b) = right.storage, let sum = addSmall(a, left.scale, b, right.scale) { return sum }
        guard left.isFinite, right.isFinite else { return addSpecial(left, right) }
        let (a, b) = aligned(left, right)
        let scale = max(left.scale, right.scale)
        let signs = (left.parts.isNegative, right.parts.isNegative)
        if signs.0 == signs.1 { return try checked(isNegative: signs.0, magnitude: a + b, scale: scale) }
        return a >= b
            ? try checked(isNegative: signs.0, magnitude: a - b, scale: scale) : try checked(isNegative: signs.1, magnitude: b - a, scale: scale)
    }

    @inline(__always) private static func addSmall(_ a: Int128, _ aScale: Int, _ b: Int128, _ bScale: Int) -> Numeric? {
        var (x, y) = (a, b)
        if aScale != bScale {
            let difference = abs(aScale - bScale)
            guard difference < 39 else { return nil }
            let (scaled, overflow) = (aScale < bScale ? x : y).multipliedReportingOverflow(by: powersOfTen[difference])
            if overflow { return nil }
            if aScale < bScale { x = scaled } else { y = scaled }
        }
        let (sum, overflow) = x.addingReportingOverflow(y)
        // Int128.min has no positive counterpart, so it is left to the limbs.
        return overflow || sum == .min ? nil : Numeric(small: sum, scale: max(aScale, bScale))
    }

    private static func addSpecial(_ left: Numeric, _ right: Numeric) -> Numeric {
        if left.isNaN || right.isNaN { return .nan }
        if left.isInfinite, right.isInfinite, left.signum != right.signum { return .nan }
        return left.isInfinite ? left : right
    }

    public static func subtract(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric { try add(left, right.negated) }

    /// The product; its scale is the sum of the scales.
    public static func multiply(_ left: Numeric, _ right: Numeric) throws(PostgresError) -> Numeric {
        let scale = left.scale + right.scale
        if case .small(let a) = left.storage, case .small(let b) = right.storage, scale <= maximumScale {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            if !overflow, product != .min { return Numeric(small: product, scale: scale) }
        }
        guard left.isFinite, right.isFinite else {
            let sign = left.signum * right.signum
            return left.isNaN || right.isNaN || sign == 0 ? .nan : sign > 0 ? .infinity : .negativeInfinity
        }
        let (a, b) = (left.parts, right.parts)
        let product = a.magnitude * b.magnitude
        if scale <= maximumScale { return try checked(isNegative: a.isNegative != b.isNegative, magnitude: product, scale: scale) }
        return try checked(
            isNegative: a.isNegative != b.isNegative, magnitude: product.roundedRight(decimals: scale - maximumScale), scale: maximumScale)
    }

    public var negated: Numeric {
        switch storage {
        case .small(let value): Numeric(small: -value, scale: scale)
        case .big(let isNegative, let magnitude): Numeric(isNegative: !isNegative, magnitude: magnitude, scale: scale)
        case .nan: .nan
        case .infinity: .negativeInfinity
        case .negativeInfinity: .infinity
        }
    }

    public var magnitude: Numeric { signum < 0 ? negated : self }

    /// `sign(x)`: -1, 0, 1 without scale, or NaN.
    public var sign: Numeric { isNaN ? .nan : Numeric(signum) }
}
