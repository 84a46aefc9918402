internal import FeatureModel

/// Reads the tokens of the JSON that libpg_query writes: no spaces, numbers are integers.
struct JSONScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The next byte; 0 at the end.
    var peek: UInt8 { at < text.count ? text[at] : 0 }

    var unexpected: SQLDialectError { SQLDialectError(.internal, "the SQL parser's tree cannot be read at byte \(at)") }

    mutating func expect(_ mark: Unicode.Scalar) throws(SQLDialectError) {
        guard take(mark) else { throw unexpected }
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    /// Whether the member that follows is named like a kind of node.
    var nameBeginsWithCapital: Bool {
        at + 1 < text.count && text[at] == UInt8(ascii: "\"") && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[at + 1])
    }

    mutating func bool() throws(SQLDialectError) -> Bool {
        if take("t") { try expect("r"); try expect("u"); try expect("e"); return true }
        try expect("f"); try expect("a"); try expect("l"); try expect("s"); try expect("e")
        return false
    }

    mutating func integer() throws(SQLDialectError) -> Int {
        let isNegative = take("-")
        var number = 0
        let start = at
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek), at - start < 18 {
            number = number * 10 + Int(peek - UInt8(ascii: "0"))
            at += 1
        }
        guard at > start else { throw unexpected }
        return isNegative ? -number : number
    }

    mutating func string() throws(SQLDialectError) -> String {
        let start = at
        try expect("\"")
        while at < text.count, text[at] != UInt8(ascii: "\"") { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
        try expect("\"")
        let inside = UnsafeBufferPointer(rebasing: text[start + 1..<at - 1])
        if !inside.contains(UInt8(ascii: "\\")) { return String(decoding: inside, as: UTF8.self) }
        // Escapes are rare; the strict reader of the value model knows them all.
        guard let value = try? JSONReader.read(text[start..<at]).string else { throw unexpected }
        return value
    }

    /// The next location that stands in the text, whatever node has it.
    var nextLocation: Int? {
        let mark = Array("\"location\":".utf8)
        var from = at
        while from + mark.count < text.count {
            if text[from] == mark[0], text[from..<from + mark.count].elementsEqual(mark) {
                var scanner = self
                scanner.at = from + mark.count
                if let location = try? scanner.integer(), location >= 0 { return location }
            }
            from += 1
        }
        return nil
    }
}
