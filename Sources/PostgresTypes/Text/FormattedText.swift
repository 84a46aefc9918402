/// `format()`: `%s`, `%I`, `%L` and `%%`, with positions (`%2$s`), a width and the flag `-`.
public enum FormattedText {
    public static func write(_ format: UnsafeBufferPointer<UInt8>, _ values: [[UInt8]?], to out: inout [UInt8]) throws(PostgresError) {
        var at = 0, next = 0
        func number() -> Int? {
            let start = at
            while at < format.count, format[at].isDigit, at - start < 9 { at += 1 }
            return at == start ? nil : format[start..<at].reduce(0) { $0 * 10 + Int($1 & 15) }
        }
        while at < format.count {
            guard format[at] == UInt8(ascii: "%") else {
                out.append(format[at])
                at += 1
                continue
            }
            at += 1
            let start = at
            if at < format.count, format[at] == UInt8(ascii: "%") {
                out.append(UInt8(ascii: "%"))
                at += 1
                continue
            }
            if let position = number(), at < format.count, format[at] == UInt8(ascii: "$") {
                guard position > 0 else { throw PostgresError("22023", "format specifies argument 0, but arguments are numbered from 1") }
                at += 1
                next = position - 1
            } else {
                at = start
            }
            var isLeft = false
            while at < format.count, format[at] == UInt8(ascii: "-") {
                isLeft = true
                at += 1
            }
            if at < format.count, format[at] == UInt8(ascii: "*") { throw .notSupported("a width that is an argument of format()") }
            let width = number() ?? 0
            guard at < format.count else { throw PostgresError("22023", "unterminated format() type specifier") }
            let kind = format[at]
            at += 1
            guard [UInt8(ascii: "s"), UInt8(ascii: "I"), UInt8(ascii: "L")].contains(kind) else {
                throw PostgresError("22023", "unrecognized format() type specifier \"\(String(UnicodeScalar(kind)))\"")
            }
            guard next < values.count else { throw PostgresError("22023", "too few arguments for format()") }
            let text = try written(values[next], kind)
            next += 1
            let missing = max(0, width - text.withUnsafeBufferPointer { Characters($0).count })
            if !isLeft { out += [UInt8](repeating: UInt8(ascii: " "), count: missing) }
            out += text
            if isLeft { out += [UInt8](repeating: UInt8(ascii: " "), count: missing) }
        }
    }

    private static func written(_ value: [UInt8]?, _ kind: UInt8) throws(PostgresError) -> [UInt8] {
        guard let value else {
            if kind == UInt8(ascii: "I") { throw PostgresError("22004", "null values cannot be formatted as an SQL identifier") }
            return kind == UInt8(ascii: "L") ? Array("NULL".utf8) : []
        }
        var out: [UInt8] = []
        value.withUnsafeBufferPointer { text in
            switch kind {
            case UInt8(ascii: "I"): TextEdit.quoteIdentifier(text, to: &out)
            case UInt8(ascii: "L"): TextEdit.quoteLiteral(text, to: &out)
            default: out += text
            }
        }
        return out
    }
}
