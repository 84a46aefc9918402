import Differential
import FeatureModel
import Foundation
import Warehouse

/// A folder of queries over one data set: each whole, and by a key.
struct ParityRun {
    let name: String
    let queries: URL
    let data: URL
    let timeZone: String
    /// Of the warehouse; nil for C.UTF-8.
    let locale: String?

    /// The entity that feature queries are about.
    private static let entity = "customer_id"

    /// Prints a line a query and the totals; answers whether nothing differs.
    func run() async throws -> Bool {
        let engines = try await TwoEngines(setup: DataSet(folder: data).setup, timeZone: timeZone, locale: locale)
        let files = try FileManager.default.contentsOfDirectory(at: queries, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        var counts: [String: Int] = [:]
        for file in files where !Interruption.wasAsked {
            let sql = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: CharacterSet(charactersIn: "; \n\t"))
            let whole = try await engines.compareWhole(sql)
            var keyed: (String, Verdict)?
            if let key = try? await Self.key(engines.columns(of: sql)) { keyed = (key, try await engines.compare(sql, by: key)) }
            let word = Self.word([whole] + [keyed?.1].compactMap(\.self))
            counts[word, default: 0] += 1
            Report.line("\(name) \(file.deletingPathExtension().lastPathComponent)  \(word)  \(whole)\(keyed.map { "  | by \($0.0): \($0.1)" } ?? "  | no key")")
        }
        Report.line("\(name): \(files.count) queries; " + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        await engines.close()
        return counts["DIFFERENT"] == nil && counts["ONE FAILS"] == nil
    }

    static func key(_ columns: [OutputColumn]) -> String? {
        if columns.contains(where: { $0.name == entity }) { return entity }
        let kinds: Set<PostgresType.Kind> = [.int2, .int4, .int8, .text, .varchar, .bpchar, .date]
        return columns.first { !$0.type.isArray && kinds.contains($0.type.kind) }?.name
    }

    /// The worst of them.
    private static func word(_ verdicts: [Verdict]) -> String {
        let ranks = ["identical", "approximate", "refused", "invalid", "ONE FAILS", "DIFFERENT"]
        let rank = verdicts.map { verdict in
            switch verdict {
            case .identical, .bothFail: 0
            case .approximate: 1
            case .refused, .ties: 2
            case .invalid: 3
            case .oneFails: 4
            case .different: 5
            }
        }.max() ?? 0
        return ranks[rank]
    }
}
