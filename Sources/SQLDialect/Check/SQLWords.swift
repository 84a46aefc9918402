/// Finds words in an SQL text that is known to parse, outside its literals, quoted names and comments: only to say where something stands.
struct SQLWords {
    struct Word {
        /// In lower case.
        let text: String
        let offset: Int
    }

    let words: [Word]

    /// - Parameter offset: the byte to begin at; not inside a literal or a comment.
    init(_ sql: String, from offset: Int = 0) {
        var sql = sql
        words = sql.withUTF8 { Self.read($0, from: offset) }
    }

    /// The offset of the first place where these words follow each other, e.g. `["for", "update"]`.
    func offset(of sequence: [String]) -> Int? {
        guard words.count >= sequence.count else { return nil }
        return (0...words.count - sequence.count).first { at in
            sequence.indices.allSatisfy { words[at + $0].text == sequence[$0] }
        }.map { words[$0].offset }
    }

    /// The offset of the first byte at or after this one that is neither space nor comment.
    static func skipSpace(in sql: String, from offset: Int) -> Int {
        var sql = sql
        return sql.withUTF8 { text in
            var at = max(offset, 0)
            while at < text.count {
                let next = end(ofSpaceAt: at, in: text)
                if next == at { break }
                at = next
            }
            return min(at, text.count)
        }
    }

    private typealias Text = UnsafeBufferPointer<UInt8>

    private static func read(_ text: Text, from start: Int) -> [Word] {
        var found: [Word] = []
        var at = max(start, 0)
        while at < text.count {
            let byte = text[at]
            let afterSpace = end(ofSpaceAt: at, in: text)
            if afterSpace > at {
                at = afterSpace
            } else if isLetter(byte) {
                let begin = at
                while at < text.count, isLetter(text[at]) || isDigit(text[at]) || text[at] == UInt8(ascii: "$") { at += 1 }
                let word = String(decoding: text[begin..<at], as: UTF8.self).lowercased()
                found.append(Word(text: word, offset: begin))
                if word == "e", at < text.count, text[at] == UInt8(ascii: "'") { at = end(ofQuoteAt: at, in: text, escapes: true) }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                at = end(ofQuoteAt: at, in: text, escapes: false)
            } else if byte == UInt8(ascii: "$") {
                at = end(ofDollarAt: at, in: text)
            } else {
                at += 1
            }
        }
        return found
    }

    private static func end(ofSpaceAt start: Int, in text: Text) -> Int {
        let next = start + 1 < text.count ? text[start + 1] : 0
        switch text[start] {
        case UInt8(ascii: " "), 0x09...0x0d: return start + 1
        case UInt8(ascii: "-") where next == UInt8(ascii: "-"):
            var at = start
            while at < text.count, text[at] != UInt8(ascii: "\n"), text[at] != UInt8(ascii: "\r") { at += 1 }
            return at
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"): return SignedLiteral.endOfComment(text, from: start)
        default: return start
        }
    }

    private static func end(ofQuoteAt start: Int, in text: Text, escapes: Bool) -> Int {
        let quote = text[start]
        var at = start + 1
        while at < text.count {
            if escapes, text[at] == UInt8(ascii: "\\") { at += 2; continue }
            if text[at] == quote {
                // A doubled quote stands for itself.
                if at + 1 < text.count, text[at + 1] == quote { at += 2; continue }
                return at + 1
            }
            at += 1
        }
        return text.count
    }

    private static func end(ofDollarAt start: Int, in text: Text) -> Int {
        var at = start + 1
        while at < text.count, isLetter(text[at]) || isDigit(text[at]) { at += 1 }
        guard at < text.count, text[at] == UInt8(ascii: "$"), !(at > start + 1 && isDigit(text[start + 1])) else { return start + 1 }
        let tag = text[start...at]
        at += 1
        while at + tag.count <= text.count {
            if text[at..<at + tag.count].elementsEqual(tag) { return at + tag.count }
            at += 1
        }
        return text.count
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
