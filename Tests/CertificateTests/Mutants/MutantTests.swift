import Differential
import Foundation
import Testing

@Suite("Mutants", .timeLimit(.minutes(60)))
struct MutantTests {
    /// `MUTANTS=all` breaks every feature query in every way (`make mutants`); else a fixed sample of them.
    private static let isFull = ProcessInfo.processInfo.environment["MUTANTS"] == "all"

    @Test("the certificate catches at least 95 of 100 mistakes of the rewriter")
    func caught() async throws {
        let engines = try await FeatureTables.engines.value
        let run = MutationRun(engines: engines)
        var all: [MutationRun.Mutant] = []
        for (number, query) in try FeatureTables.queries().enumerated() {
            let keys = try await FeatureTables.key(of: engines, query.sql)
            let began = ContinuousClock.now
            let mutants = try await run.run(query.name, query.sql, keys: keys, every: Self.isFull ? 1 : 9, offset: number)
            all += mutants
            if Self.isFull { Self.report(query.name, mutants, began.duration(to: .now)) }
        }
        let caught = all.count { $0.fate == .caught }, survived = all.filter { $0.fate == .survived && Equivalents.reason(of: $0) == nil }
        let share = Double(caught) / Double(max(1, caught + survived.count))
        if Self.isFull {
            print(
                "\(all.count) mutants: \(caught) caught, \(survived.count) survived (\(Int(share * 1000) / 10) per cent caught); left out: "
                    + "\(all.count { $0.fate == .refused }) refused by compiler or SQLite, \(all.count { $0.fate == .same }) write the same text, \(all.count { $0.fate == .declines }) decline more, "
                    + "\(all.count { $0.fate == .survived } - survived.count) equivalent")
        }
        #expect(caught > (Self.isFull ? 500 : 20))
        // A sample may hit more of the few that are missed.
        #expect(share >= (Self.isFull ? 0.95 : 0.9), "survived:\n\(survived.map { "\($0.query) \($0.name)\n    \($0.difference)" }.joined(separator: "\n"))")
    }

    private static func report(_ query: String, _ mutants: [MutationRun.Mutant], _ duration: Duration) {
        print("\(query): \(mutants.count) mutants in \(duration), \(mutants.count { $0.fate == .caught }) caught")
        for mutant in mutants where mutant.fate == .survived || mutant.fate == .declines {
            if mutant.fate == .declines { print("  declines more: \(mutant.query) \(mutant.name)"); continue }
            print("  \(Equivalents.reason(of: mutant).map { "equivalent (\($0))" } ?? "SURVIVED"): \(mutant.query) \(mutant.name)\n    \(mutant.difference)")
        }
    }
}
