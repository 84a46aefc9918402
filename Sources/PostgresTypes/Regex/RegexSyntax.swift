/// What a pattern says, as a tree. Look-around and back references are refused while reading.
indirect enum RegexSyntax: Sendable {
    case empty
    case set(RegexSet)
    case assertion(RegexAssertion)
    case sequence([RegexSyntax])
    case alternatives([RegexSyntax])
    /// `number` nil does not capture.
    case group(RegexSyntax, number: Int?)
    /// `most` nil is without limit.
    case repeated(RegexSyntax, least: Int, most: Int?, isGreedy: Bool)
}

enum RegexAssertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordStart, wordEnd, wordBoundary, noWordBoundary
}

/// Options that flags and `(?…)` set.
public struct RegexOptions: Sendable, Hashable {
    public var ignoresCase = false
    /// `.` and negated brackets stop at newlines.
    public var newlineStopsWildcards = false
    /// `^` and `$` match at lines.
    public var anchorsAtLines = false
    public var isLiteral = false
    public var isExpanded = false
    /// The function's own `g`.
    public var isGlobal = false

    public init(ignoresCase: Bool = false) { self.ignoresCase = ignoresCase }

    /// Reads the flags argument of the `regexp_` functions.
    public init(flags: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        for character in Characters(flags) {
            let letter = String(decoding: character, as: UTF8.self)
            if letter == "g" { isGlobal = true } else { try set(letter) }
        }
    }

    mutating func set(_ letter: String) throws(PostgresError) {
        switch letter {
        case "i": ignoresCase = true
        case "c": ignoresCase = false
        case "m", "n": (newlineStopsWildcards, anchorsAtLines) = (true, true)
        case "p": (newlineStopsWildcards, anchorsAtLines) = (true, false)
        case "w": (newlineStopsWildcards, anchorsAtLines) = (false, true)
        case "s": (newlineStopsWildcards, anchorsAtLines) = (false, false)
        case "q": isLiteral = true
        case "t": isExpanded = false
        case "x": isExpanded = true
        case "b", "e": throw .notSupported("regular expression option \"\(letter)\"")
        default: throw PostgresError("22023", "invalid regular expression option: \"\(letter)\"")
        }
    }
}
