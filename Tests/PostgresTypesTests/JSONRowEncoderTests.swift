import FeatureModel
import Formats
import PostgresTypes
import Testing

@Suite("rows as JSON are row_to_json's, byte for byte")
struct JSONRowEncoderTests {
    private static let types: [String: PostgresType] = [
        "bool": .init(.bool), "int2": .init(.int2), "int4": .init(.int4), "int8": .init(.int8), "numeric": .init(.numeric),
        "numeric(10,2)": .numeric(precision: 10, scale: 2), "float4": .init(.float4), "float8": .init(.float8), "text": .init(.text),
        "varchar(5)": .init(.varchar), "date": .init(.date), "time": .init(.time), "timestamp": .init(.timestamp),
        "timestamptz": .init(.timestamptz), "interval": .init(.interval), "uuid": .init(.uuid), "bytea": .init(.bytea), "json": .init(.json),
        "jsonb": .init(.jsonb), "timetz": .init(.timetz),
    ]

    static func type(_ name: String) throws -> PostgresType {
        if let scalar = types[name] { return scalar }
        let element = try #require(types[String(name.dropLast(2))])
        return PostgresType(element.kind, isArray: true)
    }

    /// A column of one row from PostgreSQL's text of it.
    static func column(_ type: PostgresType, _ text: String) throws -> Column {
        var column = Column(type.physical)
        if text == "<null>" {
            column.appendNull()
            return column
        }
        switch (type.isArray, type.kind) {
        case (false, .bool): column.append(text == "true")
        case (false, .int2), (false, .int4), (false, .int8): column.append(Int64(text)!)
        case (false, .float4), (false, .float8): column.append(try text.parsed { try Float8.parse($0) })
        case (false, .date): column.append(try text.parsed { try DateTimeInput.date($0) })
        case (false, .time): column.append(try text.parsed { try DateTimeInput.time($0) })
        case (false, .timestamp): column.append(try DateTimeTests.timestamp(text))
        case (false, .timestamptz): column.append(try text.parsed { try DateTimeInput.timestampTZ($0, zone: .utc) })
        case (false, .bytea): column.append(try text.parsed { try ByteaText.parse($0) })
        default: column.append(text)
        }
        return column
    }

    @Test("every type, nulls and special values")
    func rows() throws {
        try Fixture.compare("rows") { one in
            let types = try one.operation.split(separator: "|").map { try Self.type(String($0)) }
            let values = one.arguments[0].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            let schema = Schema(types.enumerated().map { .init(name: "c\($0 + 1)", type: $1) })
            let frame = Frame(schema: schema, columns: try zip(types, values).map { try Self.column($0, $1) })
            return written { JSONRowEncoder(schema: schema).append(frame, to: &$0) }
        }
    }

    @Test("rows are joined by commas, names escaped, and no rows are no bytes")
    func shape() {
        let schema = Schema([.init(name: "a\"b", type: .init(.int4)), .init(name: "é", type: .init(.text))])
        var frame = Frame(schema: schema)
        let encoder = JSONRowEncoder(schema: schema)
        #expect(written { encoder.append(frame, to: &$0) } == "")
        for row in 0..<3 {
            frame.columns[0].append(Int64(row))
            frame.columns[1].append("x\(row)")
        }
        #expect(written { encoder.append(frame, to: &$0) } == #"{"a\"b":0,"é":"x0"},{"a\"b":1,"é":"x1"},{"a\"b":2,"é":"x2"}"#)
    }

    @Test("timestamptz is written in the session's zone")
    func zone() throws {
        let schema = Schema([.init(name: "t", type: .init(.timestamptz))])
        var frame = Frame(schema: schema)
        frame.columns[0].append(try DateTimeTests.timestamp("2024-07-01 12:00:00"))
        let encoder = JSONRowEncoder(schema: schema, timeZone: try Zone.named("Asia/Kolkata"))
        #expect(written { encoder.append(frame, to: &$0) } == #"{"t":"2024-07-01T17:30:00+05:30"}"#)
    }
}
