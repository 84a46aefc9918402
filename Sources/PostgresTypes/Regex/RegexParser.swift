/// Reads PostgreSQL's advanced regular expressions.
struct RegexParser {
    let pattern: [UInt32]
    var at = 0
    var options: RegexOptions
    var groups = 0
    var depth = 0

    init(_ pattern: UnsafeBufferPointer<UInt8>, _ options: RegexOptions) {
        self.pattern = Characters(pattern).map { Characters.scalar($0) }
        self.options = options
    }

    static func invalid(_ reason: String) -> PostgresError { PostgresError("2201B", "invalid regular expression: \(reason)") }

    static func code(_ character: Character) -> UInt32 { character.unicodeScalars.first!.value }

    var next: UInt32? { at < pattern.count ? pattern[at] : nil }

    func sees(_ text: String) -> Bool {
        let wanted = text.unicodeScalars.map(\.value)
        return at + wanted.count <= pattern.count && pattern[at..<(at + wanted.count)].elementsEqual(wanted)
    }

    mutating func take(_ text: String) -> Bool {
        guard sees(text) else { return false }
        at += text.unicodeScalars.count
        return true
    }

    mutating func parse() throws(PostgresError) -> RegexSyntax {
        if take("***=") { options.isLiteral = true } else if sees("***"), !take("***:") { throw Self.invalid("quantifier operand invalid") }
        if options.isLiteral {
            let literal = pattern[at...].map { RegexSyntax.set(set(of: $0)) }
            return .sequence(literal)
        }
        if sees("(?"), at + 2 < pattern.count, CharacterClass.contains("alpha", pattern[at + 2]) { try embeddedOptions() }
        let tree = try alternatives()
        guard next == nil else { throw Self.invalid("parentheses () not balanced") }
        return tree
    }

    mutating func embeddedOptions() throws(PostgresError) {
        at += 2
        while let scalar = next, scalar != Self.code(")") {
            guard let letter = Unicode.Scalar(scalar), "bceimnpqstwx".unicodeScalars.contains(letter) else {
                throw Self.invalid("invalid embedded option")
            }
            try options.set(String(Character(letter)))
            at += 1
        }
        guard take(")") else { throw Self.invalid("invalid embedded option") }
        if options.isLiteral { throw .notSupported("the embedded regular expression option q") }
    }

    mutating func alternatives() throws(PostgresError) -> RegexSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 200 else { throw Self.invalid("regular expression is too complex") }
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    mutating func skipIgnored() {
        while true {
            if options.isExpanded, let scalar = next, CharacterClass.contains("space", scalar) {
                at += 1
            } else if options.isExpanded, take("#") {
                while let scalar = next, scalar != RegexSet.newline { at += 1 }
            } else if sees("(?#") {
                while let scalar = next, scalar != Self.code(")") { at += 1 }
                _ = take(")")
            } else {
                return
            }
        }
    }

    mutating func branch() throws(PostgresError) -> RegexSyntax {
        var items: [RegexSyntax] = []
        while true {
            skipIgnored()
            guard let scalar = next, scalar != Self.code("|"), scalar != Self.code(")") else { break }
            let item = try atom()
            skipIgnored()
            items.append(try quantified(item))
        }
        switch items.count {
        case 0: return .empty
        case 1: return items[0]
        default: return .sequence(items)
        }
    }

    mutating func quantified(_ item: RegexSyntax) throws(PostgresError) -> RegexSyntax {
        guard let (least, most) = try quantifier() else { return item }
        if case .assertion = item { throw Self.invalid("quantifier operand invalid") }
        let isGreedy = !take("?")
        skipIgnored()
        let mark = at
        if try quantifier() != nil { throw Self.invalid("quantifier operand invalid") }
        at = mark
        return .repeated(item, least: least, most: most, isGreedy: isGreedy)
    }

    mutating func quantifier() throws(PostgresError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard sees("{"), at + 1 < pattern.count, (0x30...0x39).contains(pattern[at + 1]) else { return nil }
        at += 1
        let least = try count()
        var most: Int? = least
        if take(",") { most = sees("}") ? nil : try count() }
        guard take("}") else { throw Self.invalid("braces {} not balanced") }
        guard most.map({ least <= $0 }) ?? true else { throw Self.invalid("invalid repetition count(s)") }
        return (least, most)
    }

    mutating func count() throws(PostgresError) -> Int {
        var value = 0
        let start = at
        while let scalar = next, (0x30...0x39).contains(scalar), value < 1000 {
            value = value * 10 + Int(scalar - 0x30)
            at += 1
        }
        guard at > start, value <= 255 else { throw Self.invalid("invalid repetition count(s)") }
        return value
    }
}
