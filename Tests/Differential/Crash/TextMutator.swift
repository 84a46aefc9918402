import Certificate

/// Spoils texts: bytes, tokens, nesting, long lists, odd characters.
struct TextMutator {
    var random: Randomness

    private static let odd = [
        "\u{0}", "\u{FEFF}", "\u{202E}", "\u{301}", "\u{10FFFF}", "😀", "é", "\u{A0}", "\u{2028}", "$1", "$$", "$x$", "E'\\x", "U&'\\00e9'", "/*",
        "*/", "--", "\\", "\u{7F}", "\r",
        "''", "\"", "`", "b'1'", "x'ff'", "1e400", "99999999999999999999999", ".5.", "::", "[", "]", "(", ")", ";", "?", "@>", "NULL", "-", "1e-400",
        "'NaN'", "'infinity'",
    ]

    private static let nests: [(open: String, close: String)] = [
        ("(", ")"), ("- ", ""), ("NOT ", ""), ("abs(", ")"), ("coalesce(", ", 1)"), ("CASE WHEN true THEN ", " END"), ("ARRAY[", "]"),
        ("(SELECT ", ")"), ("1 + ", ""), ("a.b.", ""), ("EXISTS (SELECT ", ")"),
        ("ROW(", ")"), ("x IN (", ")"), ("", "::int"), ("", " IS NULL"), ("(", "[1]"), ("'a' || ", ""), ("f(DISTINCT ", ")"), ("(VALUES (", "))"),
    ]

    mutating func mutated(_ bytes: [UInt8], splicing other: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.weighted([(10, 1), (3, 2), (1, 4), (1, 12)]) { bytes = once(bytes, other) }
        return bytes
    }

    private mutating func once(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return other }
        var bytes = bytes
        let at = random.int(0...bytes.count - 1)
        switch random.int(1...16) {
        case 1: bytes[at] = UInt8(random.int(0...255))
        case 2: bytes[at] ^= 1 << UInt8(random.int(0...7))
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + random.int(1...9)))
        case 4: bytes.insert(contentsOf: random.pick(Self.odd).utf8, at: at)
        case 5, 6, 7, 13...16:
            // A token, or a few, for another's.
            let own = Self.tokens(bytes), others = Self.tokens(other)
            guard let gone = own.randomPick(&random), !others.isEmpty else { return bytes }
            let first = random.int(0...others.count - 1), last = min(others.count - 1, first + random.weighted([(6, 0), (1, 1), (1, 6)]))
            bytes.replaceSubrange(gone, with: other[others[first].lowerBound..<others[last].upperBound])
        case 8:
            let own = Self.tokens(bytes)
            guard let gone = own.randomPick(&random) else { return bytes }
            bytes.replaceSubrange(gone, with: random.chance(50) ? [] : Array(random.pick(Self.odd).utf8))
        case 9:
            let nest = random.pick(Self.nests), depth = random.weighted([(5, 3), (2, 40), (1, 300), (1, 2_500)])
            let open = Array(String(repeating: nest.open, count: depth).utf8), close = Array(String(repeating: nest.close, count: depth).utf8)
            guard let inside = Self.tokens(bytes).randomPick(&random) else { return bytes }
            bytes.replaceSubrange(inside, with: open + Array(bytes[inside]) + close)
        case 10:
            let own = Self.tokens(bytes)
            guard let one = own.randomPick(&random) else { return bytes }
            let list = Array(repeating: Array(bytes[one]), count: random.weighted([(5, 4), (2, 200), (1, 6_000)])).joined(
                separator: Array(random.pick([", ", " ", " AND ", " UNION ALL SELECT ", "."]).utf8))
            bytes.replaceSubrange(one, with: Array(list))
        case 11: bytes.swapAt(at, random.int(0...bytes.count - 1))
        default: bytes.insert(contentsOf: other.prefix(random.int(1...200)), at: at)
        }
        return bytes.count > 60_000 ? Array(bytes.prefix(60_000)) : bytes
    }

    /// Runs of letters and digits, quoted texts, and single signs.
    private static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = [], at = 0
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        while at < bytes.count {
            let start = at
            if isWord(bytes[at]) {
                while at < bytes.count, isWord(bytes[at]) { at += 1 }
            } else if bytes[at] == UInt8(ascii: "'") {
                at += 1
                while at < bytes.count, bytes[at] != UInt8(ascii: "'") { at += 1 }
                at = min(at + 1, bytes.count)
            } else {
                at += 1
            }
            if !(at == start + 1 && bytes[start] == 0x20) { found.append(start..<at) }
        }
        return found
    }
}
