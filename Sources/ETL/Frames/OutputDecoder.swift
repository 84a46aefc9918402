import FeatureModel

/// What a worker sent that no worker of ours sends. Whoever wrote it, it can't be trusted any more.
struct GarbledFrame: Error {}

/// Reads a worker's rows. Every length is checked: the bytes come from a process that has run a user's code.
struct OutputDecoder: Sendable {
    let schema: Schema
    private let kinds: [PostgresType.Kind]

    /// `head` is `[["name", "type"], …]`.
    init(head: [UInt8]) throws {
        guard let listed = try? JSONReader.read(head).array, listed.count <= 1_600 else { throw GarbledFrame() }
        var names: Set<String> = []
        let fields = try listed.map { entry throws -> Schema.Field in
            guard let pair = entry.array, pair.count == 2, let name = pair[0].string, let type = pair[1].string,
                let kind = PostgresType.Kind(rawValue: type), Self.known.contains(kind), names.insert(name).inserted
            else { throw GarbledFrame() }
            // Another input may always bring nulls.
            return Schema.Field(name: name, type: PostgresType(kind), isNullable: true)
        }
        schema = Schema(fields)
        kinds = fields.map(\.type.kind)
    }

    private static let known: Set<PostgresType.Kind> = [.int8, .float8, .bool, .timestamp, .timestamptz, .date, .text, .jsonb, .unknown]

    /// The rows of one frame, and the nanoseconds that `extract()` took.
    func frame(_ body: [UInt8]) throws -> (frame: Frame, nanoseconds: UInt64) {
        try body.withUnsafeBytes { bytes in
            var reader = try BufferReader(bytes)
            let columns = try kinds.map { try column($0, &reader) }
            guard reader.isAtEnd else { throw GarbledFrame() }
            return (Frame(schema: schema, columns: columns), reader.nanoseconds)
        }
    }

    private func column(_ kind: PostgresType.Kind, _ reader: inout BufferReader) throws -> Column {
        let rows = reader.rows
        switch kind {
        case .unknown:
            return Column(offsets: [Int32](repeating: 0, count: rows + 1), bytes: [], validity: Bitmap(repeating: false, count: rows))
        case .float8:
            let values = try reader.array(of: Double.self, count: rows)
            guard values.contains(where: \.isNaN) else { return Column(doubles: values) }
            return Column(doubles: values, validity: Self.bitmap(rows) { !values[$0].isNaN })
        case .bool:
            let values = try reader.array(of: UInt8.self, count: rows)
            return Column(bits: Self.bitmap(rows) { values[$0] != 0 }, validity: try validity(&reader))
        case .text, .jsonb:
            let offsets = try reader.array(of: Int32.self, count: rows + 1)
            let bytes = try reader.byteArray()
            guard Self.isText(offsets, bytes) else { throw GarbledFrame() }
            return Column(offsets: offsets, bytes: bytes, validity: try validity(&reader))
        default:
            let values = try reader.array(of: Int64.self, count: rows)
            let validity = try validity(&reader)
            // The two ends of the range mean infinity in our columns, which no column of pandas holds.
            if kind != .int8, values.contains(where: { $0 == .max || $0 == .min }) { throw GarbledFrame() }
            return Column(integers: values, validity: validity)
        }
    }

    private func validity(_ reader: inout BufferReader) throws -> Bitmap {
        let nulls = try reader.byteArray()
        if nulls.isEmpty { return Bitmap() }
        guard nulls.count == reader.rows else { throw GarbledFrame() }
        return Self.bitmap(nulls.count) { nulls[$0] == 0 }
    }

    private static func bitmap(_ count: Int, _ bit: (Int) -> Bool) -> Bitmap {
        var packed = [UInt8](repeating: 0, count: (count + 7) / 8)
        for index in 0..<count where bit(index) { packed[index >> 3] |= 1 << UInt8(index & 7) }
        return Bitmap(bytes: packed, count: count)
    }

    /// Offsets that start at 0, never fall and end at the end; text that is UTF-8 and cut only between characters.
    private static func isText(_ offsets: [Int32], _ bytes: [UInt8]) -> Bool {
        guard offsets.first == 0, offsets.last.map(Int.init) == bytes.count else { return false }
        var before: Int32 = 0
        for offset in offsets {
            if offset < before || Int(offset) > bytes.count { return false }
            if Int(offset) < bytes.count, bytes[Int(offset)] & 0xc0 == 0x80 { return false }
            before = offset
        }
        return bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }
}
