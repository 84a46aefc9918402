import Catalog
import ETL
import FeatureModel
import Formats
import Skew

/// Answers a query with an ETL for one entity, and refuses (or warns) when what it gives is not what was trained on.
public struct ExtractRealtime: Sendable {
    let serving: Serving
    let loading: LoadETL
    let lookUp: LookUp
    let runtime: any ETLRuntime
    let etlLimits: ETLLimits
    let watch: SkewWatch

    public func run(_ request: RealtimeRequest) async throws -> [UInt8] {
        let ids = try await serving.library.id(of: request.query, project: request.project)
        let etl = try await self.etl(request, named: ids.etl)
        guard let baseline = try await serving.library.newestBaseline(query: ids.query, etl: etl.id, project: request.project) else {
            throw ExtractionError(
                .noBaseline, "query \(ids.query) with ETL \(etl.id) has no baseline in project '\(request.project)'",
                hint: "train it first: POST /v1.0/extract/train?save=true")
        }
        let pair = SkewWatch.Pair(project: request.project, query: ids.query, etl: etl.id, principal: request.principal)
        let query = try await serving.statement(.init(project: request.project, query: ids.query, etl: nil))
        let values = try request.keyValues()
        switch etl.language {
        case .python:
            let rows = try await lookUp.rows(query, key: request.indexKey, values: values)
            let output = try await runtime.extract(ETLProgram(id: etl.id, source: etl.source), from: rows, limits: etlLimits)
            let warnings = try watch.check(
                pair, baseline: baseline, input: query.analysed.schema, output: output.schema.observingNulls(in: output.frames), frames: output.frames,
                warn: request.warnOnSkew)
            return RealtimeAnswer.body(output.frames, encoder: JSONRowEncoder(schema: output.schema), warnings: warnings)
        case .sql:
            let statement = try await serving.statement(.init(project: request.project, query: ids.query, etl: etl.id))
            let rows = try await lookUp.rows(statement, key: request.indexKey, values: values)
            let warnings = try watch.check(
                pair, baseline: baseline, input: query.analysed.schema, output: statement.analysed.schema, frames: [rows], warn: request.warnOnSkew)
            return RealtimeAnswer.body([rows], encoder: statement.encoder, warnings: warnings)
        }
    }

    /// By id from memory; by path the source is read again, and must be one that was saved.
    private func etl(_ request: RealtimeRequest, named: ETLID?) async throws -> ETLContent {
        switch request.etl {
        case .id(let id): return try await serving.library.etl(id)
        case .path, .text: return try await serving.library.etl(loading.load(request.etl!).id)
        case nil:
            guard let named else {
                throw ExtractionError(.malformedRequest, "no ETL is named", hint: "give etl_id or etl_path, or the name of a query saved with an ETL")
            }
            return try await serving.library.etl(named)
        }
    }
}
