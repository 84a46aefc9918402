/// Bytes as pairs of lower-case hexadecimal digits.
public enum Hexadecimal {
    public static func write(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(character(byte >> 4))
        out.append(character(byte & 15))
    }

    static func character(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x57 }

    static func digit(_ byte: UInt8) -> UInt8? {
        if byte.isDigit { return byte & 15 }
        let letter = byte.lowered &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}
