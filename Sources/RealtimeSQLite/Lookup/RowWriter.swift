internal import EmbeddedSQL
internal import Formats

/// Rows written as JSON as they are read, those of a key joined by commas: no frame in between.
struct RowWriter: RowTarget {
    let encoder: JSONRowEncoder
    var out: [UInt8]
    var count = 0
    var bytes = 0
    private let start: Int
    private var isFirst = true

    /// - Parameter out: what the rows are written behind.
    init(_ encoder: JSONRowEncoder, behind out: consuming [UInt8]) {
        self.encoder = encoder
        start = out.count
        self.out = out
    }

    mutating func take(_ compiled: Statement, _ readers: [CellReader]) -> Int? {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        for cell in encoder.cells {
            guard let size = readers[cell.column].write(compiled, cell.column, of: cell, encoder, to: &out) else { return cell.column }
            bytes += size
        }
        encoder.endRow(to: &out)
        return nil
    }

    /// The rows that follow are another key's: `open` writes what stands before them.
    mutating func beginKey(_ open: (inout [UInt8]) -> Void) {
        open(&out)
        isFirst = true
    }

    /// Takes back what was written of a lookup that was given up.
    mutating func takeBack() { out.removeSubrange(start...) }
}
