import FeatureModel
import Foundation
import PostgresTypes
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("Rows as frames", .timeLimit(.minutes(2)))
struct FramesTests {
    /// One line a type: its values as literals. `+` inside a value is none: lists are split at `|`.
    static let values: [(type: String, values: [String])] = [
        ("boolean", ["true", "false"]),
        ("int2", ["-32768", "0", "32767"]),
        ("int4", ["-2147483648", "0", "2147483647"]),
        ("int8", ["-9223372036854775808", "0", "9223372036854775807"]),
        ("float4", ["1.5", "-0", "3.4028235e38", "1e-45", "NaN", "Infinity", "-Infinity", "0.1"]),
        ("float8", ["1.5", "-0", "1.7976931348623157e308", "5e-324", "NaN", "Infinity", "-Infinity", "0.1"]),
        (
            "numeric",
            [
                "0", "0.00", "1", "-1.50", "10000", "0.0001", "99999999999999999999.999999999999", "1e-20", "1e30", "NaN", "Infinity", "-Infinity",
                "12345.678900",
            ]
        ),
        ("numeric(10,2)", ["1.5", "-99999999.99", "0"]),
        ("numeric(5,-2)", ["12300", "-100"]),
        ("text", ["", "plain", "tab\tnew\nline\\back", "Smörgås 🦊", "\"quoted\"", "\\N"]),
        ("varchar(5)", ["abc", "ab   "]),
        ("char(5)", ["ab", "abcde", ""]),
        ("name", ["a_name"]),
        ("date", ["1970-01-01", "2000-01-01", "1999-12-31", "0001-01-01", "0044-03-15 BC", "infinity", "-infinity", "5874897-12-31"]),
        ("time", ["00:00", "23:59:59.999999", "24:00"]),
        ("timetz", ["12:00:00.5+02", "00:00-15:30"]),
        ("timestamp", ["1970-01-01 00:00", "2024-02-29 12:34:56.789", "0044-03-15 01:02:03 BC", "infinity", "-infinity", "294246-12-31 23:59:59"]),
        ("timestamptz", ["1970-01-01 00:00+00", "2024-02-29 12:34:56.789+05:30", "infinity", "-infinity"]),
        ("interval", ["1 year 2 mons -3 days 04:05:06.7", "0", "-1 day", "178000000 years"]),
        ("uuid", ["00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
        ("json", ["{\"a\": 1,  \"a\":2}", "null", "[1, \"x\"]"]),
        ("jsonb", ["{\"b\": 1.50, \"a\": [true, null]}", "\"s\""]),
        ("bytea", ["\\x", "\\x00ff0a5c"]),
        ("int4[]", ["{}", "{1,NULL,3}", "[0:1]={7,8}"]),
        ("text[]", ["{\"a,b\",NULL,\"NULL\"}", "{{a,b},{c,d}}"]),
        ("numeric(8,3)[]", ["{1.5,NULL}"]),
        ("inet", ["10.0.0.1", "10.0.0.0/8"]),
        ("int4range", ["[1,5)", "empty"]),
        ("mood", ["sad", "happy"]),
        ("mood[]", ["{sad,happy}"]),
        ("positive", ["3"]),
        ("pair", ["(1,\"a b\")", "(,)"]),
        ("\"char\"", ["x"]),
        ("money", ["12.50"]),
        ("bit(3)", ["101"]),
    ]

    static let fixture = Result {
        try WarehouseFixture(
            "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS int CHECK (value > 0); CREATE TYPE pair AS (a int, b text)")
    }

    @Test("hold of every type what PostgreSQL prints", arguments: values)
    func everyType(type: String, values: [String]) async throws {
        let fixture = try Self.fixture.get()
        let rows = values.enumerated().map { "(\($0.offset), '\($0.element.replacing("'", with: "''"))'::text)" } + ["(\(values.count), NULL::text)"]
        let from = "FROM (VALUES \(rows.joined(separator: ", "))) v (place, given) ORDER BY place"
        let frames = try await fixture.frames("SELECT given::\(type) AS value \(from)")
        let printed = try fixture.database.run(
            "SELECT json_agg(CASE WHEN given IS NOT NULL THEN format('%s', given::\(type)) END ORDER BY place) FROM (VALUES \(rows.joined(separator: ", "))) v (place, given)"
        )
        let expected = try #require(try JSONReader.read(printed).array).map(\.string)
        let frame = try #require(frames.first)
        let actual = (0..<frame.rowCount).map { row in text(frame, row: row) }
        #expect(actual == expected)
        #expect(frame.columns[0].physical == frame.schema.fields[0].type.physical)
    }

    /// The value as PostgreSQL would print it.
    private func text(_ frame: Frame, row: Int) -> String? {
        let column = frame.columns[0], type = frame.schema.fields[0].type
        if column.isNull(row) { return nil }
        var out: [UInt8] = []
        switch column.physical {
        case .bool: return column.bits[row] ? "t" : "f"
        case .float64 where type.kind == .float4: Float4.write(Float(column.doubles[row]), to: &out)
        case .float64: Float8.write(column.doubles[row], to: &out)
        case .bytes where type.kind == .bytea:
            return "\\x" + column.withBytes(row) { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
        case .bytes: return column.string(row)
        case .int64:
            switch type.kind {
            case .date: DateTimeText.writeDate(column.integers[row], to: &out)
            case .time: DateTimeText.writeTime(column.integers[row], to: &out)
            case .timestamp: DateTimeText.writeTimestamp(column.integers[row], to: &out)
            case .timestamptz:
                DateTimeText.writeTimestamp(column.integers[row], to: &out)
                let isFinite = column.integers[row] != .max && column.integers[row] != .min
                return String(decoding: out, as: UTF8.self) + (isFinite ? "+00" : "")
            default: return String(column.integers[row])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    @Test("200,000 rows come in frames of bounded size, in order, nulls in place")
    func large() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let frames = try await fixture.frames(
            "SELECT n, CASE WHEN n % 3 > 0 THEN n * 0.5 END AS half, 'label ' || n AS label FROM generate_series(1, 200000) n")
        #expect(frames.map(\.rowCount).reduce(0, +) == 200_000)
        #expect(frames.allSatisfy { $0.rowCount <= Frame.maximumRows })
        #expect(frames.flatMap(\.columns[0].integers) == (1...200_000).map(Int64.init))
        #expect(frames.map { $0.columns[1].nullCount }.reduce(0, +) == 66_666)
        let last = try #require(frames.last)
        #expect(last.columns[2].string(last.rowCount - 1) == "label 200000")
    }

    @Test("a wide row may be larger than a frame; a frame ends at about a megabyte")
    func wide() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let frames = try await fixture.frames("SELECT repeat('x', 400000) AS big FROM generate_series(1, 10)")
        #expect(frames.map(\.rowCount) == [3, 3, 3, 1])
        #expect(try await fixture.frames("SELECT repeat('x', 3000000) AS big").first?.columns[0].bytes.count == 3_000_000)
    }

    @Test("a statement that no longer has the columns it was described with is refused")
    func changed() async throws {
        let fixture = try WarehouseFixture("CREATE TABLE t (n int, m int)")
        let schema = try await fixture.schema(of: "SELECT * FROM t")
        try fixture.database.run("ALTER TABLE t ALTER m TYPE text")
        let error = await #expect(throws: WarehouseError.self) {
            try await fixture.warehouse.frames(of: "SELECT * FROM t", schema: schema, limits: RunLimits())
        }
        #expect(error?.kind == .unexpected)
        #expect(error?.reason.contains("'m' is text, expected 'm' integer") == true)
    }

    @Test("a timestamp that does not fit 64 bits from 1970 is an error, not a wrong value")
    func outOfRange() async throws {
        let fixture = try WarehouseFixture.shared.get()
        let error = await #expect(throws: WarehouseError.self) { try await fixture.frames("SELECT '294276-12-31 23:59:59'::timestamp AS t") }
        #expect(error?.sqlstate == "22008")
    }

    @Test("a table's rows come in the definition's columns, those of its partitions and children included")
    func tableRows() async throws {
        let fixture = try WarehouseFixture(
            #"""
            CREATE TABLE p (id int, "Odd ""name""" text) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
            INSERT INTO p VALUES (1, 'a'), (11, 'b');
            CREATE TABLE parent (id int); CREATE TABLE child (extra int) INHERITS (parent); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2, 3);
            """#)
        let reference = RelationReference(schema: nil, name: "p"), parent = RelationReference(schema: "public", name: "parent")
        let resolved = try await fixture.warehouse.definitions(of: [reference, parent])
        func ids(_ reference: RelationReference) async throws -> [Int64] {
            let table = try #require(resolved.tables.first { $0.name == resolved.meaning[reference] })
            var ids: [Int64] = []
            for try await frame in try await fixture.warehouse.rows(of: table) { ids += frame.columns[0].integers }
            return ids.sorted()
        }
        #expect(try await ids(reference) == [1, 11])
        #expect(try await ids(parent) == [1, 2])
    }
}
