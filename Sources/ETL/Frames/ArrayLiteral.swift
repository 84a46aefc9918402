import FeatureModel

/// PostgreSQL's array literals, e.g. `{1,NULL,"a b"}` or `[0:1]={…}`, as JSON for a worker, which makes lists of them.
struct ArrayLiteral {
    private let text: UnsafeBufferPointer<UInt8>
    private let element: PostgresType
    private var at = 0
    private var depth = 0

    /// False if the text is no array literal; what was appended until then is to be thrown away.
    static func writeJSON(_ text: UnsafeBufferPointer<UInt8>, element: PostgresType, to out: inout [UInt8]) -> Bool {
        var literal = ArrayLiteral(text: text, element: element)
        literal.skipBounds()
        return literal.list(to: &out) && literal.at == text.count
    }

    private init(text: UnsafeBufferPointer<UInt8>, element: PostgresType) {
        self.text = text
        self.element = element
    }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    /// Lower bounds other than 1 stand in front; a list in Python starts at 0 whatever they are.
    private mutating func skipBounds() {
        guard next == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "=")) else { return }
        at = end + 1
    }

    private mutating func list(to out: inout [UInt8]) -> Bool {
        // PostgreSQL's own limit is 6 dimensions.
        guard next == UInt8(ascii: "{"), depth < 6 else { return false }
        at += 1
        depth += 1
        defer { depth -= 1 }
        out.append(UInt8(ascii: "["))
        if next == UInt8(ascii: "}") {
            at += 1
            out.append(UInt8(ascii: "]"))
            return true
        }
        while true {
            guard next == UInt8(ascii: "{") ? list(to: &out) : item(to: &out) else { return false }
            switch next {
            case UInt8(ascii: ","): out.append(UInt8(ascii: ","))
            case UInt8(ascii: "}"):
                out.append(UInt8(ascii: "]"))
                at += 1
                return true
            default: return false
            }
            at += 1
        }
    }

    private mutating func item(to out: inout [UInt8]) -> Bool {
        var item: [UInt8] = []
        let isQuoted = next == UInt8(ascii: "\"")
        if isQuoted {
            at += 1
            while let byte = next, byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\\") { at += 1 }
                guard let literal = next else { return false }
                item.append(literal)
                at += 1
            }
            guard next != nil else { return false }
            at += 1
        } else {
            while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
                item.append(byte)
                at += 1
            }
            guard !item.isEmpty else { return false }
            if item == Array("NULL".utf8) {
                out.append(contentsOf: "null".utf8)
                return true
            }
        }
        write(item, to: &out)
        return true
    }

    private func write(_ item: [UInt8], to out: inout [UInt8]) {
        switch element.kind {
        // `NaN`, `Infinity` and `-Infinity` are what Python's reader calls them, too.
        case .int2, .int4, .int8, .numeric, .float4, .float8, .json, .jsonb: out.append(contentsOf: item)
        case .bool: out.append(contentsOf: (item == [UInt8(ascii: "t")] ? "true" : "false").utf8)
        default: item.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
        }
    }
}
