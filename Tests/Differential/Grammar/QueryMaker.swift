import Certificate

/// Makes random SELECTs, their output columns named `k` for a key and `c1`, `c2`, ….
struct QueryMaker {
    var maker: ExpressionMaker
    var random: Randomness {
        get { maker.random }
        set { maker.random = newValue }
    }

    init(seed: Int, tables: FuzzTables) { maker = ExpressionMaker(seed: seed, tables: tables) }

    mutating func query() -> (sql: String, key: String?) {
        switch random.int(1...100) {
        case 1...18: plain()
        case 19...36: grouped()
        case 37...46: windowed()
        case 47...49: distinct()
        case 50...53: united()
        case 54...61: nested()
        case 62...66: limited()
        case 67...72: groupingSets()
        case 73...79: lateral()
        case 80...86: common()
        case 87...92: star()
        case 93...94: distinctOn()
        case 95...96: recursive()
        case 97...98: multiplied()
        default: documents()
        }
    }

    // MARK: FROM

    /// Fills the scope; answers FROM with its joins, and an integer column of the first relation for a key.
    mutating func from() -> (text: String, key: String) {
        let first = maker.relation()
        maker.scope = first.columns
        var text = "FROM \(first.table.name) \(first.alias)"
        let count = random.weighted([(6, 0), (5, 1), (2, 2)])
        for _ in 0..<count {
            let table = maker.relation()
            let next = random.chance(10) ? derived() : (text: "\(table.table.name) \(table.alias)", columns: table.columns)
            let own = next.columns.filter { $0.type == .int4 }, known = maker.columns(.int4)
            let kind = random.weighted([(5, "JOIN"), (6, "LEFT JOIN"), (1, "FULL JOIN"), (1, "RIGHT JOIN")])
            var condition = "\(random.pick(own).reference) = \(random.pick(known).reference)"
            // With rows of several relations no single column tells rows apart any more.
            maker.scope = (maker.scope + next.columns).map { .init(reference: $0.reference, type: $0.type) }
            // PostgreSQL has no FULL JOIN on anything but equalities it can merge or hash.
            if kind != "FULL JOIN", random.chance(20) {
                maker.allowsSubqueries = false
                condition += " AND \(maker.condition(1))"
                maker.allowsSubqueries = true
            }
            text += " \(kind) \(next.text) ON \(condition)"
        }
        return (text, first.columns[0].reference)
    }

    mutating func filter(_ chance: Int = 55) -> String { random.chance(chance) ? " WHERE \(maker.condition(2))" : "" }

    // MARK: Shapes

    mutating func outputs(_ count: ClosedRange<Int>, depth: Int = 3) -> [String] {
        (0..<random.int(count)).map { _ in maker.expression(maker.type(), depth) }
    }

    static func list(_ key: String?, _ outputs: [String]) -> String {
        ([key.map { "\($0) AS k" }].compactMap(\.self) + outputs.enumerated().map { "\($1) AS c\($0 + 1)" }).joined(separator: ", ")
    }

    mutating func plain() -> (sql: String, key: String?) {
        let (from, key) = from(), types = (0..<random.int(1...4)).map { _ in maker.outputType() }
        let outputs = types.map { maker.expression($0, 3) }
        innerColumns = [("k", .int4)] + types.enumerated().map { ("c\($0 + 1)", $1) }
        return ("SELECT \(Self.list(key, outputs)) \(from)\(filter())", "k")
    }

    mutating func distinct() -> (sql: String, key: String?) {
        let (from, key) = from(), outputs = outputs(1...2, depth: 2)
        return ("SELECT DISTINCT \(Self.list(key, outputs)) \(from)\(filter())", "k")
    }

    /// LIMIT under an order that is total where a unique column is there, else one that may tie.
    mutating func limited() -> (sql: String, key: String?) {
        let (from, key) = from(), outputs = outputs(1...3, depth: 2)
        var order = (0..<random.int(0...2)).map { _ in maker.leaf(maker.type()) + sortDirection() }.filter { $0.contains("r") && $0.contains(".") }
        if let unique = maker.scope.first(where: \.isUnique) { order.append(unique.reference + (random.chance(40) ? " DESC" : "")) }
        if order.isEmpty { order = ["1", "2"].map { $0 + sortDirection() } }
        let offset = random.chance(15) ? " OFFSET \(random.int(0...3))" : ""
        return (
            "SELECT \(Self.list(key, outputs)) \(from)\(filter()) ORDER BY \(order.joined(separator: ", ")) LIMIT \(random.int(1...20))\(offset)", "k"
        )
    }

    mutating func sortDirection() -> String { random.weighted([(4, ""), (3, " DESC"), (1, " DESC NULLS LAST"), (1, " NULLS FIRST")]) }

    /// Set operations over two selections of the same types.
    mutating func united() -> (sql: String, key: String?) {
        let types = (0..<random.int(1...3)).map { _ in maker.type() }
        var branches: [String] = []
        for _ in 0..<random.weighted([(5, 2), (1, 3)]) {
            let (from, key) = from()
            let outputs = types.map { maker.expression($0, 2) }
            branches.append("SELECT \(Self.list(key, outputs)) \(from)\(filter())")
        }
        innerColumns = [("k", .int4)] + types.enumerated().map { ("c\($0 + 1)", $1) }
        let operation = random.weighted([(6, "UNION ALL"), (3, "UNION"), (1, "EXCEPT"), (1, "INTERSECT"), (1, "EXCEPT ALL"), (1, "INTERSECT ALL")])
        return (branches.joined(separator: " \(operation) "), "k")
    }

    /// A query inside another: as a sub-query in FROM or a WITH query, joined to a table as features are.
    mutating func nested() -> (sql: String, key: String?) {
        let inner = random.chance(70) ? grouped() : random.chance(50) ? windowed() : plain()
        guard let innerKey = inner.key else { return inner }
        let first = maker.relation(), name = maker.alias()
        let isCommon = random.chance(50)
        let relation = isCommon ? "\(name)w \(name)" : "(\(inner.sql)) \(name)"
        let left = random.pick(first.columns.filter { $0.type == .int4 }).reference
        let columns = innerColumns
        maker.scope =
            first.columns.map { .init(reference: $0.reference, type: $0.type) }
            + columns.map { .init(reference: "\(name).\($0.name)", type: $0.type) }
        let outputs = outputs(1...3, depth: 2)
        let select =
            "SELECT \(Self.list(first.columns[0].reference, outputs)) FROM \(first.table.name) \(first.alias) "
            + "\(random.chance(75) ? "LEFT JOIN" : "JOIN") \(relation) ON \(name).\(innerKey) = \(left)\(filter(35))"
        return (isCommon ? "WITH \(name)w AS (\(inner.sql)) " + select : select, "k")
    }

    /// Of the selection made last: the columns whose types are known.
    var innerColumns: [(name: String, type: FuzzType)] = []
}
