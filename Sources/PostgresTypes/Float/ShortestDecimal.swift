/// The shortest decimal that reads back as the same binary floating-point number, and of those the nearest (Giulietti's Schubfach).
///
/// Like PostgreSQL, it never takes a decimal that lies exactly on the border between two numbers: 1e23 prints as 9.999999999999999e+22.
struct ShortestDecimal {
    /// No trailing zeros, unless zero.
    var digits: UInt64
    /// The value is `digits` × 10^`exponent`.
    var exponent: Int

    /// - Parameters:
    ///   - significand: with its hidden bit; not zero.
    ///   - isLowerCloser: the next smaller number is half as far away as the next larger one.
    init(significand: UInt64, binaryExponent: Int, isLowerCloser: Bool) {
        (digits, exponent) = Self.find(significand, binaryExponent, isLowerCloser)
        while digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
    }

    init(_ value: Double) {
        let raw = value.exponentBitPattern
        let fraction = value.significandBitPattern
        self.init(
            significand: raw == 0 ? fraction : fraction | 1 << 52, binaryExponent: max(1, Int(raw)) - 1075, isLowerCloser: fraction == 0 && raw > 1)
    }

    init(_ value: Float) {
        let raw = value.exponentBitPattern
        let fraction = UInt64(value.significandBitPattern)
        self.init(
            significand: raw == 0 ? fraction : fraction | 1 << 23, binaryExponent: max(1, Int(raw)) - 150, isLowerCloser: fraction == 0 && raw > 1)
    }

    private static func find(_ c: UInt64, _ q: Int, _ isLowerCloser: Bool) -> (UInt64, Int) {
        if q <= 0, q > -53, c & (1 << UInt64(-q) - 1) == 0 { return (c >> UInt64(-q), 0) }
        let k = (q * 1_262_611 - (isLowerCloser ? 524_031 : 0)) >> 22
        let h = UInt64(q + (-k * 1_741_647) >> 19 + 1)
        let power = PowersOfTen.value(-k)
        // Four times the value and the borders of what reads back as it, in units of 10^k; the last bit keeps what was lost.
        let low = scaled(power, (4 * c - (isLowerCloser ? 1 : 2)) << h) + 1
        let middle = scaled(power, (4 * c) << h)
        let high = scaled(power, (4 * c + 2) << h) - 1
        let s = middle / 4
        if s >= 10 {
            let tens = s / 10 * 40
            let below = low <= tens
            let above = tens + 40 <= high
            if below != above { return (s / 10 + (above ? 1 : 0), k + 1) }
        }
        let below = low <= 4 * s
        let above = 4 * s + 4 <= high
        if below != above { return (s + (above ? 1 : 0), k) }
        let half = 4 * s + 2
        return (s + (middle > half || middle == half && s & 1 != 0 ? 1 : 0), k)
    }

    /// The top of `power` × `value`, with its last bit set if anything below is.
    @inline(__always) private static func scaled(_ power: UInt128, _ value: UInt64) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: power).multipliedFullWidth(by: value).high
        let high = UInt64(truncatingIfNeeded: power >> 64).multipliedFullWidth(by: value)
        let (middle, carry) = high.low.addingReportingOverflow(low)
        return (high.high + (carry ? 1 : 0)) | (middle > 1 ? 1 : 0)
    }
}
