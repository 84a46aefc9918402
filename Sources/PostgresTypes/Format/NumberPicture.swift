/// A template of `to_char` for numbers: `9`, `0`, `.`, `,`, `D`, `G`, FM, S, MI, PR and other text. L, TH, V, EEEE, RN, PL, SG and B are refused.
public struct NumberPicture: Sendable {
    enum Part: Sendable {
        case nine, zero, point, comma, minus
        /// Where S stands; the sign itself is written with the digits.
        case sign
        case text([UInt8])
    }

    private(set) var parts: [Part] = []
    private(set) var wholeDigits = 0
    private(set) var fractionDigits = 0
    private(set) var hasPoint = false
    private(set) var isBare = false
    private(set) var hasZero = false
    private(set) var zeroStart = 0
    private(set) var zeroEnd = 0
    private(set) var isBracketed = false
    private(set) var hasMinus = false
    private(set) var signBefore = false
    private(set) var signAfter = false

    public init(_ template: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        let bytes = Array(template)
        var at = 0
        while at < bytes.count {
            let rest = bytes[at...]
            let sees = { (word: String) in rest.starts(with: word.utf8) || rest.starts(with: word.lowercased().utf8) }
            for refused in ["EEEE", "RN", "TH", "PL", "SG"] where sees(refused) { throw .notSupported("\(refused) in a number's format") }
            if sees("FM") {
                isBare = true
                at += 2
            } else if sees("MI") {
                guard !hasMinus, !signBefore, !signAfter, !isBracketed else { throw .notSupported("two signs in a number's format") }
                hasMinus = true
                parts.append(.minus)
                at += 2
            } else if sees("PR") {
                guard !hasMinus, !signBefore, !signAfter else { throw .notSupported("two signs in a number's format") }
                isBracketed = true
                at += 2
            } else if bytes[at] == UInt8(ascii: "\"") {
                var text: [UInt8] = []
                at += 1
                while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                    if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
                    text.append(bytes[at])
                    at += 1
                }
                at += 1
                parts.append(.text(text))
            } else {
                try add(bytes[at])
                at += 1
            }
        }
        guard wholeDigits > 0 else { throw .notSupported("a number's format without digits before the point") }
        if isBracketed, hasMinus { throw .notSupported("two signs in a number's format") }
    }

    private var endsInDigit: Bool {
        switch parts.last {
        case .nine, .zero: true
        default: false
        }
    }

    private mutating func add(_ byte: UInt8) throws(PostgresError) {
        switch byte {
        case UInt8(ascii: "9"), UInt8(ascii: "0"):
            guard !isBracketed, !signAfter else {
                throw PostgresError("42601", isBracketed ? "\"9\" must be ahead of \"PR\"" : "digits after S are not supported")
            }
            if byte == UInt8(ascii: "0"), !hasZero, !hasPoint {
                hasZero = true
                zeroStart = wholeDigits
            }
            if hasPoint { fractionDigits += 1 } else { wholeDigits += 1 }
            if byte == UInt8(ascii: "0") { zeroEnd = wholeDigits + fractionDigits }
            parts.append(byte == UInt8(ascii: "9") ? .nine : .zero)
        case UInt8(ascii: "."), UInt8(ascii: "D"), UInt8(ascii: "d"):
            guard !hasPoint else { throw PostgresError("42601", "multiple decimal points") }
            hasPoint = true
            parts.append(.point)
        case UInt8(ascii: ","), UInt8(ascii: "G"), UInt8(ascii: "g"): parts.append(.comma)
        case UInt8(ascii: "S"), UInt8(ascii: "s"):
            guard !signBefore, !signAfter, !hasMinus, !isBracketed else { throw .notSupported("two signs in a number's format") }
            if wholeDigits == 0, !hasPoint { signBefore = true } else { signAfter = true }
            // Away from the digits PostgreSQL loses the sign.
            if signAfter, !endsInDigit { throw .notSupported("S away from the digits in a number's format") }
            parts.append(.sign)
        case UInt8(ascii: "L"), UInt8(ascii: "l"), UInt8(ascii: "V"), UInt8(ascii: "v"), UInt8(ascii: "B"), UInt8(ascii: "b"):
            throw .notSupported("\(Character(Unicode.Scalar(byte))) in a number's format")
        default: parts.append(.text([byte]))
        }
    }
}
