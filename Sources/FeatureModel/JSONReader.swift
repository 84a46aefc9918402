/// Reads one JSON document (RFC 8259) strictly: UTF-8 is checked, duplicate keys, lone surrogates, trailing text and
/// nesting beyond `maximumDepth` are errors.
public struct JSONReader {
    public struct Problem: Error, Sendable, CustomStringConvertible {
        public let message: String
        /// Byte offset in the text.
        public let offset: Int

        public var description: String { "\(message) at byte \(offset)" }
    }

    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0
    private let maximumDepth: Int

    public static func read(_ bytes: some Collection<UInt8>, maximumDepth: Int = 128) throws(Problem) -> JSONValue {
        let outcome: Result<JSONValue, Problem>? = bytes.withContiguousStorageIfAvailable { buffer in
            Result { () throws(Problem) in try read(buffer: buffer, maximumDepth: maximumDepth) }
        }
        if let outcome { return try outcome.get() }
        return try read(Array(bytes), maximumDepth: maximumDepth)
    }

    public static func read(_ text: String, maximumDepth: Int = 128) throws(Problem) -> JSONValue {
        try read(text.utf8, maximumDepth: maximumDepth)
    }

    private static func read(buffer: UnsafeBufferPointer<UInt8>, maximumDepth: Int) throws(Problem) -> JSONValue {
        var reader = JSONReader(text: buffer, maximumDepth: maximumDepth)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == buffer.count else { throw reader.problem("text after the end of the document") }
        return value
    }

    private init(text: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.text = text
        self.maximumDepth = maximumDepth
    }

    private func problem(_ message: String) -> Problem { Problem(message: message, offset: at) }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
    }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        guard depth <= maximumDepth else { throw problem("more than \(maximumDepth) levels of nesting") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case nil: throw problem("the document ends too early")
        default: throw problem("no JSON value")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
        guard text.count - at >= word.utf8CodeUnitCount, (0..<word.utf8CodeUnitCount).allSatisfy({ text[at + $0] == word.utf8Start[$0] })
        else { throw problem("no JSON value") }
        at += word.utf8CodeUnitCount
        return value
    }

    private mutating func object(depth: Int) throws(Problem) -> JSONValue {
        var members: [JSONValue.Member] = []
        var seen: Set<String> = []
        at += 1
        skipSpace()
        if next == UInt8(ascii: "}") { at += 1; return .object([]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a member's name is missing") }
            let key = try string()
            // Most objects have a handful of members: a set pays only for the large ones.
            if members.count < 8 ? members.contains(where: { $0.key == key }) : seen.contains(key) { throw problem("member '\(key)' stands twice") }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw problem("':' is missing") }
            at += 1
            members.append(.init(key, try value(depth: depth + 1)))
            if members.count == 8 { seen = Set(members.map(\.key)) } else if members.count > 8 { seen.insert(key) }
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"): at += 1; return .object(members)
            default: throw problem("',' or '}' is missing")
            }
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> JSONValue {
        var items: [JSONValue] = []
        at += 1
        skipSpace()
        if next == UInt8(ascii: "]") { at += 1; return .array([]) }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"): at += 1; return .array(items)
            default: throw problem("',' or ']' is missing")
            }
        }
    }

    private mutating func number() throws(Problem) -> JSONValue {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let integerStart = at
        try digits()
        if at - integerStart > 1, text[integerStart] == UInt8(ascii: "0") { throw problem("a number has a leading zero") }
        if next == UInt8(ascii: ".") { at += 1; try digits() }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        return .number(String(decoding: text[start..<at], as: UTF8.self))
    }

    private mutating func digits() throws(Problem) {
        let start = at
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw problem("a digit is missing") }
    }

    private mutating func string() throws(Problem) -> String {
        at += 1
        let start = at
        var all: UInt8 = 0
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            all |= byte
            at += 1
        }
        if next == UInt8(ascii: "\"") {
            let bytes = UnsafeBufferPointer(rebasing: text[start..<at])
            // ASCII alone is UTF-8 as it is.
            let plain = all < 0x80 ? String(decoding: bytes, as: UTF8.self) : try checked(bytes)
            at += 1
            return plain
        }
        var bytes = Array(text[start..<at])
        while true {
            guard let byte = next else { throw problem("a string does not end") }
            switch byte {
            case UInt8(ascii: "\""):
                let value = try checked(bytes[...])
                at += 1
                return value
            case UInt8(ascii: "\\"):
                at += 1
                try escape(into: &bytes)
            case 0..<0x20: throw problem("a control character stands in a string")
            default:
                bytes.append(byte)
                at += 1
            }
        }
    }

    private func checked(_ bytes: some Collection<UInt8>) throws(Problem) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw problem("a string is not UTF-8") }
        return string
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(Problem) {
        guard let byte = next else { throw problem("a string does not end") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0c)
        case UInt8(ascii: "n"): bytes.append(0x0a)
        case UInt8(ascii: "r"): bytes.append(0x0d)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var code = try fourHexDigits()
            if (0xd800..<0xdc00).contains(code) {
                guard next == UInt8(ascii: "\\"), at + 1 < text.count, text[at + 1] == UInt8(ascii: "u") else { throw problem("a surrogate stands alone") }
                at += 2
                let low = try fourHexDigits()
                guard (0xdc00..<0xe000).contains(low) else { throw problem("a surrogate stands alone") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("a surrogate stands alone") }
            bytes.append(contentsOf: UTF8.encode(scalar)!)
        default: throw problem("unknown escape in a string")
        }
    }

    private mutating func fourHexDigits() throws(Problem) -> UInt32 {
        guard text.count - at >= 4, let code = UInt32(String(decoding: text[at..<at + 4], as: UTF8.self), radix: 16), text[at] != UInt8(ascii: "+")
        else { throw problem("four hexadecimal digits are missing") }
        at += 4
        return code
    }
}
