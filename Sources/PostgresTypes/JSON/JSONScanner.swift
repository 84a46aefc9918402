/// Walks JSON text without building anything.
struct JSONScanner {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var at: Int

    init(_ text: UnsafeBufferPointer<UInt8>, at: Int = 0) {
        self.text = text
        self.at = at
    }

    static let invalid = PostgresError("22P02", "invalid input syntax for type json")
    /// PostgreSQL's own stack ends at some thousands of levels.
    private static let maximumDepth = 1_000
    private var depth = 0

    private var next: UInt8? { at < text.count ? text[at] : nil }

    mutating func skipSpaces() { while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { at += 1 } }

    mutating func document() throws(PostgresError) {
        skipSpaces()
        _ = try value()
        skipSpaces()
        guard at == text.count else { throw Self.invalid }
    }

    mutating func value() throws(PostgresError) -> JSONText15.Part {
        let start = at
        let kind: JSONText15.Kind
        switch next {
        case UInt8(ascii: "{"):
            try members { _, _ in }
            kind = .object
        case UInt8(ascii: "["):
            try elements { _ in }
            kind = .array
        case UInt8(ascii: "\""):
            try string()
            kind = .string
        case UInt8(ascii: "t"): kind = try word("true", .boolean)
        case UInt8(ascii: "f"): kind = try word("false", .boolean)
        case UInt8(ascii: "n"): kind = try word("null", .null)
        default:
            try number()
            kind = .number
        }
        return JSONText15.Part(range: start..<at, kind: kind)
    }

    private mutating func descend() throws(PostgresError) {
        depth += 1
        if depth > Self.maximumDepth { throw PostgresError("54001", "stack depth limit exceeded") }
    }

    mutating func members(
        _ body: (_ name: Range<Int>, _ value: JSONText15.Part) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        try descend()
        at += 1
        skipSpaces()
        if next == UInt8(ascii: "}") {
            at += 1
            depth -= 1
            return
        }
        while true {
            skipSpaces()
            let start = at
            guard next == UInt8(ascii: "\"") else { throw Self.invalid }
            try string()
            let name = start..<at
            skipSpaces()
            guard next == UInt8(ascii: ":") else { throw Self.invalid }
            at += 1
            skipSpaces()
            try body(name, try value())
            if try closes(UInt8(ascii: "}")) { return }
        }
    }

    mutating func elements(_ body: (JSONText15.Part) throws(PostgresError) -> Void) throws(PostgresError) {
        try descend()
        at += 1
        skipSpaces()
        if next == UInt8(ascii: "]") {
            at += 1
            depth -= 1
            return
        }
        while true {
            skipSpaces()
            try body(try value())
            if try closes(UInt8(ascii: "]")) { return }
        }
    }

    private mutating func closes(_ bracket: UInt8) throws(PostgresError) -> Bool {
        skipSpaces()
        let separator = next
        at += 1
        if separator == bracket {
            depth -= 1
            return true
        }
        guard separator == UInt8(ascii: ",") else { throw Self.invalid }
        return false
    }

    private mutating func word(_ word: StaticString, _ kind: JSONText15.Kind) throws(PostgresError) -> JSONText15.Kind {
        let end = at + word.utf8CodeUnitCount
        guard end <= text.count, (at..<end).allSatisfy({ text[$0] == word.utf8Start[$0 - at] }) else { throw Self.invalid }
        at = end
        return kind
    }

    private mutating func string() throws(PostgresError) {
        at += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw Self.invalid }
            at += 1
            guard byte == UInt8(ascii: "\\") else { continue }
            guard let escaped = next, "\"\\/bfnrtu".utf8.contains(escaped) else { throw Self.invalid }
            at += 1
            guard escaped == UInt8(ascii: "u") else { continue }
            guard at + 4 <= text.count, (at..<(at + 4)).allSatisfy({ Hexadecimal.digit(text[$0]) != nil }) else { throw Self.invalid }
            at += 4
        }
        guard next != nil else { throw Self.invalid }
        at += 1
    }

    private mutating func digits() throws(PostgresError) {
        guard let byte = next, byte.isDigit else { throw Self.invalid }
        while let byte = next, byte.isDigit { at += 1 }
    }

    private mutating func number() throws(PostgresError) {
        if next == UInt8(ascii: "-") { at += 1 }
        if next == UInt8(ascii: "0") { at += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if let byte = next, byte.lowered == UInt8(ascii: "e") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        if let byte = next, byte.isDigit || byte.isLetter { throw Self.invalid }
    }
}

/// Resolves escapes in JSON strings.
enum JSONStringReader {
    /// `inner` stands between the quotes and has been scanned.
    static func unescape(_ inner: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < inner.count {
            guard inner[at] == UInt8(ascii: "\\") else {
                out.append(inner[at])
                at += 1
                continue
            }
            let letter = inner[at + 1]
            at += 2
            switch letter {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0c)
            case UInt8(ascii: "n"): out.append(0x0a)
            case UInt8(ascii: "r"): out.append(0x0d)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"): try unicode(inner, &at, to: &out)
            default: out.append(letter)
            }
        }
        return out
    }

    private static func unicode(_ inner: UnsafeBufferPointer<UInt8>, _ at: inout Int, to out: inout [UInt8]) throws(PostgresError) {
        var code = unit(inner, at)
        at += 4
        if code == 0 {
            throw PostgresError("22P05", "unsupported Unicode escape sequence", detail: "\\u0000 cannot be converted to text.")
        }
        if (0xd800..<0xdc00).contains(code) {
            guard at + 6 <= inner.count, inner[at] == UInt8(ascii: "\\"), inner[at + 1] == UInt8(ascii: "u") else { throw JSONScanner.invalid }
            let low = unit(inner, at + 2)
            guard (0xdc00..<0xe000).contains(low) else { throw JSONScanner.invalid }
            at += 6
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        } else if (0xdc00..<0xe000).contains(code) {
            throw JSONScanner.invalid
        }
        Characters.append(code, to: &out)
    }

    private static func unit(_ inner: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | UInt32(Hexadecimal.digit(inner[at + $1]) ?? 0) }
    }
}
