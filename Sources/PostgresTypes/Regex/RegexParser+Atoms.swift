extension RegexParser {
    func set(of scalar: UInt32) -> RegexSet { RegexSet([.range(scalar, scalar)], ignoresCase: options.ignoresCase) }

    mutating func atom() throws(PostgresError) -> RegexSyntax {
        guard let scalar = next, let character = Unicode.Scalar(scalar) else { throw Self.invalid("invalid pattern") }
        switch character {
        case "(": return try group()
        case "[": return try bracket()
        case "\\": return try escape()
        case "*", "+", "?": throw Self.invalid("quantifier operand invalid")
        case "{" where at + 1 < pattern.count && (0x30...0x39).contains(pattern[at + 1]): throw Self.invalid("quantifier operand invalid")
        default: break
        }
        at += 1
        switch character {
        case ".": return .set(RegexSet([], isNegated: true, excludesNewline: options.newlineStopsWildcards))
        case "^": return .assertion(options.anchorsAtLines ? .lineStart : .textStart)
        case "$": return .assertion(options.anchorsAtLines ? .lineEnd : .textEnd)
        default: return .set(set(of: scalar))
        }
    }

    mutating func group() throws(PostgresError) -> RegexSyntax {
        at += 1
        var number: Int?
        if take("?:") {
            number = nil
        } else if sees("?=") || sees("?!") || sees("?<=") || sees("?<!") {
            throw .notSupported("looking ahead or behind in a regular expression")
        } else if sees("?") {
            throw Self.invalid("quantifier operand invalid")
        } else {
            groups += 1
            number = groups
        }
        let inner = try alternatives()
        guard take(")") else { throw Self.invalid("parentheses () not balanced") }
        return .group(inner, number: number)
    }

    /// The classes that `\d` and its like stand for.
    func shorthand(_ character: Unicode.Scalar) -> RegexSet.Member? {
        switch character {
        case "d": .named("digit", isNegated: false)
        case "w": .named("word", isNegated: false)
        case "s": .named("space", isNegated: false)
        case "D": .named("digit", isNegated: true)
        case "W": .named("word", isNegated: true)
        case "S": .named("space", isNegated: true)
        default: nil
        }
    }

    mutating func escape() throws(PostgresError) -> RegexSyntax {
        guard at + 1 < pattern.count, let character = Unicode.Scalar(pattern[at + 1]) else { throw Self.invalid("invalid escape \\ sequence") }
        if let member = shorthand(character) {
            at += 2
            let isComplement = character.properties.isUppercase
            return .set(RegexSet([member], excludesNewline: isComplement && options.newlineStopsWildcards))
        }
        let assertions: [Unicode.Scalar: RegexAssertion] = [
            "A": .textStart, "Z": .textEnd, "m": .wordStart, "M": .wordEnd, "y": .wordBoundary, "Y": .noWordBoundary,
        ]
        if let assertion = assertions[character] {
            at += 2
            return .assertion(assertion)
        }
        return .set(set(of: try escapedScalar()))
    }

    /// One character written with a backslash.
    mutating func escapedScalar() throws(PostgresError) -> UInt32 {
        at += 1
        guard let scalar = next, let character = Unicode.Scalar(scalar) else { throw Self.invalid("invalid escape \\ sequence") }
        at += 1
        switch character {
        case "a": return 0x07
        case "b": return 0x08
        case "B": return 0x5c
        case "e": return 0x1b
        case "f": return 0x0c
        case "n": return 0x0a
        case "r": return 0x0d
        case "t": return 0x09
        case "v": return 0x0b
        case "u": return try hexadecimal(4)
        case "U": return try hexadecimal(8)
        case "x", "c": throw .notSupported("\\\(character) in a regular expression")
        case "0"..."9": throw .notSupported("a back reference or octal number in a regular expression")
        default: break
        }
        if CharacterClass.contains("alnum", scalar), scalar < 0x80 { throw Self.invalid("invalid escape \\ sequence") }
        return scalar
    }

    mutating func hexadecimal(_ digits: Int) throws(PostgresError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let scalar = next, scalar < 0x80, let digit = Hexadecimal.digit(UInt8(scalar)) else {
                throw Self.invalid("invalid escape \\ sequence")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
