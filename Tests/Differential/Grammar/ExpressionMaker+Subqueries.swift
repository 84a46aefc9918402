import Certificate

extension ExpressionMaker {
    /// A table, or a common table expression, under a new alias, and its columns.
    mutating func relation() -> (table: FuzzTables.Table, alias: String, columns: [Column]) {
        let tables = [(4, tables.tables[0]), (4, tables.tables[1]), (2, tables.tables[2])] + commons.map { (8, $0) }
        let table = random.weighted(tables), alias = alias()
        return (table, alias, table.columns.map { Column(reference: "\(alias).\($0.name)", type: $0.type, isUnique: $0.name == table.unique) })
    }

    /// Runs `body` with the columns of one more relation in scope; sub-queries inside are allowed to a depth of two.
    private mutating func within<Result>(_ columns: [Column], _ body: (inout ExpressionMaker) -> Result) -> Result {
        let outer = scope, allowed = allowsSubqueries
        scope = columns
        nesting += 1
        allowsSubqueries = allowed && nesting < 3 && random.chance(25)
        defer { (scope, allowsSubqueries, nesting) = (outer, allowed, nesting - 1) }
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
        let inner = "FROM \(table.name) \(alias) WHERE \(condition)"
        return switch random.int(1...8) {
        case 1: "\(left) IN (SELECT \(output) \(inner) GROUP BY \(output) HAVING count(*) \(random.pick([">", "=", ">="])) \(random.int(1...2)))"
        case 2: "\(left) = ANY (SELECT \(output) \(inner))"
        case 3: "\(left) <> ALL (SELECT \(output) \(inner) AND \(output) IS NOT NULL)"
        case 4: "(\(left), \(leaf(.int4))) IN (SELECT \(output), \(random.pick(columns.filter { $0.type == .int4 }).reference) \(inner))"
        default: "\(left) \(random.chance(20) ? "NOT " : "")IN (SELECT \(output) \(inner))"
        }
    }

    mutating func countQuery() -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let what = random.chance(50) ? "*" : "\(random.chance(30) ? "DISTINCT " : "")\(random.pick(columns.filter(\.type.isComparable)).reference)"
        return "(SELECT count(\(what)) FROM \(table.name) \(alias) WHERE \(tie))"
    }

    mutating func aggregateQuery(_ type: FuzzType) -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        let argument = within(columns) { $0.expression(type, 1) }
        return "(SELECT \(random.pick(["sum", "avg", "min", "max"]))(\(argument)) FROM \(table.name) \(alias) WHERE \(tie))"
    }

    /// One value: an aggregate, or the newest by a unique column.
    mutating func scalarQuery(_ type: FuzzType) -> String {
        let (table, alias, columns) = relation(), tie = correlation(columns)
        if random.chance(60), let value = within(columns, { $0.aggregate(type, 1) }) {
            return "(SELECT \(value) FROM \(table.name) \(alias) WHERE \(tie))"
        }
        guard let unique = columns.first(where: \.isUnique) else { return leaf(type) }
        let value = within(columns) { $0.expression(type, 1) }
        return "(SELECT \(value) FROM \(table.name) \(alias) WHERE \(tie) ORDER BY \(unique.reference)\(random.chance(50) ? " DESC" : "") LIMIT 1)"
    }
}
