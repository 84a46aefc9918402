import Certificate

extension QueryMaker {
    /// WITH queries, each reading tables and those before it, and a selection of them.
    mutating func common() -> (sql: String, key: String?) {
        var texts: [String] = []
        for _ in 0..<random.weighted([(3, 2), (2, 3), (1, 1)]) {
            let inner = commonQuery()
            guard inner.key != nil else { continue }
            let name = "w\(texts.count + 1)"
            let hint = random.weighted([(6, ""), (1, "MATERIALIZED "), (1, "NOT MATERIALIZED ")])
            texts.append("\(name) AS \(hint)(\(inner.sql))")
            let columns = innerColumns.filter { $0.type != .json }
            maker.commons.append(.init(name: name, columns: columns.map { .init(name: $0.name, type: $0.type, declaration: "") }, unique: nil))
        }
        guard !texts.isEmpty else { return grouped() }
        let last = random.weighted([(4, 1), (3, 2), (2, 3), (1, 4)])
        let (sql, key) = last == 1 ? plain() : last == 2 ? grouped() : last == 3 ? windowed() : united()
        maker.commons = []
        return ("WITH \(texts.joined(separator: ", ")) \(sql)", key)
    }

    private mutating func commonQuery() -> (sql: String, key: String?) {
        switch random.int(1...10) {
        case 1...5: grouped()
        case 6, 7: windowed()
        case 8: plain()
        case 9: united()
        default: distinctOn()
        }
    }

    /// A series of numbers or days, or the steps from row to row of a table.
    mutating func recursive() -> (sql: String, key: String?) {
        let name = maker.alias()
        switch random.int(1...3) {
        case 1:
            let (from, key) = from()
            maker.scope = maker.scope.map { .init(reference: $0.reference, type: $0.type) } + [.init(reference: "\(name).n", type: .int4)]
            let outputs = outputs(1...2, depth: 2)
            return (
                "WITH RECURSIVE \(name)(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM \(name) WHERE n < \(random.int(2...5))) SELECT \(Self.list(key, outputs)) \(from) JOIN \(name) ON \(name).n = abs(\(key)) % 5",
                "k"
            )
        case 2:
            let first = maker.relation()
            let dates = first.columns.filter { [.date, .timestamp].contains($0.type) }
            let tie =
                dates.isEmpty ? "true" : "\(random.pick(dates).reference) >= \(name).d AND \(dates[0].reference) < \(name).d + interval '1 month'"
            return (
                "WITH RECURSIVE \(name)(d) AS (SELECT date '2024-01-01' UNION ALL SELECT (d + interval '1 month')::date FROM \(name) WHERE d < date '2024-06-01') "
                    + "SELECT \(name).d AS c1, count(\(first.columns[0].reference)) AS c2 FROM \(name) LEFT JOIN \(first.table.name) \(first.alias) ON \(tie) GROUP BY \(name).d",
                nil
            )
        default:
            let union = random.chance(60) ? "UNION ALL" : "UNION"
            maker.scope = maker.tables.tables[1].columns.map { .init(reference: "e.\($0.name)", type: $0.type) }
            maker.allowsSubqueries = false
            let start = maker.condition(1), type = random.pick([FuzzType.text, .numeric, .date, .int8]), value = maker.expression(type, 1)
            maker.allowsSubqueries = true
            return (
                "WITH RECURSIVE \(name) AS (SELECT e.id AS k, e.user_id AS p, 1 AS depth, \(value) AS v FROM events e WHERE \(start) \(union) "
                    + "SELECT e.id, e.user_id, \(name).depth + 1, \(value) FROM events e JOIN \(name) ON e.user_id = \(name).k WHERE \(name).depth < \(random.int(2...4))) "
                    + "SELECT k, p AS c1, depth AS c2, v AS c3 FROM \(name)", "k"
            )
        }
    }
}
