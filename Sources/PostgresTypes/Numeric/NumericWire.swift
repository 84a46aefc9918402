/// PostgreSQL's binary form of a numeric: counts and digits in base 10,000.
public enum NumericWire {
    /// Appends the text that PostgreSQL prints for the value, without computing with it.
    /// - Returns: false, with nothing appended, if the bytes are not a numeric.
    public static func write(_ wire: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
        guard wire.count >= 8 else { return false }
        let count = Int(field(wire, 0))
        let weight = Int(Int16(bitPattern: field(wire, 1)))
        let sign = field(wire, 2)
        let scale = Int(field(wire, 3))
        switch sign {
        case 0xC000: out.append(contentsOf: "NaN".utf8)
        case 0xD000: out.append(contentsOf: "Infinity".utf8)
        case 0xF000: out.append(contentsOf: "-Infinity".utf8)
        case 0x0000, 0x4000:
            guard wire.count == 8 + 2 * count, scale <= Numeric.maximumScale else { return false }
            if sign == 0x4000 { out.append(UInt8(ascii: "-")) }
            writeWhole(wire, count: count, weight: weight, to: &out)
            if scale > 0 { writeFraction(wire, count: count, weight: weight, scale: scale, to: &out) }
        default: return false
        }
        return true
    }

    /// The value itself.
    public static func decode(_ wire: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Numeric {
        var text: [UInt8] = []
        guard write(wire, to: &text) else { throw PostgresError("22P03", "incorrect binary data format") }
        return try text.withUnsafeBufferPointer { bytes throws(PostgresError) in try Numeric(parsing: bytes) }
    }

    /// The value times 10^`scale`, for `numeric(p,s)` with p ≤ 18; nil if it is NaN, infinite or has other digits.
    public static func scaled(_ wire: UnsafeBufferPointer<UInt8>, scale: Int) -> Int64? {
        guard wire.count >= 8, scale >= 0 else { return nil }
        let count = Int(field(wire, 0))
        let weight = Int(Int16(bitPattern: field(wire, 1)))
        let sign = field(wire, 2)
        guard sign == 0x0000 || sign == 0x4000, wire.count == 8 + 2 * count else { return nil }
        var value: Int64 = 0
        let lastPlace = -((scale + 3) / 4)
        var place = weight
        var index = 0
        while place >= lastPlace {
            let group = index < count ? Int64(field(wire, 4 + index)) : 0
            let shared = place == lastPlace ? scale + 4 * (place + 1) : 4
            // The last group may reach beyond the scale: what stands there must be zero.
            let divisor = Int64(DecimalDigits.powers[4 - shared])
            guard group % divisor == 0 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: Int64(DecimalDigits.powers[shared]))
            let (sum, carry) = product.addingReportingOverflow(group / divisor)
            if overflow || carry { return nil }
            value = sum
            place -= 1
            index += 1
        }
        while index < count {
            guard field(wire, 4 + index) == 0 else { return nil }
            index += 1
        }
        return sign == 0x4000 ? -value : value
    }

    @inline(__always) private static func field(_ wire: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt16 {
        UInt16(wire[2 * index]) << 8 | UInt16(wire[2 * index + 1])
    }

    private static func writeWhole(_ wire: UnsafeBufferPointer<UInt8>, count: Int, weight: Int, to out: inout [UInt8]) {
        guard weight >= 0 else { return out.append(UInt8(ascii: "0")) }
        for place in 0...weight {
            let group = UInt64(place < count ? field(wire, 4 + place) : 0)
            if place == 0 { DecimalDigits.write(group, to: &out) } else { DecimalDigits.write(group, width: 4, to: &out) }
        }
    }

    private static func writeFraction(_ wire: UnsafeBufferPointer<UInt8>, count: Int, weight: Int, scale: Int, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "."))
        var left = scale
        var index = weight + 1
        while left > 0 {
            let group = UInt64(index >= 0 && index < count ? field(wire, 4 + index) : 0)
            if left >= 4 {
                DecimalDigits.write(group, width: 4, to: &out)
            } else {
                DecimalDigits.write(group / DecimalDigits.powers[4 - left], width: left, to: &out)
            }
            left -= 4
            index += 1
        }
    }
}
