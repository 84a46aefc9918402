extension Magnitude {
    static func + (left: Magnitude, right: Magnitude) -> Magnitude {
        let (long, short) = left.limbs.count >= right.limbs.count ? (left.limbs, right.limbs) : (right.limbs, left.limbs)
        var result: [UInt32] = []
        result.reserveCapacity(long.count + 1)
        var carry: UInt32 = 0
        for index in long.indices {
            var sum = long[index] + carry + (index < short.count ? short[index] : 0)
            carry = sum >= UInt32(base) ? 1 : 0
            if carry == 1 { sum -= UInt32(base) }
            result.append(sum)
        }
        if carry == 1 { result.append(1) }
        return Magnitude(limbs: result)
    }

    /// `left` must not be smaller than `right`.
    static func - (left: Magnitude, right: Magnitude) -> Magnitude {
        var result = left.limbs
        var borrow: Int64 = 0
        for index in result.indices {
            var difference = Int64(result[index]) - borrow - (index < right.limbs.count ? Int64(right.limbs[index]) : 0)
            borrow = difference < 0 ? 1 : 0
            if borrow == 1 { difference += Int64(base) }
            result[index] = UInt32(difference)
        }
        precondition(borrow == 0)
        return Magnitude(limbs: result)
    }

    static func * (left: Magnitude, right: Magnitude) -> Magnitude {
        if left.isZero || right.isZero { return .zero }
        var result = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (at, limb) in left.limbs.enumerated() where limb != 0 {
            var carry: UInt64 = 0
            for (offset, other) in right.limbs.enumerated() {
                let product = UInt64(limb) * UInt64(other) + UInt64(result[at + offset]) + carry
                carry = product / base
                result[at + offset] = UInt32(product - carry * base)
            }
            result[at + right.limbs.count] = UInt32(carry)
        }
        return Magnitude(limbs: result)
    }

    /// `factor` must be less than the base.
    func multiplied(bySmall factor: UInt32) -> Magnitude {
        var result = limbs
        var carry: UInt64 = 0
        for index in result.indices {
            let product = UInt64(result[index]) * UInt64(factor) + carry
            carry = product / Self.base
            result[index] = UInt32(product - carry * Self.base)
        }
        if carry > 0 { result.append(UInt32(carry)) }
        return Magnitude(limbs: result)
    }

    /// `divisor` must be positive and less than the base.
    func quotientAndRemainder(bySmall divisor: UInt32) -> (quotient: Magnitude, remainder: UInt32) {
        var result = limbs
        var remainder: UInt64 = 0
        for index in result.indices.reversed() {
            let part = remainder * Self.base + UInt64(result[index])
            result[index] = UInt32(part / UInt64(divisor))
            remainder = part % UInt64(divisor)
        }
        return (Magnitude(limbs: result), UInt32(remainder))
    }

    /// This times 10^`count`.
    func shiftedLeft(decimals count: Int) -> Magnitude {
        if isZero || count == 0 { return self }
        let (whole, part) = count.quotientAndRemainder(dividingBy: Self.limbDigits)
        let scaled = part == 0 ? self : multiplied(bySmall: UInt32(DecimalDigits.powers[part]))
        return Magnitude(limbs: [UInt32](repeating: 0, count: whole) + scaled.limbs)
    }

    /// The whole part of this divided by 10^`count`, and whether the part cut off was at least a half, and whether it was anything.
    func shiftedRight(decimals count: Int) -> (quotient: Magnitude, isHalfOrMore: Bool, isExact: Bool) {
        if isZero || count == 0 { return (self, false, true) }
        if count > digitCount { return (.zero, false, false) }
        // The digit before the cut decides; what follows it only tells whether the cut is exact.
        let (whole, part) = (count - 1).quotientAndRemainder(dividingBy: Self.limbDigits)
        let droppedLimbs = limbs.prefix(whole).contains { $0 != 0 }
        let rest = Magnitude(limbs: Array(limbs.dropFirst(whole)))
        let (kept, below) = rest.quotientAndRemainder(bySmall: UInt32(DecimalDigits.powers[part]))
        let (quotient, digit) = kept.quotientAndRemainder(bySmall: 10)
        return (quotient, digit >= 5, !droppedLimbs && below == 0 && digit == 0)
    }

    /// This divided by 10^`count`, halves up.
    func roundedRight(decimals count: Int) -> Magnitude {
        let (quotient, half, _) = shiftedRight(decimals: count)
        return half ? quotient + Magnitude(1) : quotient
    }

    /// Schoolbook long division (Knuth's algorithm D). `divisor` must not be zero.
    func quotientAndRemainder(by divisor: Magnitude) -> (quotient: Magnitude, remainder: Magnitude) {
        precondition(!divisor.isZero)
        if self < divisor { return (.zero, self) }
        if divisor.limbs.count == 1 {
            let (quotient, remainder) = quotientAndRemainder(bySmall: divisor.limbs[0])
            return (quotient, Magnitude(UInt128(remainder)))
        }
        let base = Self.base
        let scale = UInt32(base / (UInt64(divisor.limbs.last!) + 1))
        var rest = multiplied(bySmall: scale).limbs
        let by = divisor.multiplied(bySmall: scale).limbs
        while rest.count <= limbs.count { rest.append(0) }
        let count = by.count
        let top = UInt64(by[count - 1])
        let second = UInt64(by[count - 2])
        var quotient = [UInt32](repeating: 0, count: rest.count - count)
        for at in quotient.indices.reversed() {
            let head = UInt64(rest[at + count]) * base + UInt64(rest[at + count - 1])
            var guess = head / top
            var left = head % top
            while guess >= base || guess * second > left * base + UInt64(rest[at + count - 2]) {
                guess -= 1
                left += top
                if left >= base { break }
            }
            var borrow: Int64 = 0
            var carry: UInt64 = 0
            for index in 0..<count {
                let product = guess * UInt64(by[index]) + carry
                carry = product / base
                var difference = Int64(rest[at + index]) - borrow - Int64(product % base)
                borrow = difference < 0 ? 1 : 0
                if difference < 0 { difference += Int64(base) }
                rest[at + index] = UInt32(difference)
            }
            var difference = Int64(rest[at + count]) - borrow - Int64(carry)
            if difference < 0 {
                guess -= 1
                var over: UInt64 = 0
                for index in 0..<count {
                    let sum = UInt64(rest[at + index]) + UInt64(by[index]) + over
                    over = sum >= base ? 1 : 0
                    rest[at + index] = UInt32(sum - over * base)
                }
                difference += Int64(over)
            }
            rest[at + count] = UInt32(difference)
            quotient[at] = UInt32(guess)
        }
        let remainder = Magnitude(limbs: Array(rest.prefix(count))).quotientAndRemainder(bySmall: scale).quotient
        return (Magnitude(limbs: quotient), remainder)
    }

    /// The largest whole number whose square is at most this, and what is left.
    var squareRoot: Magnitude {
        if isZero { return .zero }
        var guess = Magnitude(1).shiftedLeft(decimals: (digitCount + 1) / 2)
        while true {
            let next = (guess + quotientAndRemainder(by: guess).quotient).quotientAndRemainder(bySmall: 2).quotient
            if next >= guess { return guess }
            guess = next
        }
    }
}
