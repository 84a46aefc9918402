internal import FeatureModel

/// A `jsonb` value: members in PostgreSQL's order (shorter names first, then by bytes), each name once, numbers as numerics.
public indirect enum JSONB: Sendable {
    case null
    case bool(Bool)
    case number(Numeric)
    case string([UInt8])
    case array([JSONB])
    case object([Member])

    public struct Member: Sendable {
        public let key: [UInt8]
        public var value: JSONB
    }

    /// Reads what `jsonb_in` reads; of several members of one name the last stays.
    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        try JSONText15.validate(text)
        self = try JSONB(try JSONText15.root(text), in: text)
    }

    private init(_ part: JSONText15.Part, in text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        switch part.kind {
        case .null: self = .null
        case .boolean: self = .bool(text[part.range.lowerBound] == UInt8(ascii: "t"))
        case .number: self = .number(try Numeric(parsing: UnsafeBufferPointer(rebasing: text[part.range])))
        case .string: self = .string(try JSONText15.scannedString(text, part.range))
        case .array:
            var elements: [JSONB] = []
            for element in try JSONText15.elements(of: part, in: text) { elements.append(try JSONB(element, in: text)) }
            self = .array(elements)
        case .object:
            var members: [Member] = []
            var scanner = JSONScanner(text, at: part.range.lowerBound)
            try scanner.members { name, value throws(PostgresError) in
                members.append(Member(key: try JSONText15.scannedString(text, name), value: try JSONB(value, in: text)))
            }
            self = .object(Self.normalized(members))
        }
    }

    /// Sorted, the last of each name kept.
    static func normalized(_ members: [Member]) -> [Member] {
        let sorted = members.sorted { keyOrder($0.key, $1.key) < 0 }
        var kept: [Member] = []
        for member in sorted {
            if let last = kept.last, last.key == member.key { kept[kept.count - 1] = member } else { kept.append(member) }
        }
        return kept
    }

    static func keyOrder(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left.count != right.count { return left.count < right.count ? -1 : 1 }
        return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    }

    /// As `jsonb_out` prints it.
    public func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let flag): out += (flag ? "true" : "false").utf8
        case .number(let number): number.write(to: &out)
        case .string(let text): text.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out += ", ".utf8 }
                element.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out += ", ".utf8 }
                member.key.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
                out += ": ".utf8
                member.value.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }
}

extension JSONB {
    /// `jsonb_pretty`: a line for each element and member, four blanks a level.
    public func writePretty(to out: inout [UInt8], level: Int = 0) {
        func line(_ level: Int) { out += [UInt8(ascii: "\n")] + Array(repeating: UInt8(ascii: " "), count: 4 * level) }
        switch self {
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                line(level + 1)
                element.writePretty(to: &out, level: level + 1)
            }
            line(level)
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                line(level + 1)
                member.key.withUnsafeBufferPointer { JSONText.write($0, to: &out) }
                out += ": ".utf8
                member.value.writePretty(to: &out, level: level + 1)
            }
            line(level)
            out.append(UInt8(ascii: "}"))
        default: write(to: &out)
        }
    }
}

extension JSONB: Equatable {
    /// As jsonb compares: numbers by value, so 1 equals 1.0.
    public static func == (left: JSONB, right: JSONB) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && $0.value == $1.value }
        default: false
        }
    }
}
