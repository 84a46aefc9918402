import Certificate

/// Makes random expressions of a wanted type over the columns in scope. Well typed by construction; whether they fail while they
/// run (a division by zero, an overflow, a text that is no number) is left to chance, kept rare.
struct ExpressionMaker {
    struct Column {
        let reference: String
        let type: FuzzType
        /// Alone it tells the rows of the scope apart.
        var isUnique = false
    }

    var random: Randomness
    let tables: FuzzTables
    var scope: [Column] = []
    /// Inside an aggregate's or a window's argument, and in places where PostgreSQL allows none.
    var allowsSubqueries = true
    /// Common table expressions that can be read like tables.
    var commons: [FuzzTables.Table] = []
    /// How many sub-queries stand around what is written.
    var nesting = 0
    private var aliases = 0

    init(seed: Int, tables: FuzzTables) {
        random = Randomness(seed, stream: 2)
        self.tables = tables
    }

    mutating func alias() -> String {
        aliases += 1
        return "r\(aliases)"
    }

    mutating func type() -> FuzzType {
        random.weighted([
            (12, .int4), (6, .int8), (14, .numeric), (9, .float8), (7, .bool), (14, .text), (8, .date), (8, .timestamp), (5, .timestamptz),
            (3, .interval),
            (2, .int2), (1, .float4), (2, .bpchar), (2, .time), (1, .uuid), (2, .mood), (3, .jsonb), (3, .texts), (2, .ints),
        ])
    }

    /// Of an output column, which nothing compares.
    mutating func outputType() -> FuzzType { random.chance(4) ? random.pick([.json, .bytea, .longs]) : type() }

    func columns(_ type: FuzzType) -> [Column] { scope.filter { $0.type == type } }

    /// A column of the type, or a constant if there is none.
    mutating func leaf(_ type: FuzzType) -> String {
        let columns = columns(type)
        return columns.isEmpty || random.chance(20) ? FuzzValues.literal(type, &random) : random.pick(columns).reference
    }

    mutating func expression(_ type: FuzzType, _ depth: Int) -> String {
        if depth <= 0 || random.chance(25) { return leaf(type) }
        if random.chance(18) { return general(type, depth - 1) }
        if random.chance(50), let text = formed(type, depth - 1) { return text }
        switch type {
        case .int4: return int4(depth - 1)
        case .int8: return int8(depth - 1)
        case .numeric: return numeric(depth - 1)
        case .float8: return float8(depth - 1)
        case .bool: return "(\(condition(depth - 1)))"
        case .text: return text(depth - 1)
        case .date: return date(depth - 1)
        case .timestamp: return timestamp(depth - 1)
        case .timestamptz: return timestamptz(depth - 1)
        case .interval: return interval(depth - 1)
        default: return formed(type, depth - 1) ?? leaf(type)
        }
    }

    /// What every type has.
    private mutating func general(_ type: FuzzType, _ depth: Int) -> String {
        switch random.int(1...9) {
        case 1, 2:
            let branches = (0..<random.int(1...2)).map { _ in "WHEN \(condition(depth)) THEN \(expression(type, depth))" }
            return "CASE \(branches.joined(separator: " "))\(random.chance(70) ? " ELSE \(expression(type, depth))" : "") END"
        case 3:
            let subject = random.pick([FuzzType.text, .int4, .mood, .date, .bool])
            let branches = (0..<random.int(1...2)).map { _ in "WHEN \(FuzzValues.literal(subject, &random)) THEN \(expression(type, depth))" }
            return "CASE \(leaf(subject)) \(branches.joined(separator: " "))\(random.chance(70) ? " ELSE \(expression(type, depth))" : "") END"
        case 4, 5: return "coalesce(\(expression(type, depth)), \(leaf(type)))"
        case 6 where type.isComparable: return "nullif(\(expression(type, depth)), \(leaf(type)))"
        case 7 where type.isOrdered:
            return "\(random.pick(["greatest", "least"]))(\(expression(type, depth)), \(leaf(type))\(random.chance(20) ? ", \(leaf(type))" : ""))"
        case 8: return "coalesce(\(leaf(type)), \(leaf(type)), \(expression(type, depth)))"
        default:
            guard allowsSubqueries, random.chance(40) else { return "coalesce(\(leaf(type)), \(expression(type, depth)))" }
            return scalarQuery(type)
        }
    }
}
