import Certificate

extension ExpressionMaker {
    /// A table under a new alias, and its columns.
    mutating func relation() -> (table: FuzzTables.Table, alias: String, columns: [Column]) {
        let table = random.weighted([(4, tables.tables[0]), (4, tables.tables[1]), (2, tables.tables[2])]), alias = alias()
        return (table, alias, table.columns.map { Column(reference: "\(alias).\($0.name)", type: $0.type, isUnique: $0.name == table.unique) })
    }

    /// Runs `body` with the columns of one more relation in scope, sub-queries inside forbidden.
    private mutating func within<Result>(_ columns: [Column], _ body: (inout ExpressionMaker) -> Result) -> Result {
        let outer = scope, allowed = allowsSubqueries
        scope = columns
        allowsSubqueries = false
        defer { (scope, allowsSubqueries) = (outer, allowed) }
        return body(&self)
    }

    /// A condition that ties the inner relation to the outer scope, mostly by a key, or nothing.
    private mutating func correlation(_ inner: [Column]) -> String {
        let integers = columns(.int4), own = inner.filter { $0.type == .int4 }
        guard random.chance(80), !integers.isEmpty, !own.isEmpty else { return "true" }
        return "\(random.pick(own).reference) = \(random.pick(integers).reference)"
    }

    mutating func existsQuery(_ depth: Int) -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let condition = within(columns) { $0.condition(depth) }
        return "\(random.chance(30) ? "NOT " : "")EXISTS (SELECT 1 FROM \(table.name) \(alias) WHERE \(tie) AND \(condition))"
    }

    mutating func inQuery(_ depth: Int) -> String {
        let (table, alias, columns) = relation()
        let type = random.pick(Array(Set(columns.map(\.type)).intersection([.int4, .text, .date, .numeric])).sorted { $0.sql < $1.sql })
        let output = random.pick(columns.filter { $0.type == type }).reference, left = leaf(type)
        let condition = random.chance(60) ? within(columns) { $0.condition(depth) } : "true"
        return "\(left) \(random.chance(20) ? "NOT " : "")IN (SELECT \(output) FROM \(table.name) \(alias) WHERE \(condition))"
    }

    mutating func countQuery() -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let what = random.chance(50) ? "*" : "\(random.chance(30) ? "DISTINCT " : "")\(random.pick(columns).reference)"
        return "(SELECT count(\(what)) FROM \(table.name) \(alias) WHERE \(tie))"
    }

    mutating func aggregateQuery(_ type: FuzzType) -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let argument = within(columns) { $0.expression(type, 1) }
        return "(SELECT \(random.pick(["sum", "avg", "min", "max"]))(\(argument)) FROM \(table.name) \(alias) WHERE \(tie))"
    }

    /// One value: an extreme, or the newest by a unique column.
    mutating func scalarQuery(_ type: FuzzType) -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let value = within(columns) { $0.expression(type, 1) }
        if type != .bool, random.chance(60) { return "(SELECT \(random.pick(["min", "max"]))(\(value)) FROM \(table.name) \(alias) WHERE \(tie))" }
        guard let unique = columns.first(where: \.isUnique) else { return leaf(type) }
        return "(SELECT \(value) FROM \(table.name) \(alias) WHERE \(tie) ORDER BY \(unique.reference)\(random.chance(50) ? " DESC" : "") LIMIT 1)"
    }
}
