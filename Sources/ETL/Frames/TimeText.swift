/// A `time` as PostgreSQL prints it: `hh:mm:ss` and the fraction without trailing zeros.
enum TimeText {
    static func append(_ microseconds: Int64, to out: inout [UInt8]) {
        let seconds = microseconds / 1_000_000
        appendTwo(seconds / 3_600, to: &out)
        out.append(UInt8(ascii: ":"))
        appendTwo(seconds / 60 % 60, to: &out)
        out.append(UInt8(ascii: ":"))
        appendTwo(seconds % 60, to: &out)
        var fraction = microseconds % 1_000_000
        guard fraction != 0 else { return }
        out.append(UInt8(ascii: "."))
        var unit: Int64 = 100_000
        while fraction != 0 {
            out.append(0x30 + UInt8(fraction / unit))
            fraction %= unit
            unit /= 10
        }
    }

    private static func appendTwo(_ number: Int64, to out: inout [UInt8]) {
        out.append(0x30 + UInt8(number / 10))
        out.append(0x30 + UInt8(number % 10))
    }
}
