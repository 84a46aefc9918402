internal import Glibc

/// PostgreSQL's scales; the digits are computed with some twenty more than are shown and rounded once.
extension Numeric {
    /// `ln(x)`.
    public func naturalLogarithm() throws(PostgresError) -> Numeric {
        if let special = try specialLogarithm() { return special }
        let digits = min(max(16 - estimatedLogarithmWeight, scale, 0), 1000)
        return try logarithm(places: digits)
    }

    /// `log(x)`.
    public func decimalLogarithm() throws(PostgresError) -> Numeric { try Numeric.logarithm(of: self, base: Numeric(10)) }

    /// `log(base, x)`.
    public static func logarithm(of value: Numeric, base: Numeric) throws(PostgresError) -> Numeric {
        if base.isNaN || value.isNaN { return .nan }
        for operand in [base, value] { _ = try operand.specialLogarithm() }
        if base.isInfinite { return value.isInfinite ? .nan : .zero }
        if value.isInfinite { return .infinity }
        let (baseWeight, valueWeight) = (base.estimatedLogarithmWeight, value.estimatedLogarithmWeight)
        let digits = min(max(16 - (valueWeight - baseWeight), base.scale, value.scale, 0), 1000)
        let guardPlaces = digits + 24 + abs(baseWeight) + abs(valueWeight)
        let bottom = try base.logarithm(places: guardPlaces)
        if bottom.isZero { throw .divisionByZero }
        return try divide(try value.logarithm(places: guardPlaces), bottom, scale: digits)
    }

    /// Throws for zero and below; answers NaN and Infinity.
    private func specialLogarithm() throws(PostgresError) -> Numeric? {
        if isNaN { return .nan }
        if signum < 0 { throw PostgresError("2201E", "cannot take logarithm of a negative number") }
        if signum == 0 { throw PostgresError("2201E", "cannot take logarithm of zero") }
        return isInfinite ? self : nil
    }

    /// ln of a positive finite value, rounded to `places`.
    func logarithm(places: Int) throws(PostgresError) -> Numeric {
        let order = self.order(to: .one)
        if order == 0 { return Numeric(coefficient: 0, scale: places) }
        // Below 1 the inverse is taken: it keeps its leading digits where the value itself has only zeros.
        let work = FixedPoint(places: places + 24)
        let (x, _) = (parts.magnitude, 0)
        let ratio =
            order > 0
            ? work.convert(self)
            : work.one.shiftedLeft(decimals: scale).quotientAndRemainder(by: x).quotient
        let logarithm = work.logarithm(ratio).roundedRight(decimals: 24)
        return Numeric(isNegative: order < 0, magnitude: logarithm, scale: places)
    }

    /// PostgreSQL's estimate of the decimal place of the first digit of ln(x); decides the scale of results.
    var estimatedLogarithmWeight: Int {
        guard signum > 0 else { return 0 }
        if self >= Numeric(coefficient: 9, scale: 1), self <= Numeric(coefficient: 11, scale: 1) {
            guard let distance = try? Numeric.subtract(self, .one).magnitude, !distance.isZero else { return 0 }
            let (weight, group) = distance.leadingGroup
            return weight * 4 + Int(log10(Double(group)))
        }
        // The first eight digits, in groups of four, are enough.
        let (weight, first) = leadingGroup
        var leading = Double(first)
        var place = weight * 4
        let lead = Numeric(coefficient: Int128(first), scale: 0)
        if let rest = try? Numeric.subtract(self, lead.shifted(weight * 4)), !rest.isZero {
            let next = rest.leadingGroup
            leading = leading * 10_000 + (next.weight == weight - 1 ? Double(next.group) : 0)
            place -= 4
        }
        return Int(log10(abs(log(leading) + Double(place) * 2.302585092994046)))
    }

    /// This whole number times 10^`places`.
    private func shifted(_ places: Int) -> Numeric {
        places >= 0
            ? Numeric(isNegative: false, magnitude: parts.magnitude.shiftedLeft(decimals: places), scale: 0)
            : Numeric(isNegative: false, magnitude: parts.magnitude, scale: -places)
    }
}
