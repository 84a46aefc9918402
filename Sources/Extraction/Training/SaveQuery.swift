import Catalog
import FeatureModel
import Foundation
import Realtime
import SQLDialect

/// Saves a checked query and says what it is good for: its keys, and whether it can be served.
struct SaveQuery: Sendable {
    let serving: Serving
    let identity: IdentityKey

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
        requireRealtime: Bool
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
        let report = try await prepare(key, analysed: analysed, entityKey: entityKey)
        if requireRealtime, !report.obstacles.isEmpty { throw ServedStatement.notServable(report.obstacles) }

        _ = try await serving.library.save(
            QueryContent(
                id: id, sql: checked.text, canonicalDigest: CanonicalForm.digest( form), createdAt: Date(), createdBy: principal.name))
        try await serving.library.catalog.save(report.served.binding(for: key, keys: report.keys, isServable: report.obstacles.isEmpty))
        var record: NameRecord?
        if let name {
            record = try await serving.library.assign(NameDraft(project: project, name: name, queryID: id, etlID: nil, owner: principal.name))
        }
        return Saved(
            id: id, name: record, keys: try await keyReport(report), realtime: ["servable": .bool(report.obstacles.isEmpty), "reasons": .array(report.obstacles.map(\.json))])
    }

    private struct Report {
        let served: ServedStatement
        let keys: [[String]]
        let obstacles: [Obstacle]
    }

    /// Makes the mirrors, then plan and index for the declared key, or for those that reach a key or an index of a base table.
    private func prepare(_ key: Serving.Key, analysed: AnalysedStatement, entityKey: [String]?) async throws -> Report {
        let served = try await serving.remember(analysed, queryColumns: analysed.schema, for: key)
        guard served.analysed.obstacles.isEmpty, let compiler = served.analysed.compiler else {
            return Report(served: served, keys: entityKey.map { [$0] } ?? [], obstacles: served.analysed.obstacles)
        }
        let wanted = entityKey.map { [$0] } ?? Array(compiler.candidateKeys().prefix(ServedStatement.maximumKeys / 4))
        do {
            if wanted.isEmpty { _ = try await served.compile(key: []) }
            for key in wanted { _ = try await served.lookup(by: key, patience: nil) }
        } catch let error as ExtractionError where error.kind == .notServable {
            return Report(served: served, keys: wanted, obstacles: error.obstacles)
        } catch let error as RealtimeError where error.kind == .notMirrorable {
            return Report(served: served, keys: wanted, obstacles: [Obstacle(construct: error.message, hint: error.hint ?? error.reason)])
        }
        return Report(served: served, keys: wanted, obstacles: [])
    }

    /// Every output column, and whether a lookup by it reaches its rows without visiting all others'.
    private func keyReport(_ report: Report) async throws -> JSONValue {
        var items: [JSONValue] = []
        for field in report.served.analysed.schema.fields {
            var members: [JSONValue.Member] = [.init("column", .string(field.name)), .init("type", .string(field.type.description))]
            let reason = if let obstacle = report.obstacles.first { "not servable: \(obstacle.construct)" as String? } else { try await whyNotLocal(field.name, report.served) }
            members.append(.init("local", .bool(reason == nil)))
            if let reason { members.append(.init("reason", .string(reason))) }
            items.append(.object(members))
        }
        return .array(items)
    }

    /// A key is local if every base table is reached through columns that the key, or a row it found, is equal to.
    /// Where the lookup is prepared, its plan decides.
    private func whyNotLocal(_ column: String, _ served: ServedStatement) async throws -> String? {
        if let lookup = served.preparedLookup(by: [column]) { return lookup.visitsFewRows ? nil : "its plan reads every row of a table" }
        do {
            let statement = try await served.compile(key: [column])
            let reached = Set(statement.wantedIndexes.map(\.table))
            return statement.tables.first { !reached.contains($0) }.map { "the key does not reach table \($0), so a lookup reads all of its rows" }
        } catch let error as ExtractionError where error.kind == .notServable {
            return error.obstacles.first?.construct ?? error.message
        }
    }
}
