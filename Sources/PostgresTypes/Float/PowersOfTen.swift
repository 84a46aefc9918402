/// 10^k for every k that a double needs, as 128 bits with the top bit set, rounded up: 10^k ≈ value × 2^(⌊log2 10^k⌋ - 127).
enum PowersOfTen {
    static let range = -292...324

    static func value(_ exponent: Int) -> UInt128 { table[exponent - range.lowerBound] }

    private static let table: [UInt128] = {
        // Powers of ten and of five have the same leading bits, and five fits exact work on limbs.
        var negative: [UInt128] = []
        // ⌊⌊N / 5^n⌋ / 5⌋ = ⌊N / 5^(n+1)⌋: dividing step by step stays exact. 2^1216 leaves enough bits at the last step.
        var reciprocal = [UInt64](repeating: 0, count: 19) + [1]
        for _ in 0..<(-range.lowerBound) {
            var remainder: UInt64 = 0
            for index in reciprocal.indices.reversed() {
                (reciprocal[index], remainder) = UInt64(5).dividingFullWidth((remainder, reciprocal[index]))
            }
            while reciprocal.last == 0 { reciprocal.removeLast() }
            negative.append(leading(reciprocal).bits + 1)
        }
        var positive: [UInt128] = []
        var power: [UInt64] = [1]
        for _ in 0...range.upperBound {
            let (bits, isExact) = leading(power)
            positive.append(isExact ? bits : bits + 1)
            var carry: UInt64 = 0
            for index in power.indices {
                let (high, low) = power[index].multipliedFullWidth(by: 5)
                let (sum, overflow) = low.addingReportingOverflow(carry)
                power[index] = sum
                carry = high + (overflow ? 1 : 0)
            }
            if carry > 0 { power.append(carry) }
        }
        return negative.reversed() + positive
    }()

    /// The first 128 bits of a number in limbs, least significant first, and whether nothing follows them.
    private static func leading(_ limbs: [UInt64]) -> (bits: UInt128, isExact: Bool) {
        let limb = { (index: Int) in index >= 0 ? limbs[index] : 0 }
        let top = limbs.count - 1
        let shift = limbs[top].leadingZeroBitCount
        var bits = UInt128(limb(top)) << 64 | UInt128(limb(top - 1))
        var isExact = top < 3 || limbs[..<(top - 2)].allSatisfy { $0 == 0 }
        if shift > 0 {
            bits = bits << UInt128(shift) | UInt128(limb(top - 2) >> UInt64(64 - shift))
            isExact = isExact && limb(top - 2) << UInt64(shift) == 0
        } else {
            isExact = isExact && limb(top - 2) == 0
        }
        return (bits, isExact)
    }
}
