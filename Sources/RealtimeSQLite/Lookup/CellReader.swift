internal import EmbeddedSQL
internal import FeatureModel
internal import Formats
internal import PostgresTypes
internal import SQLDialect

/// Turns one output column of a statement back from SQLite's encoding into a frame's column.
enum CellReader: Sendable, Equatable {
    case integer, boolean, real, text, blob
    /// Printed with exactly so many digits after the point.
    case scaled(Int)

    /// nil if a column of this type cannot come from that encoding.
    init?(_ cell: RealtimeStatement.OutputCell) {
        switch (cell.encoding, cell.type.physical) {
        case (.integer, .int64), (.days, .int64), (.microseconds, .int64): self = .integer
        case (.integer, .bytes) where cell.type.kind == .numeric: self = .scaled(0)
        case (.boolean, .bool): self = .boolean
        case (.real, .float64): self = .real
        case (.scaled(let scale), .bytes) where cell.type.kind == .numeric: self = .scaled(scale)
        case (.text, .bytes), (.padded, .bytes), (.decimal, .bytes), (.interval, .bytes): self = .text
        case (.blob, .bytes) where cell.type.kind == .bytea: self = .blob
        default: return nil
        }
    }

    /// The only class that a value in this encoding has.
    private var storage: StorageClass {
        switch self {
        case .integer, .boolean, .scaled: .integer
        case .real: .real
        case .text: .text
        case .blob: .blob
        }
    }

    /// Appends the cell of the present row; returns its size in bytes, or nil, if the value is of another class than the
    /// statement was to give: a sum that became a float by overflowing, for instance.
    @inline(__always) func read(_ statement: Statement, _ index: Int, into column: inout Column) -> Int? {
        let found = statement.storageClass(index)
        if found == .null {
            column.appendNull()
            return 1
        }
        guard found == storage else { return nil }
        switch self {
        case .integer: column.append(statement.int64(index))
        case .boolean: column.append(statement.int64(index) != 0)
        case .real: column.append(statement.double(index))
        case .text:
            let text = statement.utf8(index)
            column.append(bytes: text)
            return text.count + 4
        case .blob:
            let bytes = statement.blob(index)
            column.append(bytes: bytes)
            return bytes.count + 4
        case .scaled(let scale):
            var text: [UInt8] = []
            Numeric.write(statement.int64(index), scale: scale, to: &text)
            column.append(text)
            return text.count + 4
        }
        return 8
    }

    /// Writes the cell as JSON; returns what ``read(_:_:into:)`` does.
    @inline(__always) func write(_ statement: Statement, _ index: Int, of cell: JSONRowEncoder.Cell, _ encoder: borrowing JSONRowEncoder, to out: inout [UInt8]) -> Int? {
        let found = statement.storageClass(index)
        if found == .null {
            encoder.appendNull(of: cell, to: &out)
            return 1
        }
        guard found == storage else { return nil }
        switch self {
        case .integer: encoder.append(statement.int64(index), of: cell, to: &out)
        case .boolean: encoder.append(statement.int64(index) != 0, of: cell, to: &out)
        case .real: encoder.append(statement.double(index), of: cell, to: &out)
        case .text, .blob:
            let bytes = self == .text ? statement.utf8(index) : statement.blob(index)
            encoder.append(bytes, of: cell, to: &out)
            return bytes.count + 4
        case .scaled(let scale):
            var text: [UInt8] = []
            Numeric.write(statement.int64(index), scale: scale, to: &text)
            text.withUnsafeBufferPointer { encoder.append($0, of: cell, to: &out) }
            return text.count + 4
        }
        return 8
    }
}
