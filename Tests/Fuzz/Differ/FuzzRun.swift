import Differential
import Foundation

/// Random queries for a range of seeds, each whole and by a key; prints what differs, and counts.
struct FuzzRun {
    /// Each so-many-th query is asked by all of its local keys: every key is compiled and looked up by on its own.
    private static let seedsByOthers = 5

    let seeds: ClosedRange<Int>

    /// `FIRST-LAST`, or one number.
    static func seeds(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last, ends.count <= 2 else { return nil }
        return first...last
    }

    /// Answers whether nothing differs.
    func run() async throws -> Bool {
        var counts = FuzzCounts()
        let typing = try Typing()
        var first = seeds.lowerBound
        while first <= seeds.upperBound, !Interruption.wasAsked {
            let last = min(first - first % FuzzQuery.queriesPerTables + FuzzQuery.queriesPerTables - 1, seeds.upperBound)
            try await run(first...last, typing, &counts)
            first = last + 1
            if first % 1_000 == 0 { Report.line("… seed \(last): \(counts.line)") }
        }
        Report.line("seeds \(seeds.lowerBound)-\(first - 1): \(counts.line)\n\(counts.constructs)")
        return counts.different == 0
    }

    /// Those of one set of tables.
    private func run(_ seeds: ClosedRange<Int>, _ typing: Typing, _ counts: inout FuzzCounts) async throws {
        let tables = FuzzQuery.tables(ofQuery: seeds.lowerBound)
        let engines = try await TwoEngines(setup: tables.setup, typing: typing)
        let queries = seeds.map { FuzzQuery(seed: $0, tables: tables) }
        try await engines.prepare(queries.map(\.sql))
        for (seed, query) in zip(seeds, queries) {
            var (verdict, keyed) = try await engines.compareWhole(query.sql, andBy: query.key, alsoByOthers: seed % Self.seedsByOthers == 0)
            if let keyed {
                counts.addKeyed(keyed)
                switch keyed {
                case .different, .oneFails: verdict = keyed
                default: break
                }
            }
            counts.add(verdict, seed: seed)
            switch verdict {
            case .different(let what): Report.line("DIFFERENT seed \(seed)\n  \(query.sql)\n  \(what)")
            case .oneFails(let what): Report.line("ONE FAILS seed \(seed)\n  \(query.sql)\n  \(what)")
            default: break
            }
        }
        await engines.close()
    }
}
