/// One frame on the socket between the service and a worker; `etl/etl_worker/channel.py` describes the layout.
struct WorkerFrame: Sendable {
    enum Kind: UInt16, Sendable {
        // Towards the worker.
        case load = 1, append = 2, extract = 3
        // From the worker.
        case ready = 10, loaded = 11, rows = 12, done = 13, failed = 14
    }

    static let headerSize = 16
    static let magic: UInt32 = 0x3145_5346
    static let longestHead = 1 << 20

    let kind: Kind
    let call: UInt16
    let head: [UInt8]
    let body: [UInt8]

    /// The bytes of a frame; the head is padded with spaces to a multiple of 8, so that the body's buffers are aligned.
    static func bytes(_ kind: Kind, call: UInt16, head: [UInt8], body: [UInt8]) -> [UInt8] {
        let padding = padding(head.count)
        var out: [UInt8] = []
        out.reserveCapacity(headerSize + head.count + padding + body.count)
        append(magic, to: &out)
        append(kind.rawValue, to: &out)
        append(call, to: &out)
        append(UInt32(head.count + padding), to: &out)
        append(UInt32(body.count), to: &out)
        out.append(contentsOf: head)
        out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
        out.append(contentsOf: body)
        return out
    }

    /// The bytes that fill up to the next multiple of 8.
    static func padding(_ count: Int) -> Int { -count & 7 }

    static func append<I: FixedWidthInteger>(_ value: I, to out: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
    }
}

/// What precedes a frame's head.
struct WorkerFrameHeader {
    let kind: WorkerFrame.Kind
    let call: UInt16
    let headLength: Int
    let bodyLength: Int

    /// Nil for bytes that no worker of ours sends, and for lengths beyond what is allowed: checked before anything is allocated.
    init?(_ bytes: UnsafeRawBufferPointer, longestBody: Int) {
        guard bytes.count >= WorkerFrame.headerSize, UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)) == WorkerFrame.magic,
            let kind = WorkerFrame.Kind(rawValue: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self)))
        else { return nil }
        self.kind = kind
        call = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self))
        headLength = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
        bodyLength = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)))
        guard headLength <= WorkerFrame.longestHead, bodyLength <= longestBody else { return nil }
    }
}
