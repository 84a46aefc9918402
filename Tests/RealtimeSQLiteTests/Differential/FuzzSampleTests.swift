import Differential
import Testing

/// A fixed sample of what `make fuzz` asks.
@Suite("Random queries: a fixed sample")
struct FuzzSampleTests {
    @Test("no answer differs, and most are servable", arguments: [0, 10_000, 20_000])
    func sample(first: Int) async throws {
        let tables = FuzzQuery.tables(ofQuery: first)
        let engines = try await TwoEngines(setup: tables.setup)
        var refused = 0
        for seed in first..<first + 50 {
            let query = FuzzQuery(seed: seed, tables: tables)
            switch try await engines.compare(query.sql, keys: [query.key].compactMap(\.self)) {
            case .refused: refused += 1
            case .different(let what): Issue.record("seed \(seed): \(what)\n\(query.sql)")
            case .identical, .approximate, .bothFail, .oneFails, .ties, .invalid: break
            }
        }
        await engines.close()
        #expect(refused < 20)
    }
}
