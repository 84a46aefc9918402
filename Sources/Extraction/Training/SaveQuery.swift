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
        requireRealtime: Bool, options: ServingOptions
    ) async throws -> Saved {
        if let unknown = entityKey?.first(where: { analysed.schema.index(of: $0) == nil }) {
            throw ExtractionError(
                .unknownIndexKey, "entity_key '\(unknown)' is no output column of this query",
                hint: "the output columns are \(analysed.schema.names.joined(separator: ", "))",
                details: ["columns": .array(analysed.schema.names.map { .string($0) })])
        }
        let form = try await DeepStack.run { checked.canonicalForm() }
        let id: QueryID = identity.id(canonicalForm: form)
        let key = Serving.Key(project: project, query: id, etl: nil)
        var prepared = try await prepare(key, analysed: analysed, entityKey: entityKey, options: options)
        let certificate = try await certify(&prepared, checked, key)
        if requireRealtime, let failure = prepared.failure { throw failure }
        let report = try await serving.reporter.report(prepared.served, obstacles: prepared.obstacles)

        _ = try await serving.library.save(
            QueryContent(
                id: id, sql: checked.text, request: checked.request?.columns, canonicalDigest: CanonicalForm.digest( form), createdAt: Date(), createdBy: principal.name))
        var binding = prepared.served.binding(for: key, keys: prepared.keys, isServable: prepared.failure == nil, report: report)
        binding.certificate = certificate
        try await serving.library.catalog.save(binding)
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

    /// A difference that the certificate finds stands in the way.
    private func certify(_ prepared: inout Prepared, _ checked: CheckedQuery, _ key: Serving.Key) async throws -> CertificateRecord? {
        guard prepared.failure == nil else { return nil }
        let text = StatementText(checked)
        guard let certificate = try await certificates.certificate(of: prepared.served, for: key, keys: prepared.keys, text: text) else { return nil }
        if let obstacle = certificate.obstacle {
            prepared = Prepared(
                served: serving.known(key) ?? prepared.served, keys: prepared.keys, failure: ServedStatement.notServable([obstacle]))
        }
        return certificate
    }

    private struct Prepared {
        let served: ServedStatement
        let keys: [[String]]
        /// Why it is not servable.
        var failure: ExtractionError?

        var obstacles: [Obstacle] {
            guard let failure else { return [] }
            return failure.obstacles.isEmpty ? [Obstacle(construct: failure.message, hint: failure.hint ?? failure.reason)] : failure.obstacles
        }
    }

    /// Makes the mirrors, then plan and index for the declared key, or for those that reach a key or an index of a base table: of these one
    /// is enough, and others that cannot be served are left out.
    private func prepare(_ key: Serving.Key, analysed: AnalysedStatement, entityKey: [String]?, options: ServingOptions) async throws -> Prepared {
        let served = try await serving.remember(analysed, queryColumns: analysed.schema, for: key, options: options)
        guard served.analysed.obstacles.isEmpty, let compiler = served.analysed.compiler else {
            return Prepared(served: served, keys: entityKey.map { [$0] } ?? [], failure: ServedStatement.notServable(served.analysed.obstacles))
        }
        let wanted = entityKey.map { [$0] } ?? Array(compiler.candidateKeys().prefix(ServedStatement.maximumKeys / 4))
        var keys: [[String]] = []
        var failures: [ExtractionError] = []
        if wanted.isEmpty, let failure = try await failure(of: { _ = try await served.compile(key: []) }) { failures.append(failure) }
        for key in wanted {
            if let failure = try await failure(of: { _ = try await served.lookup(by: key, patience: nil) }) { failures.append(failure) } else { keys.append(key) }
        }
        return Prepared(served: served, keys: keys.isEmpty ? wanted : keys, failure: keys.isEmpty ? failures.first : nil)
    }

    private func failure(of body: () async throws -> Void) async throws -> ExtractionError? {
        do { try await body() } catch let error as ExtractionError where error.kind == .notServable || error.kind == .keyNotLocal {
            return error
        } catch let error as RealtimeError where error.kind == .notMirrorable {
            return ServedStatement.notServable([Obstacle(construct: error.message, hint: error.hint ?? error.reason)])
        }
        return nil
    }
}
