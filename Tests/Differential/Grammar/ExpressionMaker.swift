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
            (5, .int4), (3, .int8), (6, .numeric), (4, .float8), (3, .bool), (6, .text), (3, .date), (3, .timestamp), (2, .timestamptz), (1, .interval),
        ])
    }

    func columns(_ type: FuzzType) -> [Column] { scope.filter { $0.type == type } }

    /// A column of the type, or a constant if there is none.
    mutating func leaf(_ type: FuzzType) -> String {
        let columns = columns(type)
        return columns.isEmpty || random.chance(20) ? FuzzValues.literal(type, &random) : random.pick(columns).reference
    }

    mutating func expression(_ type: FuzzType, _ depth: Int) -> String {
        if depth <= 0 || random.chance(25) { return leaf(type) }
        if random.chance(18) { return general(type, depth - 1) }
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
        }
    }

    /// What every type has.
    private mutating func general(_ type: FuzzType, _ depth: Int) -> String {
        switch random.int(1...8) {
        case 1, 2:
            let branches = (0..<random.int(1...2)).map { _ in "WHEN \(condition(depth)) THEN \(expression(type, depth))" }
            return "CASE \(branches.joined(separator: " "))\(random.chance(70) ? " ELSE \(expression(type, depth))" : "") END"
        case 3:
            return "CASE \(leaf(.text)) WHEN \(FuzzValues.literal(.text, &random)) THEN \(expression(type, depth)) ELSE \(expression(type, depth)) END"
        case 4, 5: return "coalesce(\(expression(type, depth)), \(leaf(type)))"
        case 6: return "nullif(\(expression(type, depth)), \(leaf(type)))"
        case 7 where type != .bool: return "\(random.pick(["greatest", "least"]))(\(expression(type, depth)), \(leaf(type)))"
        default:
            guard allowsSubqueries, random.chance(40) else { return "coalesce(\(leaf(type)), \(expression(type, depth)))" }
            return scalarQuery(type)
        }
    }
}
