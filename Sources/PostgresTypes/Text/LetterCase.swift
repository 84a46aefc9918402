/// `lower`, `upper` and `initcap` in the libc locale C.UTF-8: one character for one, so ß stays.
public enum LetterCase {
    static func lower(_ scalar: UInt32) -> UInt32 { scalar < 0x80 ? UInt32(UInt8(scalar).lowered) : WideCharacters.shared.lower(scalar) }

    static func upper(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x61 < 26 ? scalar - 32 : scalar }
        return WideCharacters.shared.upper(scalar)
    }

    static func isAlphanumeric(_ scalar: UInt32) -> Bool {
        scalar < 0x80 ? UInt8(scalar).isDigit || UInt8(scalar).isLetter : WideCharacters.shared.isAlphanumeric(scalar)
    }

    public static func lower(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        map(text, to: &out, ascii: \.lowered, other: lower)
    }

    public static func upper(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        map(text, to: &out, ascii: { $0 &- 0x61 < 26 ? $0 - 32 : $0 }, other: upper)
    }

    @inline(__always) private static func map(
        _ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], ascii: (UInt8) -> UInt8, other: (UInt32) -> UInt32
    ) {
        out.reserveCapacity(out.count + text.count)
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte < 0x80 {
                out.append(ascii(byte))
                at += 1
            } else {
                let end = min(at + Characters.length(byte), text.count)
                Characters.append(other(Characters.scalar(text[at..<end])), to: &out)
                at = end
            }
        }
    }

    /// The first letter of each run of letters and digits in upper case, the others in lower case.
    public static func initcap(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var isInside = false
        for character in Characters(text) {
            let scalar = Characters.scalar(character)
            Characters.append(isInside ? lower(scalar) : upper(scalar), to: &out)
            isInside = isAlphanumeric(scalar)
        }
    }
}
