extension RegularExpression {
    /// `regexp_replace`: `\1` to `\9` and `\&` in the replacement stand for what was matched.
    public func replace(
        in subject: Subject, with replacement: UnsafeBufferPointer<UInt8>, isGlobal: Bool, to out: inout [UInt8]
    ) throws(PostgresError) {
        let wantsGroups = replacement.contains(UInt8(ascii: "\\"))
        var at = 0
        for match in try allMatches(in: subject, from: 0, wantsGroups: wantsGroups, upTo: isGlobal ? .max : 1) {
            guard let whole = match[0] else { continue }
            subject.write(at..<whole.lowerBound, to: &out)
            Self.expand(replacement, match, subject, to: &out)
            at = whole.upperBound
        }
        subject.write(at..<subject.count, to: &out)
    }

    private static func expand(
        _ replacement: UnsafeBufferPointer<UInt8>, _ match: [Range<Int>?], _ subject: Subject, to out: inout [UInt8]
    ) {
        var at = 0
        while at < replacement.count {
            let byte = replacement[at]
            at += 1
            guard byte == UInt8(ascii: "\\"), at < replacement.count else {
                out.append(byte)
                continue
            }
            let letter = replacement[at]
            if letter.isDigit, letter != UInt8(ascii: "0") {
                at += 1
                let group = Int(letter & 15)
                if group < match.count, let range = match[group] { subject.write(range, to: &out) }
            } else if letter == UInt8(ascii: "&") {
                at += 1
                if let range = match[0] { subject.write(range, to: &out) }
            } else if letter == UInt8(ascii: "\\") {
                at += 1
                out.append(byte)
            } else {
                // Any other backslash is one.
                out.append(byte)
            }
        }
    }

    /// `regexp_split_to_array`: empty matches at the ends and right after a match split nothing.
    public func split(_ subject: Subject) throws(PostgresError) -> ArrayText {
        var parts: [[UInt8]?] = []
        var at = 0
        var previousEnd = 0
        for match in try allMatches(in: subject, from: 0, wantsGroups: false) {
            guard let whole = match[0] else { continue }
            if whole.lowerBound < subject.count, whole.upperBound > previousEnd {
                var part: [UInt8] = []
                subject.write(at..<whole.lowerBound, to: &part)
                parts.append(part)
                at = whole.upperBound
            }
            previousEnd = whole.upperBound
        }
        var part: [UInt8] = []
        subject.write(at..<subject.count, to: &part)
        parts.append(part)
        return ArrayText(elements: parts)
    }

    /// `regexp_match`: the groups, or the whole where there are none; nil without a match.
    public func match(_ subject: Subject) throws(PostgresError) -> ArrayText? {
        try firstMatch(in: subject, from: 0, wantsGroups: true).map { groups(of: $0, in: subject) }
    }

    /// `regexp_matches`: the same of every match, or of the first alone.
    public func matches(_ subject: Subject, isGlobal: Bool) throws(PostgresError) -> [ArrayText] {
        try allMatches(in: subject, from: 0, wantsGroups: true, upTo: isGlobal ? .max : 1).map { groups(of: $0, in: subject) }
    }

    private func groups(of match: [Range<Int>?], in subject: Subject) -> ArrayText {
        let ranges = groupCount == 0 ? match[...] : match.dropFirst()
        return ArrayText(
            elements: ranges.map { range in
                guard let range else { return nil }
                var text: [UInt8] = []
                subject.write(range, to: &text)
                return text
            })
    }

    /// The regular expression that a SIMILAR TO pattern stands for. An empty `escape` is none.
    public static func similar(_ pattern: UnsafeBufferPointer<UInt8>, escape: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        guard Characters(escape).count <= 1 else {
            throw PostgresError("22025", "invalid escape string", detail: "Escape string must be empty or one character.")
        }
        var out = Array("^(?:".utf8)
        var isEscaped = false
        var isInBracket = false
        for character in Characters(pattern) {
            let byte = character.first ?? 0
            if isEscaped {
                if byte == UInt8(ascii: "\""), !isInBracket { throw .notSupported("a separator in a SIMILAR TO pattern") }
                out.append(UInt8(ascii: "\\"))
                out += character
                isEscaped = false
            } else if !escape.isEmpty, character.elementsEqual(escape) {
                isEscaped = true
            } else if isInBracket {
                if byte == UInt8(ascii: "\\") { out.append(byte) }
                out += character
                if byte == UInt8(ascii: "]") { isInBracket = false }
            } else {
                switch byte {
                case UInt8(ascii: "["):
                    out.append(byte)
                    isInBracket = true
                case UInt8(ascii: "%"): out += ".*".utf8
                case UInt8(ascii: "_"): out.append(UInt8(ascii: "."))
                case UInt8(ascii: "("): out += "(?:".utf8
                case UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"): out += [UInt8(ascii: "\\"), byte]
                default: out += character
                }
            }
        }
        out += ")$".utf8
        return out
    }
}
