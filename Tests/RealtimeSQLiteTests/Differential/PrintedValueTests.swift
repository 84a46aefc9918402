import Differential
import Foundation
import Testing

/// Wherever PostgreSQL answers one of several values that are equal and print differently, or one of several rows that tie by such values:
/// `Fixtures/Differential/prints.templates.sql` over values of each type that has them, the rows in two orders.
@Suite("Equal values that print differently", .serialized)
struct PrintedValueTests {
    /// Two values that are equal, then two others.
    private static let values: [String: [String]] = [
        "numeric": ["'1.0'::numeric", "'1.00'::numeric", "'2'::numeric", "'2.000'::numeric"],
        "interval": ["'1 day'::interval", "'24:00:00'::interval", "'1 mon'::interval", "'30 days'::interval"],
        "double precision": ["'0'::float8", "'-0'::float8", "'1.5'::float8", "'1.50'::float8"],
        "char(n)": ["'a'::char(2)", "'a'::char(4)", "'b'::char(1)", "'b'::char(3)"],
    ]

    /// (id, k, which value, w).
    private static let left: [(Int, Int, Int?, Int)] = [
        (1, 1, 0, 10), (2, 1, 1, 20), (3, 1, 2, 30), (4, 2, 1, 40), (5, 2, 0, 50), (6, 2, 3, 60), (7, 3, 0, 70), (8, 3, 0, 80), (9, 4, 1, 90), (10, 4, nil, 95),
    ]
    private static let right: [(Int, Int, Int?, Int)] = [(1, 1, 1, 11), (2, 1, 2, 21), (3, 3, 1, 31), (4, 4, 0, 41), (5, 5, nil, 51), (6, 2, 2, 61)]

    private struct Template {
        let expected: Substring
        let sql: String

        init(_ line: Substring) {
            expected = line.prefix { $0 != " " }
            sql = String(line.dropFirst(expected.count + 1))
        }

        func filled(_ values: [String], backwards: Bool) -> String {
            func rows(_ rows: [(Int, Int, Int?, Int)], _ name: String) -> String {
                let items = (backwards ? rows.reversed() : rows).map { "(\($0), \($1), \($2.map { values[$0] } ?? "NULL"), \($3))" }
                return "(VALUES \(items.joined(separator: ", "))) \(name)(id, k, v, w)"
            }
            let parts = ["{T}": rows(left, "t"), "{T2}": rows(left, "t2"), "{U}": rows(right, "u"), "{a}": values[0], "{b}": values[1], "{c}": values[2]]
            return parts.reduce(sql) { $0.replacing($1.key, with: $1.value) }
        }
    }

    private static func templates() throws -> [Template] {
        let file = Bundle.module.bundleURL.appending(path: "Fixtures/Differential/prints.templates.sql")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("--") }.map(Template.init)
    }

    @Test("one of them is answered only where it is no chance which", arguments: values.keys.sorted())
    func noChance(type: String) async throws {
        let values = try #require(Self.values[type]), templates = try Self.templates()
        #expect(templates.count > 100)
        let engines = try await TwoEngines(setup: "CREATE TABLE unread (id int)")
        let queries = templates.flatMap { template in [false, true].map { (template.expected, template.filled(values, backwards: $0)) } }
            // avg has no char(n).
            .filter { type != "char(n)" || !$0.1.contains("avg(") }
        try await engines.prepare(queries.map(\.1))
        for (expected, sql) in queries {
            let verdict = try await engines.compareWhole(sql)
            switch (expected, verdict) {
            case ("same", .identical), ("ties", .ties), ("refused", .refused): break
            default: Issue.record("not \(expected) but \(verdict): \(sql)")
            }
        }
        await engines.close()
    }
}
