/// Reads an integer literal together with the signs that PostgreSQL's parser folds into it: `-5`, `- 5`, `-(5)`, `- /* minus */ -5`.
enum SignedLiteral {
    /// The number that begins at that byte with a minus; nil if none does.
    static func read(from sql: String, at offset: Int) -> Int? {
        guard isSigned(in: sql, at: offset) else { return nil }
        var sql = sql
        return sql.withUTF8 { read($0[offset...]) }
    }

    /// Whether a minus stands at that byte.
    static func isSigned(in sql: String, at offset: Int) -> Bool {
        guard offset >= 0, offset < sql.utf8.count else { return false }
        return sql.utf8[sql.utf8.index(sql.startIndex, offsetBy: offset)] == UInt8(ascii: "-")
    }

    private static func read(_ slice: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let text = UnsafeBufferPointer(rebasing: slice)
        var at = 0
        var isNegative = false
        while at < text.count {
            let next = at + 1 < text.count ? text[at + 1] : 0
            switch text[at] {
            case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
                while at < text.count, text[at] != UInt8(ascii: "\n"), text[at] != UInt8(ascii: "\r") { at += 1 }
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
                at = endOfComment(text, from: at)
            case UInt8(ascii: "-"):
                isNegative.toggle()
                at += 1
            case UInt8(ascii: "("), UInt8(ascii: " "), 0x09...0x0d:
                at += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard let number = digits(text[at...]) else { return nil }
                return isNegative ? -number : number
            default:
                return nil
            }
        }
        return nil
    }

    private static func digits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Comments nest in PostgreSQL.
    static func endOfComment(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        var depth = 0
        while at + 1 < text.count {
            if text[at] == UInt8(ascii: "/"), text[at + 1] == UInt8(ascii: "*") {
                depth += 1
                at += 2
            } else if text[at] == UInt8(ascii: "*"), text[at + 1] == UInt8(ascii: "/") {
                depth -= 1
                at += 2
                if depth == 0 { return at }
            } else {
                at += 1
            }
        }
        return text.count
    }
}
