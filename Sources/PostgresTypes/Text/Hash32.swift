/// PostgreSQL's `hash_bytes`: the 32-bit hash of Bob Jenkins' lookup3 (2006, public domain), with PostgreSQL's starting value.
public enum Hash32 {
    public static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var a = 0x9e37_79b9 &+ UInt32(truncatingIfNeeded: bytes.count) &+ 3_923_095
        var b = a, c = a
        func word(_ start: Int, _ range: Range<Int>) -> UInt32 {
            range.reduce(0) { start + $1 < bytes.count ? $0 | UInt32(bytes[start + $1]) << UInt32(8 * ($1 - range.lowerBound)) : $0 }
        }
        var at = 0
        while bytes.count - at >= 12 {
            a &+= word(at, 0..<4)
            b &+= word(at, 4..<8)
            c &+= word(at, 8..<12)
            mix(&a, &b, &c)
            at += 12
        }
        a &+= word(at, 0..<4)
        b &+= word(at, 4..<8)
        // The lowest byte is the length's.
        c &+= word(at, 8..<11) << 8
        finish(&a, &b, &c)
        return c
    }

    private static func turned(_ value: UInt32, _ bits: UInt32) -> UInt32 { value << bits | value >> (32 - bits) }

    private static func mix(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
        a &-= c; a ^= turned(c, 4); c &+= b
        b &-= a; b ^= turned(a, 6); a &+= c
        c &-= b; c ^= turned(b, 8); b &+= a
        a &-= c; a ^= turned(c, 16); c &+= b
        b &-= a; b ^= turned(a, 19); a &+= c
        c &-= b; c ^= turned(b, 4); b &+= a
    }

    private static func finish(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
        c ^= b; c &-= turned(b, 14)
        a ^= c; a &-= turned(c, 11)
        b ^= a; b &-= turned(a, 25)
        c ^= b; c &-= turned(b, 16)
        a ^= c; a &-= turned(c, 4)
        b ^= a; b &-= turned(a, 14)
        c ^= b; c &-= turned(b, 24)
    }
}
