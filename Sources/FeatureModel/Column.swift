/// The values of one column of a ``Frame``, in Arrow's layout. Exactly one of the four buffers is in use, by `physical`;
/// a null row still has a slot in it (zero, or no bytes).
public struct Column: Sendable {
    public let physical: Physical
    public private(set) var count = 0
    public private(set) var nullCount = 0
    /// One bit a row, set where there is a value; empty while no row is null.
    public private(set) var validity = Bitmap()
    public private(set) var integers: [Int64] = []
    public private(set) var doubles: [Double] = []
    public private(set) var bits = Bitmap()
    /// `count + 1` offsets into `bytes` when `physical` is `.bytes`, else empty.
    public private(set) var offsets: [Int32] = []
    public private(set) var bytes: [UInt8] = []

    public init(_ physical: Physical) {
        self.physical = physical
        if physical == .bytes { offsets = [0] }
    }

    /// Whole buffers, as they come from a worker. `validity` may be empty if nothing is null.
    public init(integers: [Int64], validity: Bitmap = Bitmap()) {
        physical = .int64
        self.integers = integers
        count = integers.count
        adopt(validity)
    }

    public init(doubles: [Double], validity: Bitmap = Bitmap()) {
        physical = .float64
        self.doubles = doubles
        count = doubles.count
        adopt(validity)
    }

    public init(bits: Bitmap, validity: Bitmap = Bitmap()) {
        physical = .bool
        self.bits = bits
        count = bits.count
        adopt(validity)
    }

    /// `offsets` must start at 0, never fall, and end at `bytes.count`.
    public init(offsets: [Int32], bytes: [UInt8], validity: Bitmap = Bitmap()) {
        precondition(offsets.first == 0 && Int(offsets.last!) == bytes.count)
        physical = .bytes
        self.offsets = offsets
        self.bytes = bytes
        count = offsets.count - 1
        adopt(validity)
    }

    private mutating func adopt(_ bitmap: Bitmap) {
        guard bitmap.count > 0 else { return }
        precondition(bitmap.count == count)
        nullCount = (0..<count).count { !bitmap[$0] }
        if nullCount > 0 { validity = bitmap }
    }

    @inlinable public func isNull(_ row: Int) -> Bool { nullCount > 0 && !validity[row] }

    /// The bytes of a row of a `.bytes` column, valid inside the closure only.
    @inlinable public func withBytes<R>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[Int(offsets[row])..<Int(offsets[row + 1])])) }
    }

    public func string(_ row: Int) -> String { withBytes(row) { String(decoding: $0, as: UTF8.self) } }

    // MARK: Appending

    public mutating func append(_ value: Int64) {
        integers.append(value)
        valid()
    }

    public mutating func append(_ value: Double) {
        doubles.append(value)
        valid()
    }

    public mutating func append(_ value: Bool) {
        bits.append(value)
        valid()
    }

    public mutating func append(bytes value: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: value)
        offsets.append(Int32(bytes.count))
        valid()
    }

    public mutating func append(_ value: String) {
        var value = value
        value.withUTF8 { append(bytes: $0) }
    }

    public mutating func append(_ value: [UInt8]) {
        value.withUnsafeBufferPointer { append(bytes: $0) }
    }

    public mutating func appendNull() {
        if nullCount == 0 { validity = Bitmap(repeating: true, count: count) }
        switch physical {
        case .bool: bits.append(false)
        case .int64: integers.append(0)
        case .float64: doubles.append(0)
        case .bytes: offsets.append(Int32(bytes.count))
        }
        count += 1
        nullCount += 1
        validity.append(false)
    }

    private mutating func valid() {
        count += 1
        if nullCount > 0 { validity.append(true) }
    }

    /// Some of the rows, copied.
    public func slice(_ rows: Range<Int>) -> Column {
        var part = Column(physical)
        for row in rows {
            if isNull(row) {
                part.appendNull()
                continue
            }
            switch physical {
            case .bool: part.append(bits[row])
            case .int64: part.append(integers[row])
            case .float64: part.append(doubles[row])
            case .bytes: withBytes(row) { part.append(bytes: $0) }
            }
        }
        return part
    }

    /// One row as a scalar; for tests, keys and errors.
    public func value(_ row: Int) -> Value {
        if isNull(row) { return .null }
        return switch physical {
        case .bool: .bool(bits[row])
        case .int64: .int(integers[row])
        case .float64: .double(doubles[row])
        case .bytes: .text(string(row))
        }
    }

    /// Bytes held by the buffers; bounds a frame at about 1 MB.
    public var byteCount: Int { integers.count * 8 + doubles.count * 8 + bits.bytes.count + validity.bytes.count + offsets.count * 4 + bytes.count }
}
