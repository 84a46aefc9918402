/// Finds where a single statement's text ends: a statement that is put between parentheses must not bring its semicolon along.
enum StatementText {
    /// The text up to the first semicolon that stands outside quotes and comments, or all of it. The caller has had PostgreSQL
    /// check the whole text to be one statement, so that only spaces, comments and semicolons can follow.
    static func withoutTerminator(_ sql: String) -> String {
        var text = sql
        let end: Int = text.withUTF8 { Scanner(bytes: $0).terminator() }
        return end == sql.utf8.count ? sql : String(decoding: sql.utf8.prefix(end), as: UTF8.self)
    }

    /// PostgreSQL's lexical rules as far as they hide a semicolon, under `standard_conforming_strings`.
    private struct Scanner {
        let bytes: UnsafeBufferPointer<UInt8>

        func terminator() -> Int {
            var at = 0
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: ";"): return at
                case UInt8(ascii: "'"): at = quoted(at, by: UInt8(ascii: "'"), escapes: isEscapeString(at))
                case UInt8(ascii: "\""): at = quoted(at, by: UInt8(ascii: "\""), escapes: false)
                case UInt8(ascii: "-") where byte(at + 1) == UInt8(ascii: "-"): at = line(at)
                case UInt8(ascii: "/") where byte(at + 1) == UInt8(ascii: "*"): at = comment(at)
                case UInt8(ascii: "$") where at == 0 || !isIdentifier(bytes[at - 1]): at = dollarQuoted(at)
                default: at += 1
                }
            }
            return at
        }

        private func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }

        private func isIdentifier(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
            default: false
            }
        }

        /// `E'…'`, where the E is no end of a longer word.
        private func isEscapeString(_ at: Int) -> Bool {
            guard at > 0, bytes[at - 1] | 0x20 == UInt8(ascii: "e") else { return false }
            return at == 1 || !isIdentifier(bytes[at - 2])
        }

        private func quoted(_ start: Int, by quote: UInt8, escapes: Bool) -> Int {
            var at = start + 1
            while at < bytes.count {
                if escapes, bytes[at] == UInt8(ascii: "\\") {
                    at += 2
                } else if bytes[at] == quote {
                    guard byte(at + 1) == quote else { return at + 1 }
                    at += 2
                } else {
                    at += 1
                }
            }
            return bytes.count
        }

        private func line(_ start: Int) -> Int {
            var at = start
            while at < bytes.count, bytes[at] != UInt8(ascii: "\n"), bytes[at] != UInt8(ascii: "\r") { at += 1 }
            return at
        }

        private func comment(_ start: Int) -> Int {
            var at = start + 2, depth = 1
            while at < bytes.count, depth > 0 {
                if bytes[at] == UInt8(ascii: "/"), byte(at + 1) == UInt8(ascii: "*") {
                    depth += 1
                    at += 2
                } else if bytes[at] == UInt8(ascii: "*"), byte(at + 1) == UInt8(ascii: "/") {
                    depth -= 1
                    at += 2
                } else {
                    at += 1
                }
            }
            return at
        }

        /// `$tag$ … $tag$`; a lone dollar, as of a parameter, is passed over.
        private func dollarQuoted(_ start: Int) -> Int {
            var end = start + 1
            if case UInt8(ascii: "0")...UInt8(ascii: "9") = byte(end) { return start + 1 }
            while end < bytes.count, isIdentifier(bytes[end]), bytes[end] != UInt8(ascii: "$") { end += 1 }
            guard byte(end) == UInt8(ascii: "$") else { return start + 1 }
            let tag = UnsafeBufferPointer(rebasing: bytes[start...end])
            var at = end + 1
            while at + tag.count <= bytes.count {
                if bytes[at] == UInt8(ascii: "$"), UnsafeBufferPointer(rebasing: bytes[at..<at + tag.count]).elementsEqual(tag) {
                    return at + tag.count
                }
                at += 1
            }
            return bytes.count
        }
    }
}
