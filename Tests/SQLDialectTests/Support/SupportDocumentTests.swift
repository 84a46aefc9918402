import FeatureModel
import Foundation
import SQLDialect
import Testing

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
            "Clauses: joins (inner, left, right, full, cross, lateral), WHERE, GROUP BY with GROUPING SETS, HAVING, windows, DISTINCT, DISTINCT ON, UNION,",
            "INTERSECT, EXCEPT, WITH, VALUES, ORDER BY, LIMIT, sub-queries (scalar, EXISTS, IN, ANY), views. Not: WITH RECURSIVE, NATURAL JOIN, ROWS FROM,",
            "OFFSET or LIMIT without an order that decides, the clock, volatile functions.", "",
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
