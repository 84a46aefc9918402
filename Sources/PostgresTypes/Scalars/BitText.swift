/// A bit string as text is read into `bit(n)`: digits 0 and 1, or hexadecimal ones after an `x`.
public struct BitText: Sendable {
    private let bits: [Bool]

    private init(_ bits: [Bool]) { self.bits = bits }

    public init(parsing text: UnsafeBufferPointer<UInt8>) throws(PostgresError) {
        let first = text.first.map { $0 | 0x20 }
        let isHexadecimal = first == UInt8(ascii: "x"), isPrefixed = isHexadecimal || first == UInt8(ascii: "b")
        var bits: [Bool] = []
        for byte in text.dropFirst(isPrefixed ? 1 : 0) {
            if isHexadecimal {
                guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Self.invalid(byte, "hexadecimal") }
                for shift in [3, 2, 1, 0] { bits.append(digit >> shift & 1 == 1) }
            } else {
                guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") else { throw Self.invalid(byte, "binary") }
                bits.append(byte == UInt8(ascii: "1"))
            }
        }
        self.bits = bits
    }

    private static func invalid(_ byte: UInt8, _ kind: String) -> PostgresError {
        PostgresError("22P02", "\"\(Character(Unicode.Scalar(byte)))\" is not a valid \(kind) digit")
    }

    /// The cast to `bit(n)`: cut, or filled with zeros, on the right.
    public func prefix(_ count: Int) throws(PostgresError) -> BitText {
        guard (1...83_886_080).contains(count) else {
            throw PostgresError("22023", "length for type bit \(count < 1 ? "must be at least 1" : "cannot exceed 83886080")")
        }
        return BitText(Array(bits.prefix(count)) + Array(repeating: false, count: max(0, count - bits.count)))
    }

    /// The cast to an integer of so many bits: all of them taken make it signed.
    public func integer(bits width: Int) throws(PostgresError) -> Int64 {
        if bits.count > width { throw width == 32 ? .integerOutOfRange : PostgresError("22003", "bigint out of range") }
        let value = bits.reduce(UInt64(0)) { $0 << 1 | ($1 ? 1 : 0) }
        return width == 32 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
