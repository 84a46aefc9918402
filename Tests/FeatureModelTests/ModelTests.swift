import FeatureModel
import Testing

@Suite("The value model")
struct ModelTests {
    @Test("takes 24 hexadecimal digits for an id, and nothing else")
    func identifiers() {
        #expect(QueryID("0123456789ABCDEF01234567")?.hex == "0123456789abcdef01234567")
        for text in ["", "0123456789abcdef0123456", "0123456789abcdef012345678", "0123456789abcdef0123456g", "é123456789abcdef012345"] {
            #expect(QueryID(text) == nil)
        }
    }

    @Test("takes letters, digits, '.', '_' and '-' for a name, and no id")
    func names() {
        for text in ["a", "user_features.v2", "A-1", String(repeating: "x", count: 128)] { #expect(ObjectName(text) != nil) }
        for text in ["", "a b", "é", "a/b", String(repeating: "x", count: 129), "0123456789abcdef01234567"] { #expect(ObjectName(text) == nil) }
    }

    @Test("writes types as PostgreSQL's format_type does")
    func typeNames() {
        #expect(PostgresType.numeric(precision: 10, scale: 2).description == "numeric(10,2)")
        #expect(PostgresType(oid: 1700, modifier: -1).description == "numeric")
        #expect(PostgresType(oid: 1114, modifier: 3).description == "timestamp(3) without time zone")
        #expect(PostgresType(oid: 1043, modifier: 40).description == "character varying(36)")
        #expect(PostgresType(oid: 1009).description == "text[]")
        #expect(PostgresType(oid: 600, name: "point") == PostgresType(otherNamed: "point"))
        #expect(PostgresType.numeric(precision: 5, scale: -2).declaredNumeric! == (5, -2))
    }

    @Test("counts positions in lines, columns and characters")
    func positions() {
        let text = "select 'é'\nfrom t"
        #expect(SourcePosition(utf8Offset: 12, in: text) == SourcePosition(line: 2, column: 1, character: 12))
        #expect(SourcePosition(utf8Offset: 0, in: text) == SourcePosition(line: 1, column: 1, character: 1))
        #expect(SourcePosition(utf8Offset: 999, in: text).character == 18)
    }

    @Test("holds nulls beside values in every layout")
    func columns() {
        for physical in [Physical.bool, .int64, .float64, .bytes] {
            var column = Column(physical)
            for row in 0..<20 {
                if row % 3 == 1 { column.appendNull() } else {
                    switch physical {
                    case .bool: column.append(row % 2 == 0)
                    case .int64: column.append(Int64(row))
                    case .float64: column.append(Double(row) / 2)
                    case .bytes: column.append("row \(row)")
                    }
                }
            }
            #expect(column.count == 20 && column.nullCount == 7)
            #expect((0..<20).allSatisfy { column.isNull($0) == ($0 % 3 == 1) })
            #expect(column.value(18) != .null && column.value(19) == .null)
        }
    }
}
