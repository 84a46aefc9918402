/// An array as PostgreSQL prints it, taken apart: `{1,NULL,"a b"}`, `{{1,2},{3,4}}`, `[0:1]={7,8}`.
public struct ArrayText: Sendable {
    public struct Dimension: Sendable, Hashable {
        public var lower: Int
        public var length: Int

        public var upper: Int { lower + length - 1 }
    }

    /// Outermost first; none for an empty array.
    public private(set) var dimensions: [Dimension]
    /// Each element's text, unquoted, row by row; nil for NULL.
    public var elements: [[UInt8]?]

    /// One dimension from 1, or empty.
    public init(elements: [[UInt8]?]) {
        self.elements = elements
        dimensions = elements.isEmpty ? [] : [Dimension(lower: 1, length: elements.count)]
    }

    init(dimensions: [Dimension], elements: [[UInt8]?]) {
        self.dimensions = elements.isEmpty ? [] : dimensions
        self.elements = elements
    }

    /// Reads what PostgreSQL printed; anything else is malformed.
    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        var reader = ArrayReader(text)
        self = try reader.array()
    }

    /// As `array_out` prints it.
    public var printed: [UInt8] {
        var out: [UInt8] = []
        guard !elements.isEmpty else { return Array("{}".utf8) }
        if dimensions.contains(where: { $0.lower != 1 }) {
            for dimension in dimensions { out += "[\(dimension.lower):\(dimension.upper)]".utf8 }
            out.append(UInt8(ascii: "="))
        }
        var at = 0
        write(level: 0, &at, to: &out)
        return out
    }

    /// As a JSON array, of arrays where there are several dimensions.
    public func writeJSON(to out: inout [UInt8], _ body: ([UInt8], inout [UInt8]) -> Void) {
        var at = 0
        func write(_ level: Int, _ out: inout [UInt8]) {
            out.append(UInt8(ascii: "["))
            for index in 0..<(level < dimensions.count ? dimensions[level].length : 0) {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                if level + 1 < dimensions.count {
                    write(level + 1, &out)
                } else {
                    if let element = elements[at] { body(element, &out) } else { out += "null".utf8 }
                    at += 1
                }
            }
            out.append(UInt8(ascii: "]"))
        }
        write(0, &out)
    }

    private func write(level: Int, _ at: inout Int, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for index in 0..<dimensions[level].length {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            if level + 1 < dimensions.count {
                write(level: level + 1, &at, to: &out)
            } else {
                Self.write(elements[at], to: &out)
                at += 1
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    /// Quoted where it is empty, spells NULL or holds a character with a meaning.
    private static func write(_ element: [UInt8]?, to out: inout [UInt8]) {
        guard let element else { return out.append(contentsOf: "NULL".utf8) }
        let special = element.contains { $0.isSpace || "{},\"\\".utf8.contains($0) }
        guard element.isEmpty || special || element.map(\.lowered).elementsEqual("null".utf8) else { return out += element }
        out.append(UInt8(ascii: "\""))
        for byte in element {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}

struct ArrayReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var elements: [[UInt8]?] = []
    private var lengths: [Int] = []

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text.trimmed }

    private var malformed: PostgresError { PostgresError("22P02", "malformed array literal: \"\(String(decoding: text, as: UTF8.self))\"") }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    mutating func array() throws(PostgresError) -> ArrayText {
        var lowers: [Int] = []
        while next == UInt8(ascii: "[") {
            at += 1
            guard let close = text[at...].firstIndex(of: UInt8(ascii: "]")) else { throw malformed }
            let bounds = String(decoding: text[at..<close], as: UTF8.self).split(separator: ":")
            guard bounds.count == 2, let lower = Int(bounds[0]) else { throw malformed }
            lowers.append(lower)
            at = close + 1
        }
        if !lowers.isEmpty {
            guard next == UInt8(ascii: "=") else { throw malformed }
            at += 1
        }
        try level(0)
        guard at == text.count else { throw malformed }
        let dimensions = lengths.enumerated().map {
            ArrayText.Dimension(lower: $0.offset < lowers.count ? lowers[$0.offset] : 1, length: $0.element)
        }
        return ArrayText(dimensions: dimensions, elements: elements)
    }

    private mutating func level(_ depth: Int) throws(PostgresError) {
        guard next == UInt8(ascii: "{"), depth < 6 else { throw malformed }
        at += 1
        var count = 0
        if next == UInt8(ascii: "}") {
            at += 1
        } else {
            while true {
                if next == UInt8(ascii: "{") { try level(depth + 1) } else { elements.append(try element()) }
                count += 1
                let separator = next
                at += 1
                if separator == UInt8(ascii: "}") { break }
                guard separator == UInt8(ascii: ",") else { throw malformed }
            }
        }
        while lengths.count <= depth { lengths.append(-1) }
        if lengths[depth] == -1 { lengths[depth] = count }
        guard lengths[depth] == count else { throw malformed }
    }

    private mutating func element() throws(PostgresError) -> [UInt8]? {
        if next == UInt8(ascii: "\"") {
            at += 1
            var value: [UInt8] = []
            while let byte = next, byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\\") { at += 1 }
                guard let literal = next else { throw malformed }
                value.append(literal)
                at += 1
            }
            guard next != nil else { throw malformed }
            at += 1
            return value
        }
        var value: [UInt8] = []
        var isEscaped = false
        while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                at += 1
            }
            guard let literal = next else { throw malformed }
            value.append(literal)
            at += 1
        }
        let plain = value.withUnsafeBufferPointer { Array($0.trimmed) }
        guard !plain.isEmpty else { throw malformed }
        return !isEscaped && plain.map(\.lowered).elementsEqual("null".utf8) ? nil : isEscaped ? value : plain
    }
}
