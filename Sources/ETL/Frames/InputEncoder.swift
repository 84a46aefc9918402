import FeatureModel

/// Writes frames for a worker: by the query's schema, never by the rows at hand.
struct InputEncoder: Sendable {
    let schema: Schema
    /// Equal bytes for equal schema and limits: the worker prepares itself once for each. Seconds are whole ones, since an entity's among
    /// several are what the others have left: here they are counted exactly, and by the worker only as processor time.
    let head: [UInt8]
    private let wires: [Wire]
    /// Of one frame: far beyond what producers make, and small enough that no length overflows however text is escaped.
    private static let mostBytes = 256 << 20

    init(schema: Schema, limits: ETLLimits) {
        self.schema = schema
        wires = schema.fields.map(Wire.init)
        var head: [UInt8] = []
        head.append(contentsOf: #"{"fields":["#.utf8)
        for (index, field) in schema.fields.enumerated() {
            head.append(contentsOf: (index == 0 ? "[" : ",[").utf8)
            JSONText.write(field.name, to: &head)
            head.append(contentsOf: #",""#.utf8)
            head.append(contentsOf: wires[index].rawValue.utf8)
            head.append(contentsOf: #""]"#.utf8)
        }
        head.append(contentsOf: #"],"rows":\#(limits.rows),"bytes":\#(limits.outputBytes),"seconds":\#(limits.seconds.rounded(.up))}"#.utf8)
        self.head = head
    }

    /// The body of a frame with these rows. Throws ``ETLError`` `badInput` for a value that pandas' dtype can't hold.
    func body(_ frame: Frame) throws -> [UInt8] {
        precondition(frame.columns.count == wires.count, "a frame of another schema")
        guard frame.byteCount <= Self.mostBytes else {
            throw ETLError(.badInput, "a row of the query is larger than \(Self.mostBytes >> 20) MB", hint: "select fewer or smaller columns")
        }
        var buffers = Buffers()
        buffers.data.reserveCapacity(frame.byteCount + wires.count * 24)
        for (index, column) in frame.columns.enumerated() {
            try write(column, schema.fields[index], wires[index], to: &buffers)
        }
        return buffers.body(rows: frame.rowCount)
    }

    private func write(_ column: Column, _ field: Schema.Field, _ wire: Wire, to buffers: inout Buffers) throws {
        switch wire {
        case .int:
            try requireNoNulls(column, field)
            column.integers.withUnsafeBytes { buffers.add($0) }
        case .nullableInt:
            column.integers.withUnsafeBytes { buffers.add($0) }
            addNulls(of: column, to: &buffers)
        case .double: try addDoubles(column, field, to: &buffers)
        case .bool, .nullableBool:
            if wire == .bool { try requireNoNulls(column, field) }
            buffers.add((0..<column.count).lazy.map { column.bits[$0] ? 1 : 0 })
            if wire == .nullableBool { addNulls(of: column, to: &buffers) }
        case .timestamp, .timestamptz: try addMoments(column, field, to: &buffers)
        case .text where field.type.kind == .time: addTexts(column, to: &buffers) { TimeText.append(column.integers[$0], to: &$1) }
        case .json where field.type.isArray:
            let element = field.type.element
            try addTexts(column, to: &buffers) { row, out in
                let isRead = column.withBytes(row) { ArrayLiteral.writeJSON($0, element: element, to: &out) }
                guard isRead else { throw badInput(field, "an array that can't be read", "select the elements you need, or cast the column to text") }
            }
        case .text, .json, .bytes:
            column.offsets.withUnsafeBytes { buffers.add($0) }
            column.bytes.withUnsafeBytes { buffers.add($0) }
            addNulls(of: column, to: &buffers)
        }
    }

    private func requireNoNulls(_ column: Column, _ field: Schema.Field) throws {
        guard column.nullCount > 0 else { return }
        throw badInput(field, "a null, although the query's schema says that it never does", "save the query again")
    }

    /// One byte a row, or nothing where nothing is null.
    private func addNulls(of column: Column, to buffers: inout Buffers) {
        guard column.nullCount > 0 else { return buffers.addNothing() }
        buffers.add((0..<column.count).lazy.map { column.isNull($0) ? 1 : 0 })
    }

    private func addDoubles(_ column: Column, _ field: Schema.Field, to buffers: inout Buffers) throws {
        if column.physical == .float64, column.nullCount == 0 {
            return column.doubles.withUnsafeBytes { buffers.add($0) }
        }
        var values: [Double] = []
        values.reserveCapacity(column.count)
        for row in 0..<column.count {
            if column.isNull(row) {
                values.append(.nan)
            } else if column.physical == .float64 {
                values.append(column.doubles[row])
            } else {
                guard let value = column.withBytes(row, DecimalText.double) else {
                    throw badInput(field, "a number that float64 can't hold", "cast the column to text in the query")
                }
                values.append(value)
            }
        }
        values.withUnsafeBytes { buffers.add($0) }
    }

    /// Nanoseconds since 1970, as `datetime64[ns]` keeps them.
    private func addMoments(_ column: Column, _ field: Schema.Field, to buffers: inout Buffers) throws {
        let factor: Int64 = field.type.kind == .date ? 86_400_000_000_000 : 1_000
        var values: [Int64] = []
        values.reserveCapacity(column.count)
        for row in 0..<column.count {
            if column.isNull(row) {
                values.append(.min)
                continue
            }
            let value = column.integers[row]
            let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: factor)
            if overflow {
                let what = value == .max || value == .min ? "infinity" : "a moment outside of the years 1677 to 2262"
                throw badInput(field, "\(what), which datetime64[ns] can't hold", "filter such rows out, or cast the column to text in the query")
            }
            values.append(nanoseconds)
        }
        values.withUnsafeBytes { buffers.add($0) }
    }

    private func addTexts(_ column: Column, to buffers: inout Buffers, _ write: (Int, inout [UInt8]) throws -> Void) rethrows {
        var offsets: [Int32] = [0]
        var bytes: [UInt8] = []
        for row in 0..<column.count {
            if !column.isNull(row) { try write(row, &bytes) }
            offsets.append(Int32(bytes.count))
        }
        offsets.withUnsafeBytes { buffers.add($0) }
        bytes.withUnsafeBytes { buffers.add($0) }
        addNulls(of: column, to: &buffers)
    }

    private func badInput(_ field: Schema.Field, _ what: String, _ hint: String) -> ETLError {
        ETLError(.badInput, "the query's column '\(field.name)' holds \(what)", hint: hint)
    }
}

/// The buffers of one body, each padded to a multiple of 8.
private struct Buffers {
    var data: [UInt8] = []
    private var lengths: [UInt32] = []

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        lengths.append(UInt32(bytes.count))
        data.append(contentsOf: bytes)
        pad()
    }

    mutating func add(_ bytes: some Collection<UInt8>) {
        lengths.append(UInt32(bytes.count))
        data.append(contentsOf: bytes)
        pad()
    }

    mutating func addNothing() { lengths.append(0) }

    private mutating func pad() {
        data.append(contentsOf: repeatElement(0, count: WorkerFrame.padding(data.count)))
    }

    func body(rows: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(24 + lengths.count * 4 + data.count)
        WorkerFrame.append(UInt32(rows), to: &out)
        WorkerFrame.append(UInt32(lengths.count), to: &out)
        WorkerFrame.append(UInt64(0), to: &out)
        for length in lengths { WorkerFrame.append(length, to: &out) }
        out.append(contentsOf: repeatElement(0, count: WorkerFrame.padding(out.count)))
        out.append(contentsOf: data)
        return out
    }
}
