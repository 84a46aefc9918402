public import FeatureModel
public import PostgresTypes

/// Writes the rows of a frame as JSON objects, byte for byte as PostgreSQL's `row_to_json` writes them.
///
/// Make one for a schema and keep it: names are escaped once. Types outside PostgreSQL's own list (`other`) are written as strings,
/// which is what PostgreSQL does for enums and ranges; composite types do not come as frames.
public struct JSONRowEncoder: Sendable {
    /// One member of a row's object. Its values come from frames, or one by one in the layout of the column's type (``PostgresType/physical``).
    public struct Cell: Sendable {
        /// The column of the schema.
        public let column: Int
        /// What stands before the value: `{"a":`, then `,"b":`.
        fileprivate let key: [UInt8]
        fileprivate let value: JSONCell

        public func append(_ value: Int64, to out: inout [UInt8]) {
            out.append(contentsOf: key)
            self.value.write(value, to: &out)
        }

        public func append(_ value: Bool, to out: inout [UInt8]) {
            out.append(contentsOf: key)
            self.value.write(value, to: &out)
        }

        public func append(_ value: Double, to out: inout [UInt8]) {
            out.append(contentsOf: key)
            self.value.write(value, to: &out)
        }

        public func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
            out.append(contentsOf: key)
            value.write(bytes, to: &out)
        }

        public func appendNull(to out: inout [UInt8]) {
            out.append(contentsOf: key)
            out.append(contentsOf: "null".utf8)
        }
    }

    /// In the order in which they are written.
    public let cells: [Cell]
    private let width: Int

    /// - Parameters:
    ///   - columns: those of the schema that are written, in this order; all where it is nil.
    ///   - timeZone: the session's, in which timestamptz is written.
    public init(schema: Schema, columns: [Int]? = nil, timeZone: Zone = .utc) {
        width = schema.fields.count
        cells = (columns ?? Array(schema.fields.indices)).enumerated().map { position, column in
            var key = [position == 0 ? UInt8(ascii: "{") : UInt8(ascii: ",")]
            JSONText.write(schema.fields[column].name, to: &key)
            key.append(UInt8(ascii: ":"))
            return Cell(column: column, key: key, value: JSONCell(schema.fields[column].type, zone: timeZone))
        }
    }

    /// Appends all rows, joined by commas, without brackets around. `frame` must have the encoder's schema.
    public func append(_ frame: Frame, to out: inout [UInt8]) { append(frame, rows: 0..<frame.rowCount, to: &out) }

    /// The same for some of the rows.
    public func append(_ frame: Frame, rows: Range<Int>, to out: inout [UInt8]) {
        for row in rows {
            if row > rows.lowerBound { out.append(UInt8(ascii: ",")) }
            append(frame, row: row, to: &out)
        }
    }

    /// Appends one row.
    public func append(_ frame: Frame, row: Int, to out: inout [UInt8]) {
        precondition(frame.columns.count == width, "the frame has other columns than the encoder")
        for index in cells.indices {
            out.append(contentsOf: cells[index].key)
            cells[index].value.write(frame.columns[cells[index].column], row: row, to: &out)
        }
        endRow(to: &out)
    }

    /// Behind the last cell of a row.
    public func endRow(to out: inout [UInt8]) {
        if cells.isEmpty { out.append(UInt8(ascii: "{")) }
        out.append(UInt8(ascii: "}"))
    }
}
