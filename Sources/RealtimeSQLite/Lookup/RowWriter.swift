internal import EmbeddedSQL
internal import Formats

/// Rows written as JSON as they are read, joined by commas: no frame in between.
struct RowWriter: RowTarget {
    let encoder: JSONRowEncoder
    var out: [UInt8]
    var count = 0
    var bytes = 0
    private let start: Int

    /// - Parameter out: what the rows are written behind.
    init(_ encoder: JSONRowEncoder, behind out: consuming [UInt8]) {
        self.encoder = encoder
        start = out.count
        self.out = out
    }

    mutating func take(_ compiled: Statement, _ readers: [CellReader]) -> Int? {
        if count > 1 { out.append(UInt8(ascii: ",")) }
        for index in encoder.cells.indices {
            let column = encoder.cells[index].column
            guard let size = readers[column].write(compiled, column, as: encoder.cells[index], to: &out) else { return column }
            bytes += size
        }
        encoder.endRow(to: &out)
        return nil
    }

    /// Takes back what was written of a lookup that was given up.
    mutating func restart() {
        out.removeSubrange(start...)
        count = 0
        bytes = 0
    }
}
