import Catalog
import ETL
import FeatureModel
import Formats
import Realtime
import Skew

/// Answers a query with an ETL for one entity or several, and refuses (or warns) when what it gives is not what was trained on.
public struct ExtractRealtime: Sendable {
    let serving: Serving
    let loading: LoadETL
    let lookUp: LookUp
    let runtime: any ETLRuntime
    let etlLimits: ETLLimits
    let watch: SkewWatch

    /// What a call is answered with.
    public struct Answer: Sendable {
        public let json: [UInt8]
        /// Time spent in `extract()` itself, in all of the call's; nil without Python.
        public var extractSeconds: Double?
    }

    public func run(_ request: RealtimeRequest) async throws -> Answer {
        let ids = try await serving.library.id(of: request.query, project: request.project)
        let etl = try await self.etl(request, named: ids.etl)
        guard let baseline = try await serving.library.newestBaseline(query: ids.query, etl: etl.id, project: request.project) else {
            throw ExtractionError(
                .noBaseline, "query \(ids.query) with ETL \(etl.id) has no baseline in project '\(request.project)'",
                hint: "train it first: POST /v1.0/extract/train?save=true")
        }
        let pair = SkewWatch.Pair(project: request.project, query: ids.query, etl: etl.id, principal: request.principal)
        let query = try await serving.statement(.init(project: request.project, query: ids.query, etl: nil))
        let check = { (served: [SkewWatch.Served]) in
            try watch.check(pair, baseline: baseline, input: query.analysed.schema, served: served, warn: request.warnOnSkew)
        }
        let lineage = { (statement: ServedStatement, schema: Schema, rows: KeyedRows) in
            guard request.wantsMeta else { return JSONValue?.none }
            return try await Lineage(library: serving.library).describe(
                request, query: ids.query, etl: etl.id, statement: statement, schema: schema, baseline: baseline, rows: rows)
        }
        switch etl.language {
        case .python:
            let trained = baseline.draft.schema
            _ = try ColumnSelection.places(of: request.columns, in: trained)
            let program = ETLProgram(id: etl.id, source: etl.source)
            if case .one = request.entities, !request.wantsMeta {
                let output = try await runtime.extract(program, from: try await lookUp.one(query, request), limits: etlLimits)
                let warnings = try check([output.served])
                return Answer(
                    json: RealtimeAnswer.body(output.frames, encoder: Self.encoder(output.schema, request), warnings: warnings),
                    extractSeconds: output.extractSeconds)
            }
            let rows = try await lookUp.many(query, request)
            let outputs = try await ExtractEach(runtime: runtime, program: program, limits: etlLimits, isMany: request.entities.isMany).run(rows)
            let warnings = try check(outputs.map(\.served))
            let json = await RealtimeAnswer.body(
                request.entities, outputs.map(\.frames), encoders: Self.encoders(outputs.map(\.schema), request), warnings: warnings,
                meta: try await lineage(query, trained, rows))
            return Answer(json: json, extractSeconds: outputs.reduce(0) { $0 + $1.extractSeconds })
        case .sql:
            let statement = try await serving.statement(.init(project: request.project, query: ids.query, etl: etl.id))
            let schema = statement.analysed.schema, encoder = try statement.encoder(for: request.columns)
            if !request.wantsMeta, SkewWatch.agree(baseline, input: query.analysed.schema, output: schema) {
                return Answer(json: try await lookUp.answer(statement, request, as: encoder))
            }
            let rows = try await lookUp.many(statement, request)
            let warnings = try check([.init(schema: schema, frames: rows.frames)])
            return Answer(
                json: await RealtimeAnswer.body(request.entities, rows, encoder: encoder, warnings: warnings, meta: try await lineage(statement, schema, rows)))
        }
    }

    private static func encoder(_ schema: Schema, _ request: RealtimeRequest) -> JSONRowEncoder {
        JSONRowEncoder(schema: schema, columns: ColumnSelection.presentPlaces(of: request.columns, in: schema))
    }

    /// One for each schema, which as a rule is the same for all.
    private static func encoders(_ schemas: [Schema], _ request: RealtimeRequest) -> [JSONRowEncoder] {
        var made: [Schema: JSONRowEncoder] = [:]
        return schemas.map { schema in
            if let encoder = made[schema] { return encoder }
            let encoder = encoder(schema, request)
            made[schema] = encoder
            return encoder
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

extension ETLOutput {
    fileprivate var served: SkewWatch.Served { .init(schema: schema.observingNulls(in: frames), frames: frames) }
}
