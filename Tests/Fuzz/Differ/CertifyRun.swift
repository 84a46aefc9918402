import Certificate
import Differential
import FeatureModel
import Foundation
import Warehouse

/// The certificates of a folder of queries over one data set, or of random queries: verdicts, and how long they take.
struct CertifyRun {
    let name: String
    private var times: [Double] = []
    private var counts: [String: Int] = [:]

    init(name: String) { self.name = name }

    /// Answers whether no certificate found a difference.
    mutating func run(queries: URL, data: URL) async throws -> Bool {
        let engines = try await TwoEngines(setup: DataSet(folder: data).setup)
        let files = try FileManager.default.contentsOfDirectory(at: queries, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        for file in files where !Interruption.wasAsked {
            let sql = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: CharacterSet(charactersIn: "; \n\t"))
            try await certify(sql, file.deletingPathExtension().lastPathComponent, engines) { columns in ParityRun.key(columns) }
        }
        await engines.close()
        return conclude()
    }

    mutating func run(seeds: ClosedRange<Int>) async throws -> Bool {
        let typing = try Typing()
        var engines: TwoEngines?, tables = FuzzQuery.tables(ofQuery: seeds.lowerBound)
        for seed in seeds where !Interruption.wasAsked {
            if engines == nil || seed % FuzzQuery.queriesPerTables == 0 {
                await engines?.close()
                tables = FuzzQuery.tables(ofQuery: seed)
                engines = try await TwoEngines(setup: tables.setup, typing: typing)
            }
            let query = FuzzQuery(seed: seed, tables: tables)
            if let engines { try await certify(query.sql, "\(seed)", engines) { _ in query.key } }
        }
        await engines?.close()
        return conclude()
    }

    private mutating func certify(_ sql: String, _ label: String, _ engines: TwoEngines, _ key: ([OutputColumn]) -> String?) async throws {
        let compiled: TwoEngines.Compiled
        do { compiled = try await engines.compiled(sql) } catch let failure as any Failure where failure.sqlstate != nil {
            counts["invalid", default: 0] += 1
            return
        }
        guard let subject = try await engines.subject(compiled, keys: key(compiled.typed.columns).map { [[$0]] } ?? []) else {
            counts["refused", default: 0] += 1
            return
        }
        let began = ContinuousClock.now
        let sample = try await engines.sample(subject, rows: 60)
        let finding = try await engines.certifier.certify(subject, sample: sample, seed: 1)
        times.append(began.duration(to: .now) / .milliseconds(1))
        counts[finding.word, default: 0] += 1
        Report.line("\(name) \(label)  \(Int(times.last ?? 0)) ms  \(finding.line)")
        if case .different = finding.verdict { Report.line("  \(sql)") }
    }

    private func conclude() -> Bool {
        let sorted = times.sorted()
        let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        Report.line(
            "\(name): \(sorted.count) certificates; p50 \(Int(median)) ms, max \(Int(sorted.last ?? 0)) ms; "
                + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        return counts["DIFFERENT"] == nil
    }
}

extension Finding {
    fileprivate var word: String {
        switch verdict {
        case .identical: "identical"
        case .approximate: "approximate"
        case .different: "DIFFERENT"
        case .notComparable: "not comparable"
        }
    }

    fileprivate var line: String {
        let counts = "\(compared) answers of \(rows) rows, \(bothFailed) fail on both, \(declined) declined, \(oneFailed) fail on one, \(skipped) skipped"
        switch verdict {
        case .identical, .approximate: return "\(word); \(counts)"
        case .notComparable(let why): return "\(word): \(why); \(counts)"
        case .different(let example):
            let tables = example.tables.map { table in
                "    \(table.name) (\(table.columns.joined(separator: ", ")))\n"
                    + table.rows.map { "      (\($0.map { $0.map { "'\($0)'" } ?? "NULL" }.joined(separator: ", ")))" }.joined(separator: "\n")
            }
            return "\(word) in '\(example.scenario)'\(example.key.map { " by \($0)" } ?? "")\n    \(example.difference)\n" + tables.joined(separator: "\n") + "\n  \(counts)"
        }
    }
}
