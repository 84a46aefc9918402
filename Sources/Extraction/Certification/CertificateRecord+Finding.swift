import Catalog
import Certificate
import FeatureModel
import Foundation

extension CertificateRecord {
    init(_ finding: Finding, basis: Basis, keys: [[String]], milliseconds: Int) {
        var verdict = Verdict.identical, reason: String?, example: Example?
        switch finding.verdict {
        case .identical: break
        case .approximate: verdict = .approximate
        case .notComparable(let why):
            verdict = .notComparable
            reason = why
        case .different(let found):
            verdict = .different
            example = Example(found)
        }
        self.init(
            verdict: verdict, seed: finding.seed, basis: basis, keys: keys, compared: finding.compared, rows: finding.rows, bothFailed: finding.bothFailed,
            declined: finding.declined, oneFailed: finding.oneFailed, reason: reason, example: example, milliseconds: milliseconds, at: Date())
    }

    /// The construct of the obstacle that a difference is.
    static let construct = "an answer that is not PostgreSQL's"

    /// Why the query is not served; nil if nothing stands against it.
    var obstacle: Obstacle? {
        guard verdict == .different, let example else { return nil }
        let tables = example.tables.map { table in
            let rows = table.rows.prefix(5).map { "(" + $0.map { $0.map { "'\($0)'" } ?? "NULL" }.joined(separator: ", ") + ")" }
            return "\(table.name) (\(table.columns.joined(separator: ", "))) = \(rows.joined(separator: ", "))\(table.rows.count > 5 ? ", …" : "")"
        }
        let place = tables.isEmpty ? "over no rows" : "over " + tables.joined(separator: "; ")
        let key = example.key.map { " by \($0)" } ?? ""
        let answers = "PostgreSQL answers \(Self.shown(example.postgres)), the realtime store \(Self.shown(example.realtime))"
        return Obstacle(construct: Self.construct, hint: "\(place)\(key) \(answers): a defect of the rewriter, please report it; training is not affected")
    }

    private static func shown(_ lines: [String]) -> String { lines.isEmpty ? "no rows" : lines.prefix(3).joined(separator: ", ") + (lines.count > 3 ? ", …" : "") }

    /// Names what the rewriter made of the query.
    var rewriter: String { "\(basis.version)-\(basis.statementsDigest.prefix(12))" }

    /// As answers show it.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("verdict", .string(verdict.rawValue)), .init("seed", .init(seed)), .init("at", .string(Timestamp.text(at))),
            .init("milliseconds", .init(milliseconds)), .init("keys", .array(keys.map { .array($0.map { .string($0) }) })), .init("compared", .init(compared)),
            .init("rows", .init(rows)), .init("both_failed", .init(bothFailed)), .init("declined", .init(declined)),
            .init("one_failed", .init(oneFailed ?? 0)),
            .init("server_version", .init(basis.serverVersion)), .init("collation", .string(basis.collation)), .init("time_zone", .string(basis.timeZone)),
            .init("rewriter", .string(rewriter)), .init("schema", .string(basis.definitionsDigest)),
        ]
        if let reason { members.append(.init("reason", .string(reason))) }
        if let example { members.append(.init("example", example.json)) }
        return .object(members)
    }
}

extension CertificateRecord.Example {
    init(_ found: Counterexample) {
        self.init(
            scenario: found.scenario, key: found.key, difference: found.difference,
            tables: found.tables.map { Table(name: $0.name.description, columns: $0.columns, rows: $0.rows) }, postgres: found.postgres, realtime: found.realtime)
    }

    var json: JSONValue {
        [
            "scenario": .string(scenario), "key": .init(key), "difference": .string(difference),
            "tables": .array(
                tables.map { table in
                    ["table": .string(table.name), "columns": .array(table.columns.map { .string($0) }), "rows": .array(table.rows.map { .array($0.map { .init($0) }) })]
                }),
            "postgres": .array(postgres.map { .string($0) }), "realtime": .array(realtime.map { .string($0) }),
        ]
    }
}

extension JSONValue {
    /// What is answered about serving: whether, why not, and the certificate where there is one.
    static func realtime(_ obstacles: [Obstacle], _ certificate: CertificateRecord?, isServable: Bool? = nil) -> JSONValue {
        var members: [Member] = [
            .init("servable", .bool(isServable ?? obstacles.isEmpty)), .init("reasons", .array(obstacles.map(\.json))),
        ]
        if let certificate { members.append(.init("certificate", certificate.json)) }
        return .object(members)
    }
}
