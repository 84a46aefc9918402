import Catalog
import ETL
public import FeatureModel
import Formats
import Foundation
import Realtime
import SQLDialect
import Skew
import Warehouse

/// Runs a saved query and an ETL over all its rows, and saves ETL and baseline if asked to.
public struct ExtractTraining: Sendable {
    public struct Request: Sendable {
        public var query: QuerySource
        public var etl: ETLSource
        /// Rows of `request`, if the query reads one.
        public var requestRows: JSONValue?
        public var name: ObjectName?
        public var project: ObjectName
        public var principal: Principal
        public var save: Bool

        public init(
            query: QuerySource, etl: ETLSource, requestRows: JSONValue? = nil, name: ObjectName?, project: ObjectName, principal: Principal, save: Bool
        ) {
            self.query = query
            self.etl = etl
            self.requestRows = requestRows
            self.name = name
            self.project = project
            self.principal = principal
            self.save = save
        }
    }

    let serving: Serving
    let certificates: CertificateKeeper
    let loading: LoadETL
    let runtime: any ETLRuntime
    let warehouse: any Warehouse
    let limits: RunLimits
    let etlLimits: ETLLimits

    /// `{"etl_id": …, "data": [row, …]}`.
    public func run(_ request: Request) async throws -> AnswerStream {
        let queryID = try await serving.library.id(of: request.query, project: request.project).query
        let query = try await serving.library.query(queryID)
        let etl = try await loading.load(request.etl)
        switch etl.language {
        case .python: return try await runPython(request, query: query, etl: etl)
        case .sql: return try await runSQL(request, query: query, etl: etl)
        }
    }

    // MARK: Python: the rows go to a worker, and all of its answer is in hand before anything is sent

    private func runPython(_ request: Request, query: QueryContent, etl: LoadedETL) async throws -> AnswerStream {
        let limits = try limits.giving(request.requestRows, to: query.requestRelation, checkedBy: serving.store)
        let analysed = try await serving.analysed(query.sql, request: query.requestRelation).query
        let frames = try await warehouse.frames(of: analysed.trainingSQL, schema: analysed.schema, limits: limits)
        let output = try await runtime.extract(
            ETLProgram(id: etl.id, source: etl.source), schema: analysed.schema, from: frames, limits: etlLimits)
        let rowCount = output.frames.reduce(0) { $0 + $1.rowCount }
        var head: [JSONValue.Member] = []
        if request.save {
            let draft = BaselineDraft(
                schema: output.schema.observingNulls(in: output.frames), inputSchema: analysed.schema, rowCount: rowCount, runtime: try await runtime.runtimeDescription(),
                createdAt: Date(), createdBy: request.principal.name)
            head = try await save(request, query: query, etl: etl, draft: draft)
            let key = Serving.Key(project: request.project, query: query.id, etl: nil)
            _ = try await serving.statement(key)
        } else {
            head = [.init("etl_id", savedID(request, etl))]
        }
        let encoder = JSONRowEncoder(schema: output.schema)
        return AnswerStream.rows(
            JSONRowStream { continuation in
                for frame in output.frames {
                    var bytes: [UInt8] = []
                    encoder.append(frame, to: &bytes)
                    continuation.yield(JSONRowBatch(bytes: bytes, rowCount: frame.rowCount))
                }
                continuation.finish()
            }, head: head)
    }

    /// Content first, then what refers to it, so that a crash in between leaves nothing that points nowhere.
    func save(_ request: Request, query: QueryContent, etl: LoadedETL, draft: BaselineDraft) async throws -> [JSONValue.Member] {
        guard draft.rowCount > 0 else {
            throw ExtractionError(
                .emptyBaseline, "the training output has no rows, so it cannot be what serving is compared with",
                hint: "load data first, or run without save=true")
        }
        if case .id = request.etl {} else {
            _ = try await serving.library.save(
                ETLContent(
                    id: etl.id, language: etl.language, source: etl.source, origin: etl.origin, canonicalDigest: CanonicalForm.digest(etl.canonicalForm),
                    createdAt: Date(), createdBy: request.principal.name))
        }
        let baseline = try await serving.library.append(draft, query: query.id, etl: etl.id, project: request.project)
        var head: [JSONValue.Member] = [.init("etl_id", .string(etl.id.hex)), .init("baseline", .init(baseline.number))]
        if let name = request.name {
            let record = try await serving.library.assign(
                NameDraft(project: request.project, name: name, queryID: query.id, etlID: etl.id, owner: request.principal.name))
            head += [.init("name", .string(record.name.text)), .init("version", .init(record.version))]
        }
        return head
    }

    /// Without `save` only an ETL that was saved before has an id to tell.
    func savedID(_ request: Request, _ etl: LoadedETL) -> JSONValue {
        if case .id(let id) = request.etl { .string(id.hex) } else { .null }
    }
}
