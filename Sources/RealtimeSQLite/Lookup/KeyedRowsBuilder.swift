internal import FeatureModel
internal import Realtime

/// Gathers the rows of several keys: those read now into one frame, those that were kept in the frames they are kept in.
struct KeyedRowsBuilder {
    private var rows: RowBuffer
    /// Rows in `rows.columns`; its count is that of the whole answer.
    private var own = 0
    /// Those beside the one of `rows`, which is the first.
    private var others: [Frame] = []
    private var places: [KeyedRows.Place] = []
    private var kept = 0

    init(_ schema: Schema, count: Int) {
        rows = RowBuffer(schema)
        places.reserveCapacity(count)
    }

    mutating func addNothing() { places.append(.init(frame: 0, rows: own..<own)) }

    /// The rows that `read` appends.
    mutating func add(_ read: (inout RowBuffer) throws -> Void) rethrows {
        let before = rows.count
        try read(&rows)
        let end = own + rows.count - before
        places.append(.init(frame: 0, rows: own..<end))
        own = end
    }

    /// An empty buffer for rows that get a frame of their own, to be given to ``add(_:)``.
    var apart: RowBuffer { RowBuffer(rows.schema, count: rows.count, bytes: rows.bytes) }

    mutating func add(_ buffer: RowBuffer) {
        rows.count = buffer.count
        rows.bytes = buffer.bytes
        append(buffer.frame)
    }

    mutating func add(_ kept: Frame, _ deadline: LookupDeadline) throws {
        rows.count += kept.rowCount
        rows.bytes += kept.byteCount
        guard rows.count <= deadline.limits.rows else { throw deadline.rowLimit }
        guard rows.bytes <= deadline.limits.bytes else { throw deadline.byteLimit }
        self.kept += 1
        append(kept)
    }

    private mutating func append(_ frame: Frame) {
        others.append(frame)
        places.append(.init(frame: others.count, rows: 0..<frame.rowCount))
    }

    func finish() -> KeyedRows { KeyedRows(frames: [rows.frame] + others, places: places, kept: kept) }
}
