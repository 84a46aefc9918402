extension RegexParser {
    mutating func bracket() throws(PostgresError) -> RegexSyntax {
        if take("[[:<:]]") { return .assertion(.wordStart) }
        if take("[[:>:]]") { return .assertion(.wordEnd) }
        at += 1
        let isNegated = take("^")
        var members: [RegexSet.Member] = []
        var isFirst = true
        while true {
            guard let scalar = next else { throw Self.invalid("brackets [] not balanced") }
            if scalar == Self.code("]"), !isFirst {
                at += 1
                break
            }
            isFirst = false
            if take("[:") {
                members.append(try className())
                continue
            }
            if scalar == Self.code("\\"), at + 1 < pattern.count, let character = Unicode.Scalar(pattern[at + 1]), let member = shorthand(character) {
                at += 2
                members.append(member)
                continue
            }
            let low = try element()
            if sees("-"), at + 1 < pattern.count, pattern[at + 1] != Self.code("]") {
                at += 1
                let high = try element()
                guard low <= high else { throw Self.invalid("invalid character range") }
                members.append(.range(low, high))
            } else {
                members.append(.range(low, low))
            }
        }
        return .set(
            RegexSet(
                members, isNegated: isNegated, excludesNewline: isNegated && options.newlineStopsWildcards, ignoresCase: options.ignoresCase))
    }

    mutating func className() throws(PostgresError) -> RegexSet.Member {
        var name = ""
        while let scalar = next, scalar != Self.code(":"), let letter = Unicode.Scalar(scalar) {
            name.unicodeScalars.append(letter)
            at += 1
        }
        guard take(":]"), CharacterClass.names.contains(name) else { throw Self.invalid("invalid character class") }
        // Without regard to case, either case is any case.
        if options.ignoresCase, name == "upper" || name == "lower" { name = "alpha" }
        return .named(name, isNegated: false)
    }

    mutating func element() throws(PostgresError) -> UInt32 {
        if sees("[.") || sees("[=") { throw .notSupported("a collating element in a regular expression") }
        guard let scalar = next else { throw Self.invalid("brackets [] not balanced") }
        if scalar == Self.code("\\") { return try escapedScalar() }
        at += 1
        return scalar
    }
}
