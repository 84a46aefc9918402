/// Checks and walks JSON text as PostgreSQL 15's own parser does: duplicate keys and lone surrogates are its business only in jsonb.
public enum JSONText15 {
    /// Throws 22P02 unless the text is one JSON document.
    public static func validate(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        var scanner = JSONScanner(text)
        try scanner.document()
    }

    public enum Kind: String, Sendable {
        case object, array, string, number, boolean, null
    }

    /// A part of a document: its text without the white space around it.
    public struct Part: Sendable {
        public let range: Range<Int>
        public let kind: Kind
    }

    /// The whole document's value. The text must be valid.
    public static func root(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Part {
        var scanner = JSONScanner(text)
        scanner.skipSpaces()
        return try scanner.value()
    }

    /// `x -> key`; of several members of that name the last, as PostgreSQL's.
    public static func member(_ key: UnsafeBufferPointer<UInt8>, of part: Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Part? {
        guard part.kind == .object else { return nil }
        var found: Part?
        var scanner = JSONScanner(text, at: part.range.lowerBound)
        try scanner.members { name, value throws(PostgresError) in
            if try scannedString(text, name).elementsEqual(key) { found = value }
        }
        return found
    }

    /// `x -> index`, from the end where it is negative.
    public static func element(_ index: Int64, of part: Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Part? {
        guard part.kind == .array else { return nil }
        let elements = try elements(of: part, in: text)
        let at = index < 0 ? Int64(elements.count) + index : index
        return at >= 0 && at < Int64(elements.count) ? elements[Int(at)] : nil
    }

    public static func elements(of part: Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [Part] {
        var elements: [Part] = []
        var scanner = JSONScanner(text, at: part.range.lowerBound)
        try scanner.elements { elements.append($0) }
        return elements
    }

    /// An object's members as they stand, names unescaped.
    public static func members(of part: Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [(name: [UInt8], value: Part)] {
        var members: [(name: [UInt8], value: Part)] = []
        var scanner = JSONScanner(text, at: part.range.lowerBound)
        try scanner.members { name, value throws(PostgresError) in members.append((try scannedString(text, name), value)) }
        return members
    }

    /// `x #> path`: steps are keys, or indexes where an array stands.
    public static func descend(_ path: [[UInt8]?], in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Part? {
        var part = try root(text)
        for step in path {
            guard let step else { return nil }
            let next: Part?
            switch part.kind {
            case .object: next = try step.withUnsafeBufferPointer { key throws(PostgresError) in try member(key, of: part, in: text) }
            case .array:
                guard let index = Int64(String(decoding: step, as: UTF8.self)) else { return nil }
                next = try element(index, of: part, in: text)
            default: return nil
            }
            guard let next else { return nil }
            part = next
        }
        return part
    }

    /// `->>`: nil for JSON's null, strings without quotes and escapes, the rest as it stands.
    public static func text(of part: Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8]? {
        switch part.kind {
        case .null: nil
        case .string: try scannedString(text, part.range)
        default: Array(text[part.range])
        }
    }

    /// The characters of a string that stands, quotes included, in `range`.
    static func scannedString(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws(PostgresError) -> [UInt8] {
        let inner = UnsafeBufferPointer(rebasing: text[(range.lowerBound + 1)..<(range.upperBound - 1)])
        guard inner.contains(UInt8(ascii: "\\")) else { return Array(inner) }
        return try JSONStringReader.unescape(inner)
    }
}
