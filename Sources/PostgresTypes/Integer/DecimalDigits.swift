/// Writes whole numbers as decimal digits without making strings.
public enum DecimalDigits {
    @usableFromInline static let powers: [UInt64] = {
        var powers: [UInt64] = [1]
        while powers.count < 20 { powers.append(powers.last! * 10) }
        return powers
    }()

    /// Digits of `value`; 1 for zero.
    @inlinable public static func count(_ value: UInt64) -> Int {
        if value < 10 { return 1 }
        let guess = ((64 - value.leadingZeroBitCount) * 1233) >> 12
        return guess + (value >= powers[guess] ? 1 : 0)
    }

    @inlinable public static func write(_ value: Int64, to out: inout [UInt8]) {
        if value < 0 { out.append(UInt8(ascii: "-")) }
        write(value.magnitude, to: &out)
    }

    @inlinable public static func write(_ value: UInt64, to out: inout [UInt8]) { write(value, width: count(value), to: &out) }

    /// Exactly `width` digits, with leading zeros; `value` must have no more.
    @inlinable public static func write(_ value: UInt64, width: Int, to out: inout [UInt8]) {
        let start = out.count
        out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
        out.withUnsafeMutableBufferPointer { buffer in
            var rest = value
            var at = start + width
            while rest != 0 {
                at -= 1
                let next = rest / 10
                buffer[at] = UInt8(truncatingIfNeeded: rest &- next &* 10) &+ 0x30
                rest = next
            }
        }
    }

    /// At least `width` digits, with leading zeros.
    @inlinable public static func writePadded(_ value: UInt64, width: Int, to out: inout [UInt8]) {
        write(value, width: max(width, count(value)), to: &out)
    }
}
