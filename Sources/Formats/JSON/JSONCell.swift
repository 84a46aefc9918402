internal import FeatureModel
internal import PostgresTypes

/// How values of one column become JSON.
struct JSONCell: Sendable {
    private enum Form: Sendable {
        case bool, integer, float8, float4
        case date, time, timestamp, timestampTZ
        /// Text that is JSON already where it is a number: numeric.
        case number
        /// json and jsonb: as it stands.
        case verbatim
        case string
        /// Raw bytes.
        case bytea
        case array
    }

    private let form: Form
    private let element: PostgresType
    private let zone: Zone

    init(_ type: PostgresType, zone: Zone) {
        element = type.element
        self.zone = zone
        if type.isArray {
            form = .array
            return
        }
        form =
            switch type.kind {
            case .bool: .bool
            case .int2, .int4, .int8: .integer
            case .float8: .float8
            case .float4: .float4
            case .date: .date
            case .time: .time
            case .timestamp: .timestamp
            case .timestamptz: .timestampTZ
            case .numeric: .number
            case .json, .jsonb: .verbatim
            case .bytea: .bytea
            case .text, .varchar, .bpchar, .name, .timetz, .interval, .uuid, .unknown, .other: .string
            }
    }

    @inline(__always) func write(_ column: Column, row: Int, to out: inout [UInt8]) {
        if column.isNull(row) { return out.append(contentsOf: "null".utf8) }
        switch form {
        case .integer: DecimalDigits.write(column.integers[row], to: &out)
        case .bool: out.append(contentsOf: (column.bits[row] ? "true" : "false").utf8)
        case .float8: writeFloat(column.doubles[row], to: &out) { Float8.write($0, to: &$1) }
        case .float4: writeFloat(column.doubles[row], to: &out) { Float4.write(Float($0), to: &$1) }
        case .date: writeQuoted(to: &out) { DateTimeText.writeDate(column.integers[row], to: &$0) }
        case .time: writeQuoted(to: &out) { DateTimeText.writeTime(column.integers[row], to: &$0) }
        case .timestamp:
            writeQuoted(to: &out) { DateTimeText.writeTimestamp(column.integers[row], separator: UInt8(ascii: "T"), to: &$0) }
        case .timestampTZ:
            writeQuoted(to: &out) { DateTimeText.writeTimestampTZ(column.integers[row], zone: zone, json: true, to: &$0) }
        case .number: column.withBytes(row) { JSONScalar.writeNumber($0, to: &out) }
        case .verbatim: column.withBytes(row) { out.append(contentsOf: $0) }
        case .string: column.withBytes(row) { JSONText.write($0, to: &out) }
        case .bytea:
            out.append(contentsOf: "\"\\".utf8)
            column.withBytes(row) { ByteaText.write($0, to: &out) }
            out.append(UInt8(ascii: "\""))
        case .array: column.withBytes(row) { JSONArray.write($0, element: element, to: &out) }
        }
    }

    @inline(__always) private func writeFloat(_ value: Double, to out: inout [UInt8], _ body: (Double, inout [UInt8]) -> Void) {
        guard value.isFinite else { return writeQuoted(to: &out) { body(value, &$0) } }
        body(value, &out)
    }

    @inline(__always) private func writeQuoted(to out: inout [UInt8], _ body: (inout [UInt8]) -> Void) {
        out.append(UInt8(ascii: "\""))
        body(&out)
        out.append(UInt8(ascii: "\""))
    }
}
