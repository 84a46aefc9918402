import Catalog
import Crypto
import FeatureModel
import Foundation
import Realtime

/// Where a realtime answer comes from: `meta` of `?meta=true`.
struct Lineage: Sendable {
    let library: Library

    /// - Parameters:
    ///   - schema: of the rows before `columns` picks some.
    ///   - rows: the lookup behind the answer.
    func describe(
        _ request: RealtimeRequest, query: QueryID, etl: ETLID?, statement: ServedStatement, schema: Schema, baseline: Baseline?, rows: KeyedRows
    ) async throws -> JSONValue {
        var members: [JSONValue.Member] = [.init("query_id", .string(query.hex)), .init("project", .string(request.project.text))]
        if let etl { members.append(.init("etl_id", .string(etl.hex))) }
        if case .name(let name, let version) = request.query {
            let record = try await library.name(name, version: version, project: request.project)
            members += [.init("name", .string(record.name.text)), .init("version", .init(record.version))]
        }
        members.append(.init("schema", .string(Self.digest(schema))))
        if let baseline { members.append(.init("baseline", .init(baseline.number))) }
        // The statement's own certificate; a Python ETL has none, its query does. A catalog that is away takes nothing from the answer.
        let bound = statement.isCombined ? etl : nil
        let certificate = try? await library.binding(query: query, etl: bound, project: request.project)?.certificate
        members.append(.init("certificate", certificate.map(\.summary) ?? .null))
        let now = Date()
        members += [
            .init("tables", .array(rows.marks.sorted { $0.table < $1.table }.map { $0.json(now) })), .init("kept", .init(rows.kept)),
            .init("answered_at", .string(Timestamp.text(now))),
        ]
        return .object(members)
    }

    /// Changes with every column's name, type and nullability.
    private static func digest(_ schema: Schema) -> String {
        let text = schema.fields.map { "\($0.name.utf8.count):\($0.name) \($0.type) \($0.isNullable)\n" }.joined()
        return SHA256.hash(data: Data(text.utf8)).prefix(8).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }
}

extension CertificateRecord {
    fileprivate var summary: JSONValue {
        ["verdict": .string(verdict.rawValue), "rewriter": .string(rewriter), "at": .string(Timestamp.text(at))]
    }
}

extension TableMark {
    fileprivate func json(_ now: Date) -> JSONValue {
        let age = max(0, now.timeIntervalSince(changedAt))
        return [
            "table": .string(table.description), "change": .init(change), "applied_at": .string(Timestamp.text(changedAt)),
            "age_seconds": .number(String((age * 1_000).rounded() / 1_000)),
        ]
    }
}
