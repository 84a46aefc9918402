/// `uuid` as `uuid_in` reads and `uuid_out` prints it.
public enum UUIDText {
    /// The 16 bytes. Hyphens may stand after every fourth digit, braces around.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        let invalid = PostgresError.invalidSyntax("uuid", text)
        let isBraced = text.first == UInt8(ascii: "{")
        var at = isBraced ? 1 : 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        while bytes.count < 16 {
            guard at + 1 < text.count, let high = hexDigit(text[at]), let low = hexDigit(text[at + 1]) else { throw invalid }
            bytes.append(high << 4 | low)
            at += 2
            if at < text.count, text[at] == UInt8(ascii: "-"), bytes.count % 2 == 0, bytes.count < 16 { at += 1 }
        }
        if isBraced {
            guard at < text.count, text[at] == UInt8(ascii: "}") else { throw invalid }
            at += 1
        }
        guard at == text.count else { throw invalid }
        return bytes
    }

    /// Lower case, with hyphens. `bytes` are 16.
    public static func write(_ bytes: some Collection<UInt8>, to out: inout [UInt8]) {
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { out.append(UInt8(ascii: "-")) }
            Hexadecimal.write(byte, to: &out)
        }
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? { Hexadecimal.digit(byte) }
}
