/// A natural number of any size, in base 10⁹, least significant limb first, without leading zero limbs.
///
/// The decimal base makes shifting by powers of ten, counting digits and printing cheap, which is what numeric needs most.
struct Magnitude: Hashable, Sendable {
    static let base: UInt64 = 1_000_000_000
    static let limbDigits = 9

    private(set) var limbs: [UInt32]

    static let zero = Magnitude(limbs: [])

    init(limbs: [UInt32]) {
        self.limbs = limbs
        trim()
    }

    init(_ value: UInt128) {
        limbs = []
        var rest = value
        while rest > UInt128(UInt64.max) {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt128(Self.base))
            limbs.append(UInt32(remainder))
            rest = quotient
        }
        var small = UInt64(rest)
        while small != 0 {
            limbs.append(UInt32(small % Self.base))
            small /= Self.base
        }
    }

    /// `digits` are decimal digit values or ASCII digits, most significant first.
    init(asciiDigits digits: some RandomAccessCollection<UInt8>) {
        limbs = []
        limbs.reserveCapacity(digits.count / 9 + 1)
        var end = digits.endIndex
        while end > digits.startIndex {
            let start = digits.index(end, offsetBy: -9, limitedBy: digits.startIndex) ?? digits.startIndex
            var limb: UInt32 = 0
            for digit in digits[start..<end] { limb = limb * 10 + UInt32(digit & 15) }
            limbs.append(limb)
            end = start
        }
        trim()
    }

    private mutating func trim() { while limbs.last == 0 { limbs.removeLast() } }

    var isZero: Bool { limbs.isEmpty }

    var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

    /// Decimal digits; 1 for zero.
    var digitCount: Int {
        guard let top = limbs.last else { return 1 }
        return (limbs.count - 1) * Self.limbDigits + DecimalDigits.count(UInt64(top))
    }

    /// The value if it is at most `Int128.max`.
    var uint128: UInt128? {
        if limbs.count > 5 { return nil }
        var value: UInt128 = 0
        for limb in limbs.reversed() {
            let (product, overflow) = value.multipliedReportingOverflow(by: UInt128(Self.base))
            let (sum, carry) = product.addingReportingOverflow(UInt128(limb))
            if overflow || carry { return nil }
            value = sum
        }
        return value <= UInt128(Int128.max) ? value : nil
    }

    func writeDigits(to out: inout [UInt8]) {
        guard let top = limbs.last else { return out.append(UInt8(ascii: "0")) }
        DecimalDigits.write(UInt64(top), to: &out)
        for limb in limbs.dropLast().reversed() { DecimalDigits.write(UInt64(limb), width: 9, to: &out) }
    }
}

extension Magnitude: Comparable {
    static func < (left: Magnitude, right: Magnitude) -> Bool {
        if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
        for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
            return left.limbs[index] < right.limbs[index]
        }
        return false
    }
}
