/// A batch of rows as typed columns. The warehouse, the realtime store, the workers and the encoders all speak it.
///
/// A producer ends a frame at ``maximumRows`` rows or ``maximumBytes`` bytes, whichever comes first; a single row may be larger.
public struct Frame: Sendable {
    public static let maximumRows = 8_192
    public static let maximumBytes = 1_048_576

    public let schema: Schema
    public var columns: [Column]

    /// An empty frame with a column for each field.
    public init(schema: Schema) {
        self.schema = schema
        columns = schema.fields.map { Column($0.type.physical) }
    }

    /// `columns` must match the schema in number and layout, and agree on their count.
    public init(schema: Schema, columns: [Column]) {
        precondition(columns.count == schema.fields.count)
        self.schema = schema
        self.columns = columns
    }

    public var rowCount: Int { columns.first?.count ?? 0 }

    public var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

    /// Some of the rows, in a frame of their own.
    public func slice(_ rows: Range<Int>) -> Frame {
        rows.count == rowCount ? self : Frame(schema: schema, columns: columns.map { $0.slice(rows) })
    }

    public var isFull: Bool { rowCount >= Self.maximumRows || byteCount >= Self.maximumBytes }
}
