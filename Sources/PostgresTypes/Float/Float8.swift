internal import Glibc

/// `double precision` as PostgreSQL 15 reads and prints it (extra_float_digits 1).
public enum Float8 {
    /// Prints as `float8out`, e.g. `1e+15`, `0.1`, `-0`, `Infinity`.
    public static func write(_ value: Double, to out: inout [UInt8]) {
        guard value.isFinite, value != 0 else { return FloatText.writeSpecial(value, to: &out) }
        if value < 0 { out.append(UInt8(ascii: "-")) }
        FloatText.write(ShortestDecimal(value), pointUpTo: 15, to: &out)
    }

    public static func text(_ value: Double) -> String {
        var out: [UInt8] = []
        write(value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Reads what `float8in` reads.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(PostgresError) -> Double {
        let (value, outOfRange) = try FloatText.read(text, type: "double precision") { strtod($0, $1) }
        if outOfRange, value == 0 || value.isInfinite {
            throw PostgresError("22003", "\"\(String(decoding: text, as: UTF8.self))\" is out of range for type double precision")
        }
        return value
    }

    /// A cast to an integer type: rounded half to even.
    public static func toInt64(_ value: Double) throws(PostgresError) -> Int64 {
        guard let whole = Int64(exactly: value.rounded(.toNearestOrEven)) else { throw .bigintOutOfRange }
        return whole
    }

    public static func toInt32(_ value: Double) throws(PostgresError) -> Int32 {
        guard let whole = Int32(exactly: value.rounded(.toNearestOrEven)) else { throw .integerOutOfRange }
        return whole
    }

    public static func toInt16(_ value: Double) throws(PostgresError) -> Int16 {
        guard let whole = Int16(exactly: value.rounded(.toNearestOrEven)) else { throw .smallintOutOfRange }
        return whole
    }

    /// A cast to `real`.
    public static func toFloat(_ value: Double) throws(PostgresError) -> Float {
        let narrow = Float(value)
        if narrow.isInfinite, !value.isInfinite { throw .floatOverflow }
        if narrow == 0, value != 0 { throw .floatUnderflow }
        return narrow
    }
}
