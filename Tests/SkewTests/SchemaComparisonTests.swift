import FeatureModel
import Skew
import Testing

@Suite("Schema comparison")
struct SchemaComparisonTests {
    let saved = Schema([
        .init(name: "user_id", type: .init(.text), isNullable: false),
        .init(name: "n", type: .init(.int8)),
        .init(name: "ratio", type: .init(.float8)),
        .init(name: "at", type: .init(.timestamp)),
    ])

    private func served(_ change: (inout [Schema.Field]) -> Void) -> Schema {
        var fields = saved.fields
        change(&fields)
        return Schema(fields)
    }

    private func kinds(_ schema: Schema, frames: [Frame] = []) -> [String] {
        SchemaComparison(saved: saved).differences(from: schema, frames: frames).map { "\($0.kind.rawValue) \($0.column)" }
    }

    @Test("finds nothing between equal schemas, whatever their order")
    func equal() {
        #expect(kinds(saved).isEmpty)
        #expect(kinds(Schema(saved.fields.reversed())).isEmpty)
    }

    @Test("names every column missing, added, retyped and newly null")
    func everyKind() {
        let other = Schema([
            .init(name: "user_id", type: .init(.text), isNullable: true),
            .init(name: "n", type: .init(.text)),
            .init(name: "at", type: .init(.timestamp)),
            .init(name: "extra", type: .init(.bool)),
        ])
        #expect(kinds(other) == ["nullability user_id", "retyped n", "missing ratio", "added extra"])
    }

    @Test("accepts an integer where a float was saved")
    func integerForFloat() { #expect(kinds(served { $0[2] = .init(name: "ratio", type: .init(.int4)) }).isEmpty) }

    @Test("accepts a column without any value for every type")
    func unknownAgrees() {
        #expect(kinds(served { fields in fields = fields.map { .init(name: $0.name, type: .init(.unknown), isNullable: $0.isNullable) } }).isEmpty)
    }

    @Test("accepts a date where a timestamp was saved: one logical type")
    func dateForTimestamp() { #expect(kinds(served { $0[3] = .init(name: "at", type: .init(.date)) }).isEmpty) }

    @Test("takes floats for a saved integer only while they are whole", arguments: [(3.0, true), (3.5, false), (1e300, false)])
    func wholeFloats(value: Double, agrees: Bool) {
        let schema = served { $0[1] = .init(name: "n", type: .init(.float8)) }
        var frame = Frame(schema: schema)
        frame.columns[0].append("u1")
        frame.columns[1].append(value)
        frame.columns[2].append(0.5)
        frame.columns[3].appendNull()
        #expect(kinds(schema, frames: [frame]).isEmpty == agrees)
    }

    @Test("takes numerics for a saved integer by their digits", arguments: [("7.00", true), ("7.01", false), ("99999999999999999999", false)])
    func wholeNumerics(digits: String, agrees: Bool) {
        let schema = Schema([.init(name: "n", type: .init(.numeric))])
        var frame = Frame(schema: schema)
        frame.columns[0].append(digits)
        let comparison = SchemaComparison(saved: Schema([.init(name: "n", type: .init(.int8))]))
        #expect(comparison.differences(from: schema, frames: [frame]).isEmpty == agrees)
    }

    @Test("says in a sentence what differs")
    func sentence() {
        let found = SchemaComparison(saved: saved).differences(from: served { $0[1] = .init(name: "n", type: .init(.bool)) })
        #expect(found.map(\.description) == ["column 'n' is boolean, and was saved as bigint"])
    }
}
