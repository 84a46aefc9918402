/// `bytea` as PostgreSQL prints (bytea_output hex) and reads it.
public enum ByteaText {
    /// `\x` and hexadecimal digits.
    public static func write(_ bytes: some Sequence<UInt8>, to out: inout [UInt8]) {
        out.append(contentsOf: "\\x".utf8)
        for byte in bytes { Hexadecimal.write(byte, to: &out) }
    }

    /// The hex format (white space between pairs allowed) and the escape format.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        text.count >= 2 && text[0] == UInt8(ascii: "\\") && text[1] == UInt8(ascii: "x") ? try hex(text.dropping(2)) : try escaped(text)
    }

    /// Pairs of digits as `decode(…, 'hex')` reads them.
    public static func hex(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        var bytes: [UInt8] = []
        var at = 0
        while at < text.count {
            if text[at] == 0x20 || text[at] == 0x0a || text[at] == 0x09 || text[at] == 0x0d {
                at += 1
                continue
            }
            let high = try digit(text, at)
            at += 1
            guard at < text.count else { throw PostgresError("22023", "invalid hexadecimal data: odd number of digits") }
            bytes.append(high << 4 | (try digit(text, at)))
            at += 1
        }
        return bytes
    }

    private static func digit(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) throws(PostgresError) -> UInt8 {
        if let digit = Hexadecimal.digit(text[at]) { return digit }
        var end = at + 1
        while end < text.count, text[end] & 0xc0 == 0x80 { end += 1 }
        throw PostgresError("22023", "invalid hexadecimal digit: \"\(String(decoding: text[at..<end], as: UTF8.self))\"")
    }

    /// `\\`, `\ooo` in octal, and bytes as they are.
    static func escaped(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        var bytes: [UInt8] = []
        var at = 0
        while at < text.count {
            if text[at] != UInt8(ascii: "\\") {
                bytes.append(text[at])
                at += 1
            } else if at + 1 < text.count, text[at + 1] == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
                at += 2
            } else if at + 3 < text.count, (0x30...0x33).contains(text[at + 1]), text[(at + 2)...(at + 3)].allSatisfy({ (0x30...0x37).contains($0) })
            {
                bytes.append((text[at + 1] & 3) << 6 | (text[at + 2] & 7) << 3 | text[at + 3] & 7)
                at += 4
            } else {
                throw PostgresError("22P02", "invalid input syntax for type bytea")
            }
        }
        return bytes
    }
}
