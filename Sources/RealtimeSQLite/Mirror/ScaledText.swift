/// Reads PostgreSQL's printed form of a `numeric(p,s)` into the value times 10^s, without rounding.
enum ScaledText {
    /// nil if the text is no plain decimal (`NaN`), has digits other than 0 beyond the scale, or does not fit.
    static func parse(_ text: UnsafeBufferPointer<UInt8>, scale: Int) -> Int64? {
        var at = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { at = 1 }
        var value: Int64 = 0
        var digits = 0
        // Digits after the point so far; negative before the point.
        var fraction = -1
        while at < text.count {
            let byte = text[at]
            at += 1
            if byte == UInt8(ascii: "."), fraction < 0 {
                fraction = 0
                continue
            }
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            digits += 1
            if fraction >= 0 {
                fraction += 1
                if fraction > scale {
                    guard byte == 0x30 else { return nil }
                    continue
                }
            }
            guard append(byte - 0x30, to: &value) else { return nil }
        }
        guard digits > 0 else { return nil }
        for _ in max(0, min(fraction, scale))..<scale { guard append(0, to: &value) else { return nil } }
        return isNegative ? -value : value
    }

    @inline(__always) private static func append(_ digit: UInt8, to value: inout Int64) -> Bool {
        let (product, first) = value.multipliedReportingOverflow(by: 10)
        let (sum, second) = product.addingReportingOverflow(Int64(digit))
        value = sum
        return !first && !second
    }
}
