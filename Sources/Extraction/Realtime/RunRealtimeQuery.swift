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
        switch request.entities {
        case .one:
            let rows = try await lookUp.one(statement, request)
            return RealtimeAnswer.body([rows], encoder: statement.encoder)
        case .many(let entities):
            let rows = try await lookUp.many(statement, request)
            return RealtimeAnswer.body(entities, rows, encoder: statement.encoder, warnings: [])
        }
    }
}
