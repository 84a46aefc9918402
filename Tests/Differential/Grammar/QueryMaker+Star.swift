import Certificate

extension QueryMaker {
    /// A fact joined to its dimensions, filtered, grouped, with sums by case, and ordered: what reports ask.
    mutating func star() -> (sql: String, key: String?) {
        let dimension = maker.tables.tables[0], fact = maker.tables.tables[1], reference = maker.tables.tables[2]
        var text = "FROM events f JOIN users d ON d.id = f.user_id"
        func columns(_ table: FuzzTables.Table, _ alias: String) -> [ExpressionMaker.Column] {
            table.columns.map { .init(reference: "\(alias).\($0.name)", type: $0.type) }
        }
        maker.scope = columns(fact, "f") + columns(dimension, "d")
        if random.chance(50) {
            text += random.chance(50) ? " LEFT JOIN prices p ON p.code = f.user_id" : ", prices p"
            maker.scope += columns(reference, "p")
            if text.hasSuffix("prices p") { text += " WHERE p.code = d.id" } else { text += " WHERE true" }
        } else {
            text += " WHERE true"
        }
        for _ in 0..<random.int(0...2) { text += " AND \(maker.condition(1))" }
        var keys = [(text: "d.id", type: FuzzType.int4)]
        let attributes = maker.scope.filter { [.text, .mood, .bool, .bpchar, .int2].contains($0.type) }
        if let attribute = attributes.randomPick(&random) { keys.append((attribute.reference, attribute.type)) }
        if let moment = maker.scope.filter({ [.date, .timestamp].contains($0.type) }).randomPick(&random), random.chance(60) {
            keys.append(
                (
                    random.pick(["date_trunc('month', \(moment.reference)::timestamp)", "date_trunc('quarter', \(moment.reference)::timestamp)"]),
                    .timestamp
                ))
        }
        if random.chance(40) { keys = Array(keys.dropFirst()) }
        if keys.isEmpty { keys = [("d.id", .int4)] }
        maker.allowsSubqueries = false
        var outputs = (0..<random.int(1...3)).map { _ in aggregate() }
        if random.chance(40) {
            for label in ["'a'", "'completed'"] {
                outputs.append(("sum(CASE WHEN \(maker.leaf(.text)) = \(label) THEN \(maker.leaf(.numeric)) ELSE 0 END)", .numeric))
            }
        }
        if random.chance(30) { outputs.append(windowOverGroups(keys.map(\.text))) }
        maker.allowsSubqueries = true
        let having = random.chance(25) ? " HAVING count(*) > \(random.int(0...2))" : ""
        let hasKey = keys[0].text == "d.id"
        let others = (hasKey ? Array(keys.dropFirst()) : keys) + outputs
        innerColumns = (hasKey ? [("k", FuzzType.int4)] : []) + others.enumerated().map { ("c\($0 + 1)", $1.type) }
        let places = (1...keys.count).map { "\($0)\(sortDirection())" }.joined(separator: ", ")
        let order =
            random.chance(60)
            ? " ORDER BY \(random.chance(40) ? "\(keys.count + 1) DESC, " : "")\(places)\(random.chance(60) ? " LIMIT \(random.int(1...50))" : "")"
            : ""
        return (
            "SELECT \(Self.list(hasKey ? "d.id" : nil, others.map(\.text))) \(text) GROUP BY \(keys.map(\.text).joined(separator: ", "))\(having)\(order)",
            hasKey ? "k" : nil
        )
    }
}

extension Array {
    /// One of them; nil if there is none.
    func randomPick(_ random: inout Randomness) -> Element? { isEmpty ? nil : random.pick(self) }
}
