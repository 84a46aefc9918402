/// Bits packed as Arrow packs them: bit `i` is bit `i % 8` of byte `i / 8`, least significant first.
public struct Bitmap: Sendable, Hashable {
    public private(set) var bytes: [UInt8]
    public private(set) var count: Int

    public init() {
        bytes = []
        count = 0
    }

    public init(repeating bit: Bool, count: Int) {
        bytes = [UInt8](repeating: bit ? 0xff : 0, count: (count + 7) / 8)
        self.count = count
    }

    /// Adopts packed bytes; `bytes` must hold at least `count` bits.
    public init(bytes: [UInt8], count: Int) {
        precondition(bytes.count * 8 >= count)
        self.bytes = bytes
        self.count = count
    }

    @inlinable public subscript(index: Int) -> Bool { bytes[index >> 3] & (1 << UInt8(index & 7)) != 0 }

    public mutating func append(_ bit: Bool) {
        if count & 7 == 0 { bytes.append(0) }
        let mask = UInt8(1) << UInt8(count & 7)
        if bit { bytes[count >> 3] |= mask } else { bytes[count >> 3] &= ~mask }
        count += 1
    }
}
