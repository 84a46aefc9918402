extension Numeric {
    /// Reads what `numeric_in` reads: spaces around, sign, digits, point, exponent, `NaN`, `Infinity`, `inf`.
    public init(parsing text: String) throws(PostgresError) {
        self = try text.withBytes { bytes throws(PostgresError) in try Numeric(parsing: bytes) }
    }

    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        if let plain = Self.plain(text) {
            self = plain
            return
        }
        self = try Self.general(text)
    }

    /// The form that PostgreSQL itself prints, up to 18 digits.
    @inline(__always) private static func plain(_ text: UnsafeBufferPointer<UInt8>) -> Numeric? {
        guard text.count <= 20, let first = text.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        var at = isNegative ? 1 : 0
        var value: Int64 = 0
        var digits = 0
        var point = -1
        while at < text.count {
            let byte = text[at]
            if byte.isDigit {
                value = value &* 10 &+ Int64(byte & 15)
                digits += 1
            } else if byte == UInt8(ascii: "."), point < 0 {
                point = at
            } else {
                return nil
            }
            at += 1
        }
        guard digits > 0, digits <= 18 else { return nil }
        return Numeric(small: Int128(isNegative ? -value : value), scale: point < 0 ? 0 : text.count - point - 1)
    }

    private static func general(_ whole: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Numeric {
        let invalid = PostgresError.invalidSyntax("numeric", whole)
        let text = whole.trimmed
        var at = 0
        var isNegative = false
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            at = 1
        }
        let body = text.dropping(at)
        if body.equalsIgnoringCase("infinity") || body.equalsIgnoringCase("inf") { return isNegative ? .negativeInfinity : .infinity }
        if at == 0, body.equalsIgnoringCase("nan") { return .nan }

        var digits: [UInt8] = []
        var scale = 0
        var seenPoint = false
        while at < text.count {
            if text[at].isDigit {
                digits.append(text[at])
                if seenPoint { scale += 1 }
            } else if text[at] == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else {
                break
            }
            at += 1
        }
        guard !digits.isEmpty else { throw invalid }
        var exponent = 0
        if at < text.count, text[at].lowered == UInt8(ascii: "e") {
            at += 1
            guard let read = readExponent(text, &at) else { throw invalid }
            exponent = read
            // As far as PostgreSQL goes; it keeps the sums below from overflowing.
            guard abs(exponent) < Int(Int32.max) / 2 else { throw .numericOverflow }
        }
        guard at == text.count else { throw invalid }

        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        let shownScale = max(0, scale - exponent)
        guard shownScale <= maximumScale else { throw .numericOverflow }
        guard !significant.isEmpty else { return Numeric(small: 0, scale: shownScale) }
        guard significant.count - scale + exponent <= maximumIntegerDigits else { throw .numericOverflow }
        // The coefficient is the digits, moved left where the exponent reaches beyond them.
        let magnitude = Magnitude(asciiDigits: significant).shiftedLeft(decimals: max(0, exponent - scale))
        return Numeric(isNegative: isNegative, magnitude: magnitude, scale: shownScale)
    }

    /// An exponent as C's `strtol` reads it: white space and a sign may come first.
    private static func readExponent(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int? {
        while at < text.count, text[at].isSpace { at += 1 }
        var isNegative = false
        if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isNegative = text[at] == UInt8(ascii: "-")
            at += 1
        }
        let start = at
        var value = 0
        while at < text.count, text[at].isDigit {
            if value < 1 << 40 { value = value * 10 + Int(text[at] & 15) }
            at += 1
        }
        return at > start ? (isNegative ? -value : value) : nil
    }
}
