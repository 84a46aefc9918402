extension Numeric {
    /// `round(x, digits)`: half away from zero; negative `digits` round before the point.
    public func rounded(_ digits: Int = 0) throws(PostgresError) -> Numeric {
        guard isFinite else { return self }
        // PostgreSQL clamps the argument so that no result leaves its format.
        let digits = min(max(digits, -2000), 2000)
        return try rescaled(digits) { $0.roundedRight(decimals: $1) }
    }

    /// `trunc(x, digits)`.
    public func truncated(_ digits: Int = 0) throws(PostgresError) -> Numeric {
        guard isFinite else { return self }
        let digits = min(max(digits, -2000), 2000)
        return try rescaled(digits) { $0.shiftedRight(decimals: $1).quotient }
    }

    /// Brings the value to `digits` places, cutting with `cut` where it has more.
    private func rescaled(_ digits: Int, cut: (Magnitude, Int) -> Magnitude) throws(PostgresError) -> Numeric {
        let shown = max(0, digits)
        if case .small(let value) = storage, digits >= scale, digits - scale < 39 {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: Self.powersOfTen[digits - scale])
            if !overflow, scaled != .min { return Numeric(small: scaled, scale: shown) }
        }
        let (isNegative, magnitude) = parts
        if digits >= scale {
            return try Self.checked(isNegative: isNegative, magnitude: magnitude.shiftedLeft(decimals: digits - scale), scale: shown)
        }
        let kept = cut(magnitude, scale - digits).shiftedLeft(decimals: shown - digits)
        return try Self.checked(isNegative: isNegative, magnitude: kept, scale: shown)
    }

    /// Exactly `digits` places, 0 to 16,383, rounded half away from zero; for values inside a computation.
    func withScale(_ digits: Int) throws(PostgresError) -> Numeric { try rescaled(digits) { $0.roundedRight(decimals: $1) } }

    public func floor() throws(PostgresError) -> Numeric { try toWhole(awayFromZeroIf: signum < 0) }
    public func ceiling() throws(PostgresError) -> Numeric { try toWhole(awayFromZeroIf: signum > 0) }

    private func toWhole(awayFromZeroIf away: Bool) throws(PostgresError) -> Numeric {
        guard isFinite else { return self }
        let (isNegative, magnitude) = parts
        let (whole, _, isExact) = magnitude.shiftedRight(decimals: scale)
        return try Self.checked(isNegative: isNegative, magnitude: away && !isExact ? whole + Magnitude(1) : whole, scale: 0)
    }

    /// A cast to `numeric(precision, scale)`.
    public func applying(precision: Int, scale wanted: Int) throws(PostgresError) -> Numeric {
        let overflow = { (reason: String) in
            PostgresError("22003", "numeric field overflow", detail: "A field with precision \(precision), scale \(wanted) \(reason).")
        }
        guard isFinite else {
            if isNaN { return self }
            throw overflow("cannot hold an infinite value")
        }
        let result = try withScale(wanted)
        let wholeDigits = precision - wanted
        guard result.isZero || result.digitCount - result.scale <= wholeDigits else {
            throw overflow("must round to an absolute value less than \(wholeDigits == 0 ? "1" : "10^\(wholeDigits)")")
        }
        return result
    }

    /// `trim_scale`: without trailing zeros after the point.
    public func trimmed() throws(PostgresError) -> Numeric { isFinite ? try withScale(minimumScale) : self }

    /// `min_scale`: the digits after the point that are needed.
    public var minimumScale: Int {
        guard isFinite, !isZero else { return 0 }
        var digits: [UInt8] = []
        parts.magnitude.writeDigits(to: &digits)
        return max(0, scale - digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count)
    }
}
