internal import FeatureModel

/// Values for one column, as PostgreSQL's input functions read them. One that the column does not take is passed over when it is inserted.
struct ValuePool: Sendable {
    /// A few, the same for every column of a family of types: keys match, and rows repeat.
    var common: [String]
    /// The constants that the query puts beside the column, what lies next to them, and values that match its patterns.
    var near: [String] = []
    /// Where engines differ without failing: empties, ties in rounding, Unicode, leap days, daylight saving.
    var mild: [String]
    /// Ends of ranges, where sums and products overflow.
    var wild: [String] = []
    /// The n-th of many different ones, for columns of which no two rows may be alike; begins with ``common``.
    var distinct: @Sendable (Int) -> String

    init(_ column: TableDefinition.Column, _ literals: QueryLiterals) {
        let beside = literals.beside[column.name] ?? []
        if column.type.isArray {
            self = DocumentValues.array(of: column.type.element, beside, literals)
            return
        }
        switch column.type.kind {
        case .int2, .int4, .int8, .numeric, .float4, .float8: self = NumberValues.pool(column.type, beside)
        case .bool: self = ValuePool(common: ["true", "false"], mild: []) { $0 % 2 == 0 ? "true" : "false" }
        case .date, .timestamp, .timestamptz, .time, .timetz: self = MomentValues.pool(column.type.kind, beside, literals)
        case .interval: self = MomentValues.intervals(beside, literals)
        case .json, .jsonb: self = DocumentValues.json(beside, paths: literals.paths[column.name] ?? [])
        case .uuid:
            self = ValuePool(common: [1, 2, 3].map(Self.uuid), mild: ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]) {
                Self.uuid($0 + 1)
            }
        case .bytea:
            self = ValuePool(common: ["\\x", "\\x00", "\\x61"], mild: ["\\xff", "\\x6162", "\\x000000", "\\xe282ac"]) { "\\x\(TextValues.hexadecimal($0 + 1))" }
        default: self = TextValues.pool(column.type, beside, literals)
        }
        // Spread over all, where there are too many.
        if near.count > Self.maximumNear { near = (0..<Self.maximumNear).map { near[$0 * near.count / Self.maximumNear] } }
    }

    private static let maximumNear = 48

    init(common: [String], near: [String] = [], mild: [String], wild: [String] = [], distinct: @escaping @Sendable (Int) -> String) {
        self.common = common
        self.near = near
        self.mild = mild
        self.wild = wild
        self.distinct = distinct
    }

    private static func uuid(_ number: Int) -> String { "00000000-0000-4000-8000-" + TextValues.hexadecimal(number, width: 12) }

    /// A value of a row in which nothing is out of the ordinary.
    func ordinary(_ random: inout Randomness) -> String {
        if !near.isEmpty, random.chance(55) { return random.pick(near) }
        if !mild.isEmpty, random.chance(15) { return random.pick(mild) }
        return random.pick(common)
    }

    func any(_ random: inout Randomness) -> String { random.pick(common + near + mild + wild) }
}
