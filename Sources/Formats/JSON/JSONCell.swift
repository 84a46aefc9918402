internal import FeatureModel
internal import PostgresTypes

/// How values of one column become JSON. Holds no reference: it is passed on for every value, and costs nothing to copy.
enum JSONCell: Sendable {
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

    /// What some columns' values are written by beside their form.
    struct Context: Sendable {
        /// Of an array, the type of its elements.
        let element: PostgresType
        let zone: Zone
    }

    init(_ type: PostgresType) {
        if type.isArray {
            self = .array
            return
        }
        self =
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

    @inline(__always) func write(_ column: Column, row: Int, _ context: Context, to out: inout [UInt8]) {
        if column.isNull(row) { return out.append(contentsOf: "null".utf8) }
        switch column.physical {
        case .int64: write(column.integers[row], context, to: &out)
        case .bool: write(column.bits[row], to: &out)
        case .float64: write(column.doubles[row], to: &out)
        case .bytes: column.withBytes(row) { write($0, context, to: &out) }
        }
    }

    // MARK: By the layout in which a value comes

    func write(_ value: Bool, to out: inout [UInt8]) { out.append(contentsOf: (value ? "true" : "false").utf8) }

    func write(_ value: Double, to out: inout [UInt8]) {
        if case .float4 = self { writeFloat(value, to: &out) { Float4.write(Float($0), to: &$1) } } else { writeFloat(value, to: &out) { Float8.write($0, to: &$1) } }
    }

    func write(_ value: Int64, _ context: @autoclosure () -> Context, to out: inout [UInt8]) {
        switch self {
        case .date: writeQuoted(to: &out) { DateTimeText.writeDate(value, to: &$0) }
        case .time: writeQuoted(to: &out) { DateTimeText.writeTime(value, to: &$0) }
        case .timestamp: writeQuoted(to: &out) { DateTimeText.writeTimestamp(value, separator: UInt8(ascii: "T"), to: &$0) }
        case .timestampTZ: writeQuoted(to: &out) { DateTimeText.writeTimestampTZ(value, zone: context().zone, json: true, to: &$0) }
        default: DecimalDigits.write(value, to: &out)
        }
    }

    func write(_ bytes: UnsafeBufferPointer<UInt8>, _ context: @autoclosure () -> Context, to out: inout [UInt8]) {
        switch self {
        case .number: JSONScalar.writeNumber(bytes, to: &out)
        case .verbatim: out.append(contentsOf: bytes)
        case .bytea:
            out.append(contentsOf: "\"\\".utf8)
            ByteaText.write(bytes, to: &out)
            out.append(UInt8(ascii: "\""))
        case .array: JSONArray.write(bytes, element: context().element, to: &out)
        default: JSONText.write(bytes, to: &out)
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
