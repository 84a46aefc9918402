/// A set of characters.
struct RegexSet: Sendable {
    enum Member: Sendable {
        case range(UInt32, UInt32)
        /// A POSIX class such as `alpha`, or its complement.
        case named(String, isNegated: Bool)
    }

    var members: [Member]
    var isNegated = false
    /// Neither the set nor its complement holds a newline.
    var excludesNewline = false
    var ignoresCase = false

    static let newline: UInt32 = 0x0a

    init(_ members: [Member], isNegated: Bool = false, excludesNewline: Bool = false, ignoresCase: Bool = false) {
        self.members = members
        self.isNegated = isNegated
        self.excludesNewline = excludesNewline
        self.ignoresCase = ignoresCase
    }

    func contains(_ scalar: UInt32) -> Bool {
        if excludesNewline, scalar == Self.newline { return false }
        return holds(scalar) != isNegated
    }

    private func holds(_ scalar: UInt32) -> Bool {
        if members.contains(where: { Self.holds($0, scalar) }) { return true }
        guard ignoresCase else { return false }
        // A character stands for itself and its two cases: asked the other way round, for all that have this one as a case.
        return CaseVariants.sources(of: scalar).contains { source in
            members.contains { if case .range(let low, let high) = $0 { low <= source && source <= high } else { false } }
        }
    }

    private static func holds(_ member: Member, _ scalar: UInt32) -> Bool {
        switch member {
        case .range(let low, let high): low <= scalar && scalar <= high
        case .named(let name, let isNegated): CharacterClass.contains(name, scalar) != isNegated
        }
    }
}

enum CharacterClass {
    static let names: Set<String> = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "xdigit", "word",
    ]

    static func contains(_ name: String, _ scalar: UInt32) -> Bool {
        switch name {
        case "word": scalar == 0x5f || LetterCase.isAlphanumeric(scalar)
        case "ascii": scalar < 0x80
        case "blank": scalar == 0x20 || scalar == 0x09
        case "xdigit": scalar < 0x80 && Hexadecimal.digit(UInt8(scalar)) != nil
        case "cntrl": scalar < 0x20 || (0x7f...0x9f).contains(scalar)
        default: WideCharacters.shared.isMember(scalar, of: name) ?? false
        }
    }
}

enum CaseVariants {
    /// The characters that have `scalar` as their lower or upper case, besides itself.
    static func sources(of scalar: UInt32) -> [UInt32] { table[scalar] ?? [] }

    private static let table: [UInt32: [UInt32]] = {
        var table: [UInt32: [UInt32]] = [:]
        for scalar in UInt32(0x41)..<0x1f000 where !(0xd800..<0xe000).contains(scalar) {
            for other in Set([LetterCase.lower(scalar), LetterCase.upper(scalar)]) where other != scalar { table[other, default: []].append(scalar) }
        }
        return table
    }()
}
