extension Answer {
    /// The rows of `data` as they stand in the body, byte for byte; empty if there are none.
    var rowTexts: [String] {
        let opening = Array(#""data":["#.utf8)
        guard let start = (0..<max(0, bytes.count - opening.count)).first(where: { bytes[$0..<($0 + opening.count)].elementsEqual(opening) }) else {
            return []
        }
        var rows: [String] = [], row: [UInt8] = []
        var depth = 0, isInString = false, isEscaped = false
        for byte in bytes[(start + opening.count)...] {
            if depth == 0, byte == UInt8(ascii: "]") { break }
            if depth == 0, byte == UInt8(ascii: ",") { continue }
            row.append(byte)
            if isInString {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    rows.append(String(decoding: row, as: UTF8.self))
                    row = []
                }
            default: break
            }
        }
        return rows
    }
}
