import Catalog
import FeatureModel
import Foundation
import Realtime
import SQLDialect

/// Saves a checked query and says what it is good for: its keys, and whether it can be served.
struct SaveQuery: Sendable {
    let serving: Serving
    let identity: IdentityKey
    let certificates: CertificateKeeper

    struct Saved: Sendable {
        let id: QueryID
        let name: NameRecord?
        /// `[{column, type, local, reason?}]`
        let keys: JSONValue
        /// `{servable, reasons}`
        let realtime: JSONValue
    }

    func run(
        checked: CheckedQuery, analysed: AnalysedStatement, name: ObjectName?, entityKey: [String]?, project: ObjectName, principal: Principal,
        requireRealtime: Bool, allowsScan: Bool?, isCached: Bool?
    ) async throws -> Saved {
        if isCached == true, checked.request != nil {
            throw ExtractionError(
                .malformedRequest, "answers of a query that reads request values are not kept: each call brings its own", hint: "leave out 'cache'")
        }
        if let unknown = entityKey?.first(where: { analysed.schema.index(of: $0) == nil }) {
            throw ExtractionError.unknown(
                .unknownIndexKey, "entity_key '\(unknown)' is no output column of this query", unknown, among: analysed.schema.names)
        }
        if let entityKey, Set(entityKey).count != entityKey.count { throw ExtractionError(.unknownIndexKey, "entity_key names a column twice") }
        let form = try await DeepStack.run { checked.canonicalForm() }
        let id: QueryID = identity.id(canonicalForm: form)
        let key = Serving.Key(project: project, query: id, etl: nil)
        let before = try await serving.library.catalog.binding(query: id, etl: nil, project: project)?.options ?? ServingOptions()
        let options = ServingOptions(allowsScan: allowsScan ?? before.allowsScan, isCached: isCached ?? before.isCached)
        // The declared key, or those that reach a key or an index of a base table.
        let wanted = entityKey.map { [$0] } ?? Array((analysed.compiler?.candidateKeys() ?? []).prefix(ServedStatement.maximumKeys / 4))
        let (prepared, certificate, report) = try await serving.openBindings.saving(key) {
            var prepared = try await serving.prepare(analysed, queryColumns: analysed.schema, for: key, by: wanted, options: options)
            let certificate = try await certificates.certify(&prepared, for: key, text: StatementText(checked))
            if requireRealtime, let failure = prepared.failure { throw failure }
            let report = try await serving.reporter.report(prepared.served, obstacles: prepared.obstacles)
            _ = try await serving.library.save(
                QueryContent(
                    id: id, sql: checked.text, request: checked.request?.columns, canonicalDigest: CanonicalForm.digest(form), createdAt: Date(),
                    createdBy: principal.name))
            var binding = prepared.served.binding(for: key, keys: prepared.keys, isServable: prepared.failure == nil, report: report)
            binding.certificate = certificate
            try await serving.library.catalog.save(binding)
            return (prepared, certificate, report)
        }
        var record: NameRecord?
        if let name {
            record = try await serving.library.assign(NameDraft(project: project, name: name, queryID: id, etlID: nil, owner: principal.name))
        }
        var realtime: [JSONValue.Member] = [
            .init("servable", .bool(prepared.failure == nil)), .init("reasons", .array(prepared.obstacles.map(\.json))),
        ]
        if !report.suggestedIndexes.isEmpty { realtime.append(.init("suggested_indexes", .array(report.suggestedIndexes.map { .string($0) }))) }
        if let certificate { realtime.append(.init("certificate", certificate.json)) }
        return Saved(id: id, name: record, keys: report.keys, realtime: .object(realtime))
    }
}
