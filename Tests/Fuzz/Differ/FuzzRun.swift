import Differential
import Foundation

/// Random queries for a range of seeds, each whole and by a key; prints what differs, and counts.
struct FuzzRun {
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
        var engines: TwoEngines?, tables = FuzzQuery.tables(ofQuery: seeds.lowerBound)
        var next = seeds.lowerBound
        while next <= seeds.upperBound, !Interruption.wasAsked {
            let seed = next
            next += 1
            if engines == nil || seed % FuzzQuery.queriesPerTables == 0 {
                await engines?.close()
                tables = FuzzQuery.tables(ofQuery: seed)
                engines = try await TwoEngines(setup: tables.setup, typing: typing)
            }
            guard let engines else { continue }
            let query = FuzzQuery(seed: seed, tables: tables)
            var verdict = try await engines.compareWhole(query.sql)
            if let key = query.key, verdict.hasRows {
                let keyed = try await engines.compare(query.sql, by: key, count: 2)
                counts.addKeyed(keyed)
                switch keyed {
                case .different, .oneFails: verdict = keyed
                default: break
                }
            }
            counts.add(verdict)
            switch verdict {
            case .different(let what): Report.line("DIFFERENT seed \(seed)\n  \(query.sql)\n  \(what)")
            case .oneFails(let what): Report.line("ONE FAILS seed \(seed)\n  \(query.sql)\n  \(what)")
            default: break
            }
            if (seed + 1) % 1_000 == 0 { Report.line("… seed \(seed): \(counts.line)") }
        }
        await engines?.close()
        Report.line("seeds \(seeds.lowerBound)-\(next - 1): \(counts.line)\n\(counts.constructs)")
        return counts.different == 0
    }
}
