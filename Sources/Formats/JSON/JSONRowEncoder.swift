public import FeatureModel
public import PostgresTypes

/// Writes the rows of a frame as JSON objects, byte for byte as PostgreSQL's `row_to_json` writes them.
///
/// Make one for a schema and keep it: names are escaped once. Types outside PostgreSQL's own list (`other`) are written as strings,
/// which is what PostgreSQL does for enums and ranges; composite types do not come as frames.
public struct JSONRowEncoder: Sendable {
    /// One member of a row's object. Holds no reference, so that reaching for it counts none.
    public struct Cell: Sendable {
        /// The column of the schema.
        public let column: Int
        /// What stands before the value, in the encoder's keys: `{"a":`, then `,"b":`.
        fileprivate let key: Range<Int>
        fileprivate let form: JSONCell
        /// In the encoder's contexts.
        fileprivate let position: Int
    }

    /// In the order in which they are written.
    public let cells: [Cell]
    private let keys: [UInt8]
    private let contexts: [JSONCell.Context]
    private let width: Int

    /// - Parameters:
    ///   - columns: those of the schema that are written, in this order; all where it is nil.
    ///   - timeZone: the session's, in which timestamptz is written.
    public init(schema: Schema, columns: [Int]? = nil, timeZone: Zone = .utc) {
        width = schema.fields.count
        var cells: [Cell] = [], keys: [UInt8] = [], contexts: [JSONCell.Context] = []
        for (position, column) in (columns ?? Array(schema.fields.indices)).enumerated() {
            let field = schema.fields[column], start = keys.count
            keys.append(position == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
            JSONText.write(field.name, to: &keys)
            keys.append(UInt8(ascii: ":"))
            cells.append(Cell(column: column, key: start..<keys.count, form: JSONCell(field.type), position: position))
            contexts.append(JSONCell.Context(element: field.type.element, zone: timeZone))
        }
        (self.cells, self.keys, self.contexts) = (cells, keys, contexts)
    }

    // MARK: Value by value, in the layout of the column's type (``PostgresType/physical``)

    public func append(_ value: Int64, of cell: Cell, to out: inout [UInt8]) {
        appendKey(of: cell, to: &out)
        cell.form.write(value, contexts[cell.position], to: &out)
    }

    public func append(_ value: Bool, of cell: Cell, to out: inout [UInt8]) {
        appendKey(of: cell, to: &out)
        cell.form.write(value, to: &out)
    }

    public func append(_ value: Double, of cell: Cell, to out: inout [UInt8]) {
        appendKey(of: cell, to: &out)
        cell.form.write(value, to: &out)
    }

    public func append(_ bytes: UnsafeBufferPointer<UInt8>, of cell: Cell, to out: inout [UInt8]) {
        appendKey(of: cell, to: &out)
        cell.form.write(bytes, contexts[cell.position], to: &out)
    }

    public func appendNull(of cell: Cell, to out: inout [UInt8]) {
        appendKey(of: cell, to: &out)
        out.append(contentsOf: "null".utf8)
    }

    private func appendKey(of cell: Cell, to out: inout [UInt8]) {
        keys.withUnsafeBufferPointer { out.append(contentsOf: UnsafeBufferPointer(rebasing: $0[cell.key])) }
    }

    // MARK: Frames

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
        for cell in cells {
            appendKey(of: cell, to: &out)
            cell.form.write(frame.columns[cell.column], row: row, contexts[cell.position], to: &out)
        }
        endRow(to: &out)
    }

    /// Behind the last cell of a row.
    public func endRow(to out: inout [UInt8]) {
        if cells.isEmpty { out.append(UInt8(ascii: "{")) }
        out.append(UInt8(ascii: "}"))
    }
}
