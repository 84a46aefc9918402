import Certificate
import FeatureModel
import Warehouse

extension TwoEngines {
    /// The targets with the random queries of some seeds, as written and in canonical form, and with more texts.
    public func crashTargets(seeds: Range<Int>, tables: FuzzTables, more texts: [String] = []) async throws -> sending CrashTargets {
        var written = texts, canonical: [(sql: String, output: [(name: String, type: PostgresType)])] = []
        for seed in seeds {
            let sql = FuzzQuery(seed: seed, tables: tables).sql
            written.append(sql)
            if let typed = try? await type(sql) { canonical.append((typed.canonicalSQL, typed.columns.map { ($0.name, $0.type) })) }
        }
        return try CrashTargets(texts: written, canonical: canonical, tables: definitions)
    }
}
