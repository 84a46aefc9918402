/// `encode` and `decode`: bytes as hex, base64 or escape text.
public enum BinaryText {
    public static func encode(_ bytes: UnsafeBufferPointer<UInt8>, format: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) throws(PostgresError) {
        if format.equalsIgnoringCase("hex") {
            for byte in bytes { Hexadecimal.write(byte, to: &out) }
        } else if format.equalsIgnoringCase("base64") {
            base64(bytes, to: &out)
        } else if format.equalsIgnoringCase("escape") {
            escape(bytes, to: &out)
        } else {
            throw unknown(format)
        }
    }

    public static func decode(_ text: UnsafeBufferPointer<UInt8>, format: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        if format.equalsIgnoringCase("hex") { return try ByteaText.hex(text) }
        if format.equalsIgnoringCase("base64") { return try fromBase64(text) }
        if format.equalsIgnoringCase("escape") { return try ByteaText.escaped(text) }
        throw unknown(format)
    }

    private static func unknown(_ format: UnsafeBufferPointer<UInt8>) -> PostgresError {
        PostgresError("22023", "unrecognized encoding: \"\(String(decoding: format, as: UTF8.self))\"")
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Lines of 76 characters.
    private static func base64(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var column = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
            if column == 76 {
                out.append(0x0a)
                column = 0
            }
            let count = min(3, bytes.count - start)
            let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < count ? UInt32(bytes[start + $1]) : 0) }
            for place in 0..<4 {
                out.append(place <= count ? alphabet[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
            column += 4
        }
    }

    private static func fromBase64(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> [UInt8] {
        let unexpected = PostgresError("22023", "unexpected \"=\" while decoding base64 sequence")
        let endless = PostgresError(
            "22023", "invalid base64 end sequence", detail: "Input data is missing padding, is truncated, or is otherwise corrupted.")
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var place = 0
        var padding = 0
        for byte in text {
            if byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { continue }
            var value: UInt32 = 0
            if byte == UInt8(ascii: "=") {
                if padding == 0 {
                    guard place == 2 || place == 3 else { throw unexpected }
                    padding = place == 2 ? 1 : 2
                }
            } else {
                guard let digit = alphabet.firstIndex(of: byte) else {
                    throw PostgresError("22023", "invalid symbol \"\(Character(Unicode.Scalar(byte)))\" found while decoding base64 sequence")
                }
                value = UInt32(digit)
            }
            group = group << 6 | value
            place += 1
            if place == 4 {
                bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                if padding == 0 || padding > 1 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
                if padding == 0 { bytes.append(UInt8(truncatingIfNeeded: group)) }
                group = 0
                place = 0
            }
        }
        guard place == 0 else { throw endless }
        return bytes
    }

    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        for byte in bytes {
            if byte == 0 || byte >= 0x80 {
                out.append(contentsOf: [UInt8(ascii: "\\"), 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)])
            } else {
                if byte == UInt8(ascii: "\\") { out.append(byte) }
                out.append(byte)
            }
        }
    }
}
