/// Texts made from others: padding, replacing, repeating, quoting.
public enum TextEdit {
    public typealias Bytes = UnsafeBufferPointer<UInt8>

    static let tooLarge = PostgresError("54000", "requested length too large")
    /// PostgreSQL's values end at 1 GB; a realtime answer has no use for more than this.
    static let maximumBytes = 64 << 20

    public static func pad(_ text: Bytes, length: Int64, fill: Bytes, onLeft: Bool, to out: inout [UInt8]) throws(PostgresError) {
        let wanted = Int(clamping: max(0, length))
        let count = Characters(text).count
        if count >= wanted || fill.isEmpty {
            return out.append(contentsOf: text[..<Characters(text).offset(wanted)])
        }
        let missing = wanted - count
        guard missing <= maximumBytes / 4 else { throw tooLarge }
        if !onLeft { out.append(contentsOf: text) }
        let fillCount = Characters(fill).count
        for _ in 0..<(missing / fillCount) { out.append(contentsOf: fill) }
        out.append(contentsOf: fill[..<Characters(fill).offset(missing % fillCount)])
        if onLeft { out.append(contentsOf: text) }
    }

    public static func replace(_ text: Bytes, _ from: Bytes, with to: Bytes, to out: inout [UInt8]) {
        var at = 0
        while let found = TextParts.find(from, in: text, from: at) {
            out.append(contentsOf: text[at..<found])
            out.append(contentsOf: to)
            at = found + from.count
        }
        out.append(contentsOf: text[at...])
    }

    /// Each character that stands in `from` becomes the one at its place in `to`, or nothing.
    public static func translate(_ text: Bytes, _ from: Bytes, with to: Bytes, to out: inout [UInt8]) {
        let sources = Characters(from).map(Array.init)
        let targets = Characters(to).map(Array.init)
        for character in Characters(text) {
            if let index = sources.firstIndex(where: { $0.elementsEqual(character) }) {
                if index < targets.count { out.append(contentsOf: targets[index]) }
            } else {
                out.append(contentsOf: character)
            }
        }
    }

    public static func repeated(_ text: Bytes, _ number: Int64, to out: inout [UInt8]) throws(PostgresError) {
        let times = Int(clamping: max(0, number))
        guard text.isEmpty || times <= maximumBytes / text.count else { throw tooLarge }
        if text.isEmpty { return }
        for _ in 0..<times { out.append(contentsOf: text) }
    }

    public static func reverse(_ text: Bytes, to out: inout [UInt8]) {
        var end = text.count
        while end > 0 {
            var start = end - 1
            while start > 0, text[start] & 0xc0 == 0x80 { start -= 1 }
            out.append(contentsOf: text[start..<end])
            end = start
        }
    }

    /// `ascii(x)`: the first character's code point, 0 if there is none.
    public static func codePoint(_ text: Bytes) -> Int64 { Characters(text).first { _ in true }.map { Int64(Characters.scalar($0)) } ?? 0 }

    /// `chr(n)`.
    public static func character(_ code: Int64, to out: inout [UInt8]) throws(PostgresError) {
        if code < 0 { throw PostgresError("22023", "character number must be positive") }
        if code == 0 { throw PostgresError("54000", "null character not permitted") }
        guard code <= 0x10ffff else { throw PostgresError("54000", "requested character too large for encoding: \(code)") }
        guard !(0xd800..<0xe000).contains(code) else { throw PostgresError("54000", "requested character not valid for encoding: \(code)") }
        Characters.append(UInt32(code), to: &out)
    }

    public static func quoteLiteral(_ text: Bytes, to out: inout [UInt8]) {
        if text.contains(UInt8(ascii: "\\")) { out.append(UInt8(ascii: "E")) }
        out.append(UInt8(ascii: "'"))
        for byte in text {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "'"))
    }

    /// Quoted unless it is lower case, digits and underscores, and no keyword.
    public static func quoteIdentifier(_ text: Bytes, to out: inout [UInt8]) {
        let isPlain =
            !text.isEmpty && !text[0].isDigit
            && text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "_") || ($0.isLetter && $0 == $0.lowered) }
        if isPlain, !Keywords.reserved.contains(String(decoding: text, as: UTF8.self)) { return out.append(contentsOf: text) }
        out.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }

    /// `to_hex`: `bits` wide, without sign.
    public static func hex(_ value: Int64, bits: Int64, to out: inout [UInt8]) {
        let number = bits == 32 ? UInt64(UInt32(truncatingIfNeeded: value)) : UInt64(bitPattern: value)
        out.append(contentsOf: String(number, radix: 16).utf8)
    }
}
