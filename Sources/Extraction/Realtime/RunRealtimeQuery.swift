import Catalog
import FeatureModel
import Formats

/// Answers a saved query for one entity or several from the realtime store.
public struct RunRealtimeQuery: Sendable {
    let serving: Serving
    let lookUp: LookUp

    /// `{"data": [row, …]}`, each row as `row_to_json` writes it; for several entities `{"results": […]}`.
    public func run(_ request: RealtimeRequest) async throws -> [UInt8] {
        let id = try await serving.library.id(of: request.query, project: request.project).query
        let statement = try await serving.statement(.init(project: request.project, query: id, etl: nil))
        let encoder = try statement.encoder(for: request.columns)
        guard request.wantsMeta else { return try await lookUp.answer(statement, request, as: encoder) }
        let rows = try await lookUp.many(statement, request)
        let meta = try await Lineage(library: serving.library).describe(
            request, query: id, etl: nil, statement: statement, schema: statement.analysed.schema, baseline: nil, rows: rows)
        return await RealtimeAnswer.body(request.entities, rows, encoder: encoder, meta: meta)
    }
}
