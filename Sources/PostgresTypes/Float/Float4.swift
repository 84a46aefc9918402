internal import Glibc

/// `real` as PostgreSQL 15 reads and prints it.
public enum Float4 {
    /// Prints as `float4out`, e.g. `1e+06`, `0.1`.
    public static func write(_ value: Float, to out: inout [UInt8]) {
        guard value.isFinite, value != 0 else { return FloatText.writeSpecial(Double(value), to: &out) }
        if value < 0 { out.append(UInt8(ascii: "-")) }
        FloatText.write(ShortestDecimal(value), pointUpTo: 6, to: &out)
    }

    public static func text(_ value: Float) -> String {
        var out: [UInt8] = []
        write(value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Reads what `float4in` reads.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Float {
        let (value, outOfRange) = try FloatText.read(text, type: "real") { strtof($0, $1) }
        if outOfRange, value == 0 || value.isInfinite {
            throw PostgresError("22003", "\"\(String(decoding: text, as: UTF8.self))\" is out of range for type real")
        }
        return value
    }
}
