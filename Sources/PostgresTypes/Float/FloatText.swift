internal import Glibc

/// What `double precision` and `real` share in reading and printing.
enum FloatText {
    static func writeSpecial(_ value: Double, to out: inout [UInt8]) {
        if value.isNaN {
            out.append(contentsOf: "NaN".utf8)
        } else {
            if value.sign == .minus { out.append(UInt8(ascii: "-")) }
            out.append(contentsOf: (value == 0 ? "0" : "Infinity").utf8)
        }
    }

    /// With an exponent if the first digit's place is below 10^-4 or at `limit` and above.
    static func write(_ decimal: ShortestDecimal, pointUpTo limit: Int, to out: inout [UInt8]) {
        let count = DecimalDigits.count(decimal.digits)
        let place = decimal.exponent + count - 1
        if place < -4 || place >= limit { return writeExponential(decimal, count: count, place: place, to: &out) }
        if decimal.exponent >= 0 {
            DecimalDigits.write(decimal.digits, to: &out)
            out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: decimal.exponent))
        } else if place < 0 {
            out.append(contentsOf: "0.".utf8)
            DecimalDigits.write(decimal.digits, width: -decimal.exponent, to: &out)
        } else {
            let (whole, part) = decimal.digits.quotientAndRemainder(dividingBy: DecimalDigits.powers[-decimal.exponent])
            DecimalDigits.write(whole, to: &out)
            out.append(UInt8(ascii: "."))
            DecimalDigits.write(part, width: -decimal.exponent, to: &out)
        }
    }

    private static func writeExponential(_ decimal: ShortestDecimal, count: Int, place: Int, to out: inout [UInt8]) {
        let (first, rest) = decimal.digits.quotientAndRemainder(dividingBy: DecimalDigits.powers[count - 1])
        DecimalDigits.write(first, to: &out)
        if count > 1 {
            out.append(UInt8(ascii: "."))
            DecimalDigits.write(rest, width: count - 1, to: &out)
        }
        out.append(UInt8(ascii: "e"))
        out.append(place < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        DecimalDigits.writePadded(UInt64(place.magnitude), width: 2, to: &out)
    }

    typealias Reader<Number> = (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Number

    /// Reads a whole text with C's own reader, spaces around allowed. `outOfRange` is C's ERANGE.
    static func read<Number>(
        _ text: UnsafeBufferPointer<UInt8>, type: String, _ reader: Reader<Number>
    ) throws(PostgresError) -> (value: Number, outOfRange: Bool) {
        var terminated = Array(text.trimmed)
        let count = terminated.count
        terminated.append(0)
        guard count > 0, !terminated.dropLast().contains(0) else { throw .invalidSyntax(type, text) }
        var consumed = 0
        var outOfRange = false
        let value = terminated.withUnsafeBytes { bytes in
            let start = bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
            var end: UnsafeMutablePointer<CChar>?
            errno = 0
            let value = reader(start, &end)
            outOfRange = errno == ERANGE
            consumed = end.map { UnsafePointer($0) - start } ?? 0
            return value
        }
        guard consumed == count else { throw .invalidSyntax(type, text) }
        return (value, outOfRange)
    }
}
