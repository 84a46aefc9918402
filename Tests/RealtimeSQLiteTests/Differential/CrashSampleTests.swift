import Differential
import Testing

/// A fixed sample of what `differ crash` tries.
@Suite("Spoiled inputs: a fixed sample")
struct CrashSampleTests {
    @Test("are answered or refused, and come as far as the compiler and the functions")
    func sample() async throws {
        let tables = FuzzQuery.tables(ofQuery: 0)
        let engines = try await TwoEngines(setup: tables.setup)
        var targets = try await engines.crashTargets(seeds: 0..<60, tables: tables)
        await engines.close()
        for seed in 0..<600 { targets.run(seed: seed) }
        #expect(targets.parsed > 30 && targets.decoded > 5 && targets.compiled > 30 && targets.called > 1_000)
    }
}
