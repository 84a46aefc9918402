import FeatureModel
import Warehouse

/// Gathers rows into batches of bounded size.
protocol RowCollector: SendableMetatype {
    associatedtype Batch: Sendable

    mutating func add(_ row: RowFields) throws
    var isFull: Bool { get }
    var isEmpty: Bool { get }
    /// The batch so far; the next begins empty.
    mutating func take() -> Batch
}

/// Rows that are JSON objects already.
struct JSONRowCollector: RowCollector {
    private static let size = 262_144

    private var bytes: [UInt8] = []
    private var rows = 0

    var isFull: Bool { bytes.count >= Self.size }
    var isEmpty: Bool { rows == 0 }

    mutating func add(_ row: RowFields) {
        if rows == 0 { bytes.reserveCapacity(Self.size + 4096) } else { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: row.bytes(0))
        rows += 1
    }

    mutating func take() -> JSONRowBatch {
        defer {
            bytes = []
            rows = 0
        }
        return JSONRowBatch(bytes: bytes, rowCount: rows)
    }
}

/// Rows into typed columns.
struct FrameCollector: RowCollector {
    private let schema: Schema
    private let decoders: [ColumnDecoder]
    private var rows = 0
    private var size = 0

    init(schema: Schema) {
        self.schema = schema
        decoders = schema.fields.map { ColumnDecoder.make(for: $0.type) }
    }

    var isFull: Bool { rows >= Frame.maximumRows || size >= Frame.maximumBytes }
    var isEmpty: Bool { rows == 0 }

    mutating func add(_ row: RowFields) throws {
        for index in decoders.indices {
            if row.lengths[index] < 0 {
                decoders[index].appendNull()
            } else {
                let bytes = row.bytes(index)
                try decoders[index].append(bytes)
                size += bytes.count + 8
            }
        }
        rows += 1
    }

    mutating func take() -> Frame {
        rows = 0
        size = 0
        return Frame(schema: schema, columns: decoders.map { $0.take() })
    }
}
