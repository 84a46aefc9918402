extension Numeric: Comparable, Hashable {
    public static func == (left: Numeric, right: Numeric) -> Bool { left.order(to: right) == 0 }
    public static func < (left: Numeric, right: Numeric) -> Bool { left.order(to: right) < 0 }

    /// -1, 0 or 1 as `numeric_cmp`: by value, NaN equal to itself and above Infinity.
    public func order(to other: Numeric) -> Int {
        if case .small(let left) = storage, case .small(let right) = other.storage {
            if scale == other.scale { return left < right ? -1 : left == right ? 0 : 1 }
            let difference = scale - other.scale
            if abs(difference) < 39 {
                let factor = Self.powersOfTen[abs(difference)]
                let (scaled, overflow) = (difference < 0 ? left : right).multipliedReportingOverflow(by: factor)
                if !overflow {
                    let (a, b) = difference < 0 ? (scaled, right) : (left, scaled)
                    return a < b ? -1 : a == b ? 0 : 1
                }
            }
        }
        let ranks = (rank, other.rank)
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 ? -1 : 1 }
        if ranks.0 != 0 { return 0 }
        let signs = (signum, other.signum)
        if signs.0 != signs.1 { return signs.0 < signs.1 ? -1 : 1 }
        if signs.0 == 0 { return 0 }
        let (a, b) = Self.aligned(self, other)
        return a == b ? 0 : (a < b) == (signs.0 > 0) ? -1 : 1
    }

    /// Where the kinds of value stand: -Infinity, finite, Infinity, NaN.
    private var rank: Int {
        switch storage {
        case .negativeInfinity: -1
        case .small, .big: 0
        case .infinity: 1
        case .nan: 2
        }
    }

    /// The magnitudes of two finite values, brought to the larger scale.
    static func aligned(_ left: Numeric, _ right: Numeric) -> (Magnitude, Magnitude) {
        let scale = max(left.scale, right.scale)
        return (
            left.parts.magnitude.shiftedLeft(decimals: scale - left.scale), right.parts.magnitude.shiftedLeft(decimals: scale - right.scale)
        )
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rank)
        guard isFinite else { return }
        let (isNegative, magnitude) = parts
        hasher.combine(isNegative)
        // Values that are equal agree in their digits once trailing zeros are gone, and in the place of the first digit.
        var digits: [UInt8] = []
        magnitude.writeDigits(to: &digits)
        if !magnitude.isZero { hasher.combine(digits.count - scale) }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        hasher.combine(digits)
    }
}
