internal import FeatureModel

/// JSON documents with the keys that the query asks for, and arrays with its constants.
enum DocumentValues {
    static func json(_ beside: [QueryLiterals.Constant], paths: Set<QueryLiterals.DocumentPath>) -> ValuePool {
        let texts = beside.compactMap { constant in if case .text(let text) = constant, text.count < 40 { text } else { nil } }
        var near = texts.filter { (try? JSONReader.read($0)) != nil }
        let paths = paths.sorted()
        // Documents in which every member that is asked for has a value of the kind that is expected, so that a cast does not fail for another.
        for round in 0..<10 where !paths.isEmpty {
            var document: JSONValue = .object([])
            for (number, path) in paths.enumerated() where (round + number) % 5 != 4 {
                let values = values(castTo: path.type)
                document = document.setting(path.keys[...], values[(round + number * 3) % values.count])
            }
            near.append(document.description)
        }
        let keys = texts.filter { text in !text.hasPrefix("{") && !text.hasPrefix("[") && !text.hasPrefix("$") && !paths.contains { $0.keys.contains(text) } }.prefix(6)
        for key in keys {
            near += values(castTo: nil).map { value in JSONValue.object([.init(key, value)]).description }
            for other in texts.prefix(8) where other != key { near.append(JSONValue.object([.init(key, .string(other))]).description) }
        }
        var mild = ["{}", "{\"a\": null}", "{\"b\": 1, \"a\": 2}"]
        for path in paths { mild += odd.map { JSONValue.object([]).setting(path.keys[...], $0).description } }
        mild += ["[]", "null", "1", "1.0", "{\"a\": 1.0}", "\"a\"", "true", "[1, 2, 3]", "[null, \"x\", 1.50]", "[\"a\", [\"b\"]]"]
        var pool = ValuePool(common: ["{\"a\": 1}", "{\"a\": \"b\"}", "{}"], near: near, mild: mild) { "{\"n\": \($0)}" }
        if !paths.isEmpty { pool.common = Array(near.prefix(3)) }
        pool.wild = ["{\"a\": 1e400}", "{\"a\": 12345678901234567890.123}", "{\"\": \"\"}"]
        return pool
    }

    private static func values(castTo type: String?) -> [JSONValue] {
        switch type {
        case "int2", "int4", "int8": [.string("42"), .number("7"), .number("-3"), .string("0"), .string(" 5 "), .null]
        case "numeric", "float4", "float8": [.number("-2.50"), .string("1.25"), .number("3"), .string("0.5"), .number("1e2"), .null]
        case "bool": [.bool(true), .string("f"), .bool(false), .string("true"), .string("yes"), .null]
        case "date", "timestamp", "timestamptz": [.string("2024-02-29"), .string("2024-03-31 02:30:00"), .string("1969-12-31"), .null]
        default:
            [
                .string("a"), .string("42"), .string(""), .string("é\"\\"), .number("1"), .number("-2.50"), .number("0"), .bool(true), .null, .array(["a", "b"]),
                .object([.init("a", .number("1"))]), .string("true"),
            ]
        }
    }

    /// Of any kind, at the place of a member that is asked for.
    private static let odd: [JSONValue] = [
        .string("a"), .string(""), .number("1.50"), .bool(false), .array(["x"]), .object([.init("b", .null)]), .number("12345678901234567890"),
    ]

    static func array(of element: PostgresType, _ beside: [QueryLiterals.Constant], _ literals: QueryLiterals) -> ValuePool {
        let inside = ValuePool(TableDefinition.Column(name: "element", type: element, isNullable: true), literals)
        let own = beside.compactMap { constant in
            switch constant {
            case .text(let text), .number(let text): text.hasPrefix("{") ? nil : text
            }
        }
        let items = (inside.common + inside.mild.prefix(6)).map(quoted)
        let near = own.prefix(6).map(quoted).flatMap { ["{\($0)}", "{\($0),\(items[0])}", "{\(items[0]),\($0),\($0)}"] }
        let mild = [
            "{}", "{NULL}", "{\(items[0]),NULL}", "{\(items.prefix(3).joined(separator: ","))}", "{\(items.reversed().joined(separator: ","))}", "{\(items[0]),\(items[0])}",
            "{NULL,NULL}",
        ]
        return ValuePool(common: items.prefix(3).map { "{\($0)}" }, near: near, mild: mild, wild: ["{{\(items[0]),\(items[1])},{\(items[1]),\(items[0])}}"]) {
            "{\(quoted(inside.distinct($0)))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

extension JSONValue {
    /// With the value at the end of the way, whose members are made where they are missing.
    fileprivate func setting(_ keys: ArraySlice<String>, _ value: JSONValue) -> JSONValue {
        guard let key = keys.first else { return value }
        var members = object ?? []
        let inside = (self[key] ?? .object([])).setting(keys.dropFirst(), value)
        members.removeAll { $0.key == key }
        members.append(.init(key, inside))
        return .object(members)
    }
}
