/// Walks the buffers of a body with rows.
struct BufferReader {
    let rows: Int
    let nanoseconds: UInt64
    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    private var number = 0
    private var at: Int

    /// Checks that the table of lengths lies in the body; throws ``GarbledFrame``.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count >= 16 else { throw GarbledFrame() }
        rows = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        nanoseconds = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        let table = 16 + count * 4
        at = table + WorkerFrame.padding(table)
        self.bytes = bytes
        // A worker cuts its rows; more in one frame would be a lie that makes us allocate.
        guard rows <= 8_192, count <= 3 * 1_600, at <= bytes.count else { throw GarbledFrame() }
    }

    var isAtEnd: Bool { number == count && at == bytes.count }

    mutating func byteArray() throws -> [UInt8] { [UInt8](try next()) }

    mutating func array<Element: BitwiseCopyable>(of type: Element.Type, count: Int) throws -> [Element] {
        let buffer = try next()
        guard buffer.count == count * MemoryLayout<Element>.stride else { throw GarbledFrame() }
        return [Element](unsafeUninitializedCapacity: count) { out, initialized in
            UnsafeMutableRawBufferPointer(out).copyMemory(from: buffer)
            initialized = count
        }
    }

    private mutating func next() throws -> UnsafeRawBufferPointer {
        guard number < count else { throw GarbledFrame() }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 16 + number * 4, as: UInt32.self)))
        let end = at + length + WorkerFrame.padding(length)
        guard end <= bytes.count else { throw GarbledFrame() }
        defer {
            number += 1
            at = end
        }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<at + length])
    }
}
