import Differential
import Foundation
import Testing

/// Every query of `Fixtures/Differential/*.queries.sql` on PostgreSQL and on the realtime store, over the tables beside it.
///
/// Queries are separated by lines of `;`. A comment `-- key: column` also compares lookups by that column, `-- refused` says that the
/// query must be refused, `-- fails: SQLSTATE` that both engines must fail,
/// `-- ties: n` that the store must say that rows tie where PostgreSQL takes one by chance, and answer n rows for the keys that have no ties;
/// `-- prints: n` likewise for values that are equal and print differently, or that rounding made; `-- rounds` that floating-point sums may part
/// by rounding. One after the other: the warehouse has few connections.
@Suite("PostgreSQL and the realtime store give the same rows", .serialized)
struct DifferentialTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let set: String
        let sql: String
        let keys: [String]
        let isRefused: Bool
        let failure: String?
        let ties: Int?
        let isTiedInPrint: Bool
        let isRounded: Bool

        var testDescription: String { "\(set): \(sql.prefix(200))" }
    }

    private static let folder = Bundle.module.bundleURL.appending(path: "Fixtures/Differential")

    static let cases: [Case] = ["types", "relations", "ties", "orders"].flatMap { set -> [Case] in
        let text = (try? String(contentsOf: folder.appending(path: "\(set).queries.sql"), encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n;\n").compactMap { part in
            let lines = part.split(separator: "\n").map(String.init)
            func comments(_ name: String) -> [String] { lines.filter { $0.hasPrefix("-- \(name)") }.map { String($0.dropFirst(name.count + 3)) } }
            let sql = lines.filter { !$0.hasPrefix("--") }.joined(separator: "\n")
            if sql.isEmpty { return nil }
            return Case(
                set: set, sql: sql, keys: comments("key: ").map { $0.trimmingCharacters(in: .whitespaces) }, isRefused: !comments("refused").isEmpty,
                failure: comments("fails: ").first,
                ties: (comments("ties: ") + comments("prints: ")).first.flatMap { Int($0) },
                isTiedInPrint: !comments("prints: ").isEmpty, isRounded: !comments("rounds").isEmpty)
        }
    }

    /// One pair of engines for all queries over the same tables.
    private actor Engines {
        static let shared = Engines()
        private var made: [String: Task<TwoEngines, any Error>] = [:]

        func engines(_ set: String) async throws -> TwoEngines {
            if let task = made[set] { return try await task.value }
            let file = DifferentialTests.folder.appending(path: "\(set).tables.sql")
            let task = Task { try await TwoEngines(setup: String(contentsOf: file, encoding: .utf8)) }
            made[set] = task
            return try await task.value
        }
    }

    @Test("finds its fixtures")
    func fixtures() {
        #expect(Self.cases.count > 80)
    }

    @Test("row for row, byte for byte", arguments: cases)
    func sameRows(_ example: Case) async throws {
        let verdict = try await Engines.shared.engines(example.set).compare(example.sql, keys: example.keys, checksTies: !example.isRefused)
        if example.isRefused {
            guard case .refused = verdict else {
                Issue.record("not refused: \(verdict)")
                return
            }
        } else if let failure = example.failure {
            #expect(verdict == .bothFail(failure))
        } else if let ties = example.ties {
            #expect(verdict == .ties(rows: ties))
            if example.isTiedInPrint { return }
            guard case .refused = try await Engines.shared.engines(example.set).compare(example.sql, checksTies: false) else {
                Issue.record("not refused without run-time checks")
                return
            }
        } else if example.isRounded {
            guard case .approximate(let rows) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(rows > 0)
        } else {
            guard case .identical(let rows) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            #expect(rows > 0)
        }
    }
}
