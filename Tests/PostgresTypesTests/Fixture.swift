import Foundation
import PostgresTypes
import Testing

/// One case that PostgreSQL answered: see Fixtures/README.md.
struct Fixture: Sendable {
    let operation: String
    let arguments: [String]
    let answer: String
    let line: Int

    /// The cases of a file whose operation `wanted` accepts.
    static func load(_ name: String, _ wanted: (String) -> Bool = { _ in true }) throws -> [Fixture] {
        let file = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "tsv"))
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().compactMap { index, line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count > 1, wanted(parts[0]) else { return nil }
            return Fixture(operation: parts[0], arguments: Array(parts[1..<(parts.count - 1)]), answer: parts[parts.count - 1], line: index + 1)
        }
    }

    /// What ours answers in the same form.
    static func answer(_ body: () throws -> String?) -> String {
        do { return try body() ?? "\\N" } catch let error as PostgresError { return "ERROR \(error.state) \(error.message)" } catch {
            return "\(error)"
        }
    }

    /// Runs every case and reports those that differ, a few of them in full.
    static func compare(_ name: String, _ wanted: (String) -> Bool = { _ in true }, _ body: (Fixture) throws -> String?) throws {
        let cases = try load(name, wanted)
        #expect(!cases.isEmpty)
        var different: [String] = []
        for one in cases {
            let ours = answer { try body(one) }
            if ours != one.answer {
                different.append(
                    "\(name):\(one.line) \(one.operation)(\(one.arguments.joined(separator: ", "))) = \(ours), PostgreSQL: \(one.answer)")
            }
        }
        #expect(different.isEmpty, "\(different.count) of \(cases.count) differ:\n\(different.prefix(25).joined(separator: "\n"))")
    }
}
