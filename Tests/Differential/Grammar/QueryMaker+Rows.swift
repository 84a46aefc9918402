import Certificate

extension QueryMaker {
    /// The first row of each key under an order that is total where a unique column is there.
    mutating func distinctOn() -> (sql: String, key: String?) {
        let (from, key) = from(), types = (0..<random.int(1...3)).map { _ in maker.type() }
        let outputs = types.map { maker.expression($0, 2) }
        let sort = random.pick(maker.scope.filter { $0.type.isOrdered })
        let unique = maker.scope.first(where: \.isUnique).map { ", \($0.reference)\(random.chance(50) ? " DESC" : "")" } ?? ""
        innerColumns = [("k", .int4)] + types.enumerated().map { ("c\($0 + 1)", $1) }
        return (
            "SELECT DISTINCT ON (\(key)) \(Self.list(key, outputs)) \(from)\(filter(40)) ORDER BY \(key), \(sort.reference)\(sortDirection())\(unique)",
            "k"
        )
    }

    /// A select list whose item gives several rows.
    mutating func multiplied() -> (sql: String, key: String?) {
        let (from, key) = from()
        let items = (0..<(random.chance(25) ? 2 : 1)).map { _ in multiplyingItem() }
        let output = outputs(1...1, depth: 1)
        return ("SELECT \(Self.list(key, output + items)) \(from)\(filter(40))", "k")
    }

    private mutating func multiplyingItem() -> String {
        switch random.int(1...7) {
        case 1: "unnest(\(maker.expression(.texts, 1)))"
        case 2: "unnest(\(maker.expression(.ints, 1)))"
        case 3: "generate_series(1, abs(\(maker.leaf(.int4)) % 3))"
        case 4: "regexp_split_to_table(\(maker.leaf(.text)), '\(random.pick([",", "a", "\\s"]))')"
        case 5: "jsonb_array_elements_text(jsonb_build_array(\(maker.leaf(.int4)), \(maker.leaf(.text))))"
        case 6: "(regexp_matches(\(maker.leaf(.text)), '(\\w)(\\w?)', 'g'))[2]"
        default: "jsonb_object_keys(jsonb_build_object('a', \(maker.leaf(.int4)), 'b', 1))"
        }
    }

    /// Rows of another query as documents: whole, or gathered by key.
    mutating func documents() -> (sql: String, key: String?) {
        let inner = random.chance(50) ? plain() : grouped(), name = maker.alias()
        guard inner.key != nil else { return inner }
        return switch random.int(1...5) {
        case 5:
            (
                "SELECT \(name).k, array_agg(\(name).c) AS c1, string_agg(\(name).c, '+') AS c2 FROM (SELECT d.k, to_jsonb(d)::text AS c FROM (\(inner.sql)) d ORDER BY d.k, to_jsonb(d)::text DESC) \(name) GROUP BY \(name).k",
                "k"
            )
        case 1: ("SELECT \(name).k, row_to_json(\(name)) AS c1 FROM (\(inner.sql)) \(name)", "k")
        case 2: ("SELECT \(name).k, to_jsonb(\(name)) AS c1 FROM (\(inner.sql)) \(name)", "k")
        case 3:
            (
                "SELECT \(name).k, count(*) AS c1, jsonb_agg(to_jsonb(\(name)) ORDER BY to_jsonb(\(name))::text) AS c2 FROM (\(inner.sql)) \(name) GROUP BY \(name).k",
                "k"
            )
        default: ("SELECT \(name).* FROM (\(inner.sql)) \(name) WHERE \(name).k \(random.pick([">", "<", "<>"])) \(random.int(-1...5))", "k")
        }
    }

    /// A VALUES list or a series under a new alias, to be joined by its first column.
    mutating func derived() -> (text: String, columns: [ExpressionMaker.Column]) {
        let name = maker.alias()
        if random.chance(40) {
            return ("generate_series(\(random.int(-2...1)), \(random.int(2...8))) AS \(name)(n)", [.init(reference: "\(name).n", type: .int4)])
        }
        let type = random.pick([FuzzType.text, .numeric, .date, .bool, .int8])
        let rows = (0..<random.int(1...4)).map { _ in "(\(random.int(-2...8)), \(FuzzValues.literal(type, &random)))" }
        return (
            "(VALUES \(rows.joined(separator: ", "))) AS \(name)(n, v)",
            [.init(reference: "\(name).n", type: .int4), .init(reference: "\(name).v", type: type)]
        )
    }
}
