import FeatureModel
import Foundation
import Testing

@testable import SQLDialect

@Suite("What is servable, written down")
struct SupportDocumentTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("architecture/sql-support.md")

    /// `UPDATE_DOCS=1 swift test --filter SupportDocumentTests` writes the file anew.
    @Test("architecture/sql-support.md is what the compiler's table says")
    func document() throws {
        let text = Self.text()
        if ProcessInfo.processInfo.environment["UPDATE_DOCS"] != nil { try text.write(to: Self.file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == text, "write it anew with UPDATE_DOCS=1")
    }

    private static func text() -> String {
        let titles: [(SupportEntry.Kind, String)] = [
            (.operator, "Operators"), (.function, "Functions"), (.cast, "Casts"), (.aggregate, "Aggregates"), (.windowFunction, "Window functions"),
        ]
        var lines = [
            "# What the realtime store answers", "",
            "Written from the table that the compiler uses (`SQLDialect/Support`); a test holds the two together. A query that calls anything else",
            "is saved for training, is not servable, and is told which construct is in the way. `varchar` counts as `text`.", "",
            "Clauses: joins (inner, left, right, full, cross, natural, lateral), WHERE, GROUP BY with GROUPING SETS, HAVING, windows, DISTINCT, DISTINCT ON,",
            "UNION, INTERSECT and EXCEPT with and without ALL, WITH, WITH RECURSIVE whose step looks at each row on its own, VALUES, ORDER BY, LIMIT, OFFSET,",
            "WITH TIES, sub-queries (scalar, EXISTS, IN, ANY, ALL, ARRAY), views, row comparisons, array subscripts and slices, comparisons and casts of enums,",
            "comparisons, orders and groups of char(n), jsonb and arrays. Frames by ROWS, GROUPS and RANGE; those by a distance that is no fixed length",
            "(months, days by a zone's clock, numbers before or behind a numeric without scale) for aggregates.",
            "Functions that give rows, in FROM, LATERAL or not, WITH ORDINALITY, side by side (ROWS FROM), and in a select list: " + Binder.rowFunctions.sorted().map { "`\($0)`" }.joined(separator: ", ") + "; in FROM alone: " + Binder.recordFunctions.sorted().map { "`\($0)`" }.joined(separator: ", ") + ".",
            "JSON of values, rows and relations: " + (Binder.jsonFunctions.union(Binder.jsonAggregates)).sorted().map { "`\($0)`" }.joined(separator: ", ") + ".",
            "Paths into JSON: " + Binder.pathOperators.keys.sorted().map { "`\($0)`" }.joined(separator: ", ") + ".",
            "Of any types: `concat`, `concat_ws`, `format`, `num_nulls`, `num_nonnulls`, `coalesce`, `nullif`, `greatest`, `least`.",
            "The clock, which is one time for the whole request: `now()`, `transaction_timestamp()`, `current_timestamp`, `current_date`, `localtimestamp`,",
            "`localtime`, `age(x)`.", "",
            "Not: TABLESAMPLE, volatile functions; LIMIT, OFFSET, DISTINCT ON, ordered lists and windows whose order does not decide the answer",
            "(an error when rows that matter tie); the order of text under a collation other than C, POSIX or C.UTF-8.", "",
        ]
        for (kind, title) in titles {
            lines += ["## \(title)", "", kind == .cast ? "| from | to |" : "| name | arguments → result |", "|---|---|"]
            let entries = SupportTable.entries.filter { $0.kind == kind }
            let groups = Dictionary(grouping: entries) { kind == .cast ? $0.arguments[0].description : $0.name }
            for (name, group) in groups.sorted(by: { $0.key < $1.key }) {
                let signatures = group.map { entry in
                    kind == .cast ? "\(entry.result)" : "(\(entry.arguments.map(\.description).joined(separator: ", "))) → \(entry.result)"
                }
                lines.append("| `\(name.replacing("|", with: "\\|"))` | \(signatures.joined(separator: kind == .cast ? ", " : "<br>")) |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
