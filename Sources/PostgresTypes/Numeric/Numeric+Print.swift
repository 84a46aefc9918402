extension Numeric: CustomStringConvertible {
    public var description: String {
        var out: [UInt8] = []
        write(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Prints as `numeric_out`: `scale` digits after the point, never an exponent.
    public func write(to out: inout [UInt8]) {
        switch storage {
        case .small(let value): Self.write(value, scale: scale, to: &out)
        case .big(let isNegative, let magnitude):
            if isNegative { out.append(UInt8(ascii: "-")) }
            let start = out.count
            magnitude.writeDigits(to: &out)
            Self.insertPoint(scale: scale, start: start, in: &out)
        case .nan: out.append(contentsOf: "NaN".utf8)
        case .infinity: out.append(contentsOf: "Infinity".utf8)
        case .negativeInfinity: out.append(contentsOf: "-Infinity".utf8)
        }
    }

    /// Prints `coefficient` × 10^-`scale`, e.g. a mirrored `numeric(10,2)` straight from its integer.
    public static func write(_ coefficient: Int64, scale: Int, to out: inout [UInt8]) {
        if coefficient < 0 { out.append(UInt8(ascii: "-")) }
        let magnitude = coefficient.magnitude
        guard scale > 0 else { return DecimalDigits.write(magnitude, to: &out) }
        guard scale < 19 else {
            let start = out.count
            DecimalDigits.write(magnitude, to: &out)
            return insertPoint(scale: scale, start: start, in: &out)
        }
        let (whole, part) = magnitude.quotientAndRemainder(dividingBy: DecimalDigits.powers[scale])
        DecimalDigits.write(whole, to: &out)
        out.append(UInt8(ascii: "."))
        DecimalDigits.write(part, width: scale, to: &out)
    }

    static func write(_ coefficient: Int128, scale: Int, to out: inout [UInt8]) {
        if let short = Int64(exactly: coefficient) { return write(short, scale: scale, to: &out) }
        if coefficient < 0 { out.append(UInt8(ascii: "-")) }
        let start = out.count
        writeDigits(coefficient.magnitude, to: &out)
        insertPoint(scale: scale, start: start, in: &out)
    }

    private static func writeDigits(_ value: UInt128, to out: inout [UInt8]) {
        let chunk: UInt128 = 1_000_000_000_000_000_000
        if value < chunk { return DecimalDigits.write(UInt64(value), to: &out) }
        let (high, low) = value.quotientAndRemainder(dividingBy: chunk)
        writeDigits(high, to: &out)
        DecimalDigits.write(UInt64(low), width: 18, to: &out)
    }

    /// Puts the point into the digits written since `start`, with zeros in front where they are too few.
    private static func insertPoint(scale: Int, start: Int, in out: inout [UInt8]) {
        guard scale > 0 else { return }
        let digits = out.count - start
        if digits <= scale { out.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: scale + 1 - digits), at: start) }
        out.insert(UInt8(ascii: "."), at: out.count - scale)
    }
}
