/// Rows as `row_to_json` prints them.
enum RowBytes {
    /// The top-level objects of a text of objects joined by commas. Decoding would lose digits, so the bytes are cut apart.
    static func objects(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var depth = 0, start = 0, isInString = false, isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if isEscaped { isEscaped = false } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true } else if byte == UInt8(ascii: "\"") { isInString = false }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                if depth == 0 { start = index }
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 { found.append(String(decoding: bytes[start...index], as: UTF8.self)) }
            }
        }
        return found
    }
}
