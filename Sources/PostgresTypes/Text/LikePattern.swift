/// A LIKE pattern made ready: `%` any characters, `_` one, an escape character before what is meant literally.
public final class LikePattern: Sendable {
    private enum Token: Sendable {
        case byte(UInt8)
        case one
        case any
        /// The pattern ends with its escape character: an error, if matching comes this far.
        case brokenEscape
    }

    private let tokens: [Token]

    /// - Parameters:
    ///   - escape: one character, or empty for none.
    ///   - ignoresCase: ILIKE; give ``matches(_:)`` the text as it is.
    public init(_ pattern: UnsafeBufferPointer<UInt8>, escape: UnsafeBufferPointer<UInt8>, ignoresCase: Bool = false) throws(PostgresError) {
        guard Characters(escape).count <= 1 else {
            throw PostgresError("22025", "invalid escape string", detail: "Escape string must be empty or one character.")
        }
        self.ignoresCase = ignoresCase
        var lowered: [UInt8] = []
        if ignoresCase { LetterCase.lower(pattern, to: &lowered) } else { lowered = Array(pattern) }
        let marker = Array(escape)
        var tokens: [Token] = []
        var at = 0
        while at < lowered.count {
            if !marker.isEmpty, lowered[at...].starts(with: marker) {
                at += marker.count
                guard at < lowered.count else {
                    tokens.append(.brokenEscape)
                    break
                }
                let end = min(at + Characters.length(lowered[at]), lowered.count)
                tokens += lowered[at..<end].map(Token.byte)
                at = end
                continue
            }
            switch lowered[at] {
            case UInt8(ascii: "%"): tokens.append(.any)
            case UInt8(ascii: "_"): tokens.append(.one)
            default: tokens.append(.byte(lowered[at]))
            }
            at += 1
        }
        self.tokens = tokens
    }

    private let ignoresCase: Bool

    public func matches(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Bool {
        guard ignoresCase else { return try match(text) }
        var lowered: [UInt8] = []
        LetterCase.lower(text, to: &lowered)
        return try lowered.withUnsafeBufferPointer { bytes throws(PostgresError) in try match(bytes) }
    }

    private static let broken = PostgresError("22025", "LIKE pattern must not end with escape character")

    /// Goes back only to the last `%`: where a later one was reached, an earlier one need not give way.
    private func match(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Bool {
        var at = 0
        var token = 0
        var retry: (token: Int, at: Int)?
        while at < text.count {
            var isMatch = false
            if token < tokens.count {
                switch tokens[token] {
                case .byte(let byte):
                    isMatch = byte == text[at]
                    if isMatch { at += 1 }
                case .one:
                    isMatch = true
                    at += Characters.length(text[at])
                case .any:
                    token += 1
                    if token == tokens.count { return true }
                    if case .brokenEscape = tokens[token] { throw Self.broken }
                    retry = (token, at)
                    continue
                case .brokenEscape: throw Self.broken
                }
            }
            if isMatch {
                token += 1
            } else {
                guard let from = retry else { return false }
                at = from.at + Characters.length(text[from.at])
                token = from.token
                retry = (token, at)
            }
        }
        while token < tokens.count, case .any = tokens[token] { token += 1 }
        return token == tokens.count
    }
}
