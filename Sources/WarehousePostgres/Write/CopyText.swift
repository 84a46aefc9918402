import FeatureModel
import PostgresTypes
import Warehouse

/// A frame in COPY's text form, sent in pieces.
struct CopyText {
    private static let piece = 65_536

    let frame: Frame
    let table: TableDefinition

    func write(to connection: PostgresConnection) throws {
        try check()
        var out: [UInt8] = []
        out.reserveCapacity(Self.piece + 4096)
        for row in 0..<frame.rowCount {
            for index in frame.columns.indices {
                if index > 0 { out.append(UInt8(ascii: "\t")) }
                write(row, index, to: &out)
            }
            out.append(UInt8(ascii: "\n"))
            if out.count >= Self.piece { try send(&out, connection) }
        }
        try send(&out, connection)
    }

    private func check() throws {
        let wanted = table.columns.map { "\($0.name) \($0.type.physical)" },
            given = zip(frame.schema.fields, frame.columns).map { "\($0.name) \($1.physical)" }
        guard wanted == given else {
            throw WarehouseError(
                .unexpected, "Rows for \(table.name) do not have the table's columns.",
                reason: "expected \(wanted.joined(separator: ", ")); given \(given.joined(separator: ", "))")
        }
    }

    private func send(_ out: inout [UInt8], _ connection: PostgresConnection) throws {
        guard !out.isEmpty else { return }
        try out.withUnsafeBytes { try connection.writeCopy($0) }
        out.removeAll(keepingCapacity: true)
    }

    private func write(_ row: Int, _ index: Int, to out: inout [UInt8]) {
        let column = frame.columns[index], type = table.columns[index].type
        if column.isNull(row) {
            out.append(contentsOf: "\\N".utf8)
            return
        }
        switch column.physical {
        case .bool: out.append(UInt8(ascii: column.bits[row] ? "t" : "f"))
        case .float64: Float8.write(column.doubles[row], to: &out)
        case .int64: write(column.integers[row], as: type.kind, to: &out)
        case .bytes: column.withBytes(row) { write($0, isBytea: type.kind == .bytea && !type.isArray, to: &out) }
        }
    }

    private func write(_ value: Int64, as kind: PostgresType.Kind, to out: inout [UInt8]) {
        switch kind {
        case .date: DateTimeText.writeDate(value, to: &out)
        case .time: DateTimeText.writeTime(value, to: &out)
        case .timestamp, .timestamptz: DateTimeText.writeTimestamp(value, to: &out)
        default: out.append(contentsOf: String(value).utf8)
        }
    }

    private func write(_ bytes: UnsafeBufferPointer<UInt8>, isBytea: Bool, to out: inout [UInt8]) {
        guard !isBytea else {
            // The text form \x… with its backslash escaped for COPY.
            out.append(contentsOf: "\\\\x".utf8)
            for byte in bytes { Hexadecimal.write(byte, to: &out) }
            return
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
            default: out.append(byte)
            }
        }
    }
}
