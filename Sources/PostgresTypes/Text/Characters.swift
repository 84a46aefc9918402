/// A text's bytes seen as characters: Unicode scalars, as in a UTF-8 database. The bytes are valid UTF-8.
public struct Characters: Sequence {
    public let bytes: UnsafeBufferPointer<UInt8>

    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// How many characters: bytes that do not continue one.
    public var count: Int {
        var count = 0
        for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
        return count
    }

    /// The byte offset of the character `number` characters on from `start`; the end if there are fewer.
    func offset(_ number: Int, from start: Int = 0) -> Int {
        var at = start
        var left = number
        while left > 0, at < bytes.count {
            at += Self.length(bytes[at])
            left -= 1
        }
        return Swift.min(at, bytes.count)
    }

    /// Bytes of the character that begins with `byte`.
    @inline(__always) static func length(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4 }

    /// Each character as its bytes.
    public func makeIterator() -> Iterator { Iterator(bytes: bytes) }

    public struct Iterator: IteratorProtocol {
        let bytes: UnsafeBufferPointer<UInt8>
        var at = 0

        public mutating func next() -> Slice<UnsafeBufferPointer<UInt8>>? {
            guard at < bytes.count else { return nil }
            let end = Swift.min(at + Characters.length(bytes[at]), bytes.count)
            defer { at = end }
            return bytes[at..<end]
        }
    }

    static func scalar(_ bytes: some Collection<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            if index > 0 {
                value = value << 6 | UInt32(byte & 0x3f)
            } else {
                value = byte < 0x80 ? UInt32(byte) : byte < 0xe0 ? UInt32(byte & 0x1f) : byte < 0xf0 ? UInt32(byte & 0x0f) : UInt32(byte & 0x07)
            }
        }
        return value
    }

    static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: out.append(UInt8(scalar))
        case 0x80..<0x800: out.append(contentsOf: [UInt8(0xc0 | scalar >> 6), UInt8(0x80 | scalar & 0x3f)])
        case 0x800..<0x10000: out.append(contentsOf: [UInt8(0xe0 | scalar >> 12), UInt8(0x80 | scalar >> 6 & 0x3f), UInt8(0x80 | scalar & 0x3f)])
        default:
            out.append(contentsOf: [
                UInt8(0xf0 | scalar >> 18 & 7), UInt8(0x80 | scalar >> 12 & 0x3f), UInt8(0x80 | scalar >> 6 & 0x3f), UInt8(0x80 | scalar & 0x3f),
            ])
        }
    }
}
