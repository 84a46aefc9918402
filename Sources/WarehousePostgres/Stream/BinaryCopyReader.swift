import Warehouse

/// The fields of one row of a binary COPY, valid while the row is being read.
struct RowFields {
    let base: UnsafeRawPointer
    /// Offsets from `base` and lengths; -1 for null.
    let offsets: UnsafeBufferPointer<Int>
    let lengths: UnsafeBufferPointer<Int>

    var count: Int { lengths.count }

    func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: (base + offsets[field]).assumingMemoryBound(to: UInt8.self), count: max(0, lengths[field]))
    }
}

/// Takes what a binary COPY sends, however it is cut into messages, and gives rows.
struct BinaryCopyReader {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00]

    private var rest: [UInt8] = []
    private var headerSeen = false
    private var trailerSeen = false
    private var offsets: [Int]
    private var lengths: [Int]

    init(columns: Int) {
        offsets = [Int](repeating: 0, count: columns)
        lengths = [Int](repeating: 0, count: columns)
    }

    mutating func feed(_ message: UnsafeRawBufferPointer, _ row: (RowFields) throws -> Void) throws {
        if rest.isEmpty {
            let used = try read(message, row)
            if used < message.count { rest = Array(message[used...]) }
        } else {
            rest.append(contentsOf: message)
            let whole = rest
            let used = try whole.withUnsafeBytes { try read($0, row) }
            rest.removeFirst(used)
        }
    }

    /// Throws if the copy ended without its trailer.
    func finish() throws {
        guard trailerSeen, rest.isEmpty else { throw Self.damaged }
    }

    /// Reads whole rows and answers how many bytes they took.
    private mutating func read(_ bytes: UnsafeRawBufferPointer, _ row: (RowFields) throws -> Void) throws -> Int {
        var at = 0
        if !headerSeen {
            guard let length = try header(bytes) else { return 0 }
            headerSeen = true
            at = length
        }
        while let end = try locate(bytes, from: at) {
            if !trailerSeen, let base = bytes.baseAddress {
                try offsets.withUnsafeBufferPointer { offsets in
                    try lengths.withUnsafeBufferPointer { try row(RowFields(base: base, offsets: offsets, lengths: $0)) }
                }
            }
            at = end
        }
        return at
    }

    private func header(_ bytes: UnsafeRawBufferPointer) throws -> Int? {
        guard bytes.count >= 19 else { return nil }
        guard bytes.prefix(11).elementsEqual(Self.signature), Self.integer(bytes, 11) & 0xffff_0000 == 0 else { throw Self.damaged }
        let length = 19 + Int(Self.integer(bytes, 15))
        return bytes.count >= length ? length : nil
    }

    /// Finds the fields of the row that begins at `start`; nil if it is not all there.
    private mutating func locate(_ bytes: UnsafeRawBufferPointer, from start: Int) throws -> Int? {
        guard start + 2 <= bytes.count else { return nil }
        guard !trailerSeen else { throw Self.damaged }
        let fields = Int(Int16(bitPattern: UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])))
        if fields == -1 {
            trailerSeen = true
            return start + 2
        }
        guard fields == lengths.count else { throw Self.damaged }
        var at = start + 2
        for field in 0..<fields {
            guard at + 4 <= bytes.count else { return nil }
            let length = Int(Int32(bitPattern: Self.integer(bytes, at)))
            guard length >= -1 else { throw Self.damaged }
            at += 4
            offsets[field] = at
            lengths[field] = length
            at += max(0, length)
        }
        return at <= bytes.count ? at : nil
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }

    private static let damaged = WarehouseError(.unexpected, "The rows that the warehouse sends are not in COPY's binary form.")
}
