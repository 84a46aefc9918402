/// `boolean` as `boolin` reads it.
public enum BooleanText {
    /// `true`, `yes`, `false`, `no` and their beginnings, `on`, `off`, `of`, `1`, `0`, in any case, spaces around.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Bool {
        let word = text.trimmed.map(\.lowered)
        switch word.first {
        case UInt8(ascii: "t") where "true".utf8.starts(with: word): return true
        case UInt8(ascii: "f") where "false".utf8.starts(with: word): return false
        case UInt8(ascii: "y") where "yes".utf8.starts(with: word): return true
        case UInt8(ascii: "n") where "no".utf8.starts(with: word): return false
        case UInt8(ascii: "o") where word == Array("on".utf8): return true
        case UInt8(ascii: "o") where word.count > 1 && "off".utf8.starts(with: word): return false
        case UInt8(ascii: "1") where word.count == 1: return true
        case UInt8(ascii: "0") where word.count == 1: return false
        default: throw .invalidSyntax("boolean", text)
        }
    }
}
