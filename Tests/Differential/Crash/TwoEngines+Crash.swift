import Certificate
import Warehouse

extension TwoEngines {
    /// The targets with the random queries of some seeds, as written and in canonical form, and with more texts.
    public func crashTargets(seeds: Range<Int>, tables: FuzzTables, more texts: [String] = []) async throws -> sending CrashTargets {
        var written = texts, canonical: [String] = []
        for seed in seeds {
            let sql = FuzzQuery(seed: seed, tables: tables).sql
            written.append(sql)
            if let typed = try? await type(sql) { canonical.append(typed.canonicalSQL) }
        }
        return try CrashTargets(texts: written, canonical: canonical, tables: definitions)
    }
}
