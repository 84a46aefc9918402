/// PostgreSQL's printed `numeric` as the nearest double.
enum DecimalText {
    /// Nil if the text is no number, or one beyond the range of a double. `NaN` and `Infinity` are themselves.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        if let exact = short(text) { return exact }
        let string = String(decoding: text, as: UTF8.self)
        guard let value = Double(string) else { return nil }
        let saysInfinity = string == "Infinity" || string == "-Infinity"
        return value.isInfinite && !saysInfinity ? nil : value
    }

    /// Up to 15 digits, of which up to 15 after the point: both parts are exact as doubles, so one division rounds correctly.
    private static func short(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard (1...17).contains(text.count) else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var mantissa = 0
        var digits = 0
        var scale = -1
        for byte in text[(isNegative ? 1 : 0)...] {
            if byte == UInt8(ascii: "."), scale < 0 {
                scale = 0
            } else if byte >= 0x30, byte <= 0x39 {
                mantissa = mantissa * 10 + Int(byte - 0x30)
                digits += 1
                if scale >= 0 { scale += 1 }
            } else {
                return nil
            }
        }
        guard digits > 0, digits <= 15 else { return nil }
        let magnitude = scale > 0 ? Double(mantissa) / powers[scale] : Double(mantissa)
        return isNegative ? -magnitude : magnitude
    }

    private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]
}
