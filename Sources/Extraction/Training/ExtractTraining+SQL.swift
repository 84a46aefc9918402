import Catalog
import FeatureModel
import Foundation
import SQLDialect
import Warehouse

/// A SQL ETL and its query are one statement: in the warehouse, in the realtime store, and in its certificate.
extension ExtractTraining {
    func runSQL(_ request: Request, query: QueryContent, etl: LoadedETL) async throws -> AnswerStream {
        let limits = try limits.giving(request.requestRows, to: query.requestRelation, checkedBy: serving.store)
        let analysed = try await serving.analysed(query.sql, etl: etl.source, request: query.requestRelation)
        guard request.save else {
            let rows = try await warehouse.jsonRows(of: analysed.statement.trainingSQL, limits: limits)
            return AnswerStream.rows(rows, head: [.init("etl_id", savedID(request, etl))])
        }
        let rowCount = try await count(analysed.statement.trainingSQL, limits)
        let draft = BaselineDraft(
            schema: analysed.statement.schema, inputSchema: analysed.query.schema, rowCount: rowCount, runtime: nil, createdAt: Date(),
            createdBy: request.principal.name)
        let head = try await save(request, query: query, etl: etl, draft: draft)
        let text = try await StatementText(query.sql, etl: etl.source, request: query.requestRelation, policy: serving.analyse.policy)
        let realtime = try await serve(
            analysed.statement, keyColumns: analysed.query.schema, text, as: Serving.Key(project: request.project, query: query.id, etl: etl.id))
        let rows = try await warehouse.jsonRows(of: analysed.statement.trainingSQL, limits: limits)
        return AnswerStream.rows(rows, head: head + realtime)
    }

    /// Prepares and certifies the statement for the keys that its query is asked by, saves what it is good for, and answers that: `keys` and `realtime`.
    private func serve(_ analysed: AnalysedStatement, keyColumns: Schema, _ text: StatementText, as key: Serving.Key) async throws -> [JSONValue.Member] {
        try await serving.openBindings.saving(key) {
            let plain = serving.known(.init(project: key.project, query: key.query, etl: nil))
            var prepared = try await serving.prepare(
                analysed, queryColumns: keyColumns, for: key, by: plain?.preparedKeys ?? [], options: plain?.options ?? ServingOptions())
            let certificate = try await certificates.certify(&prepared, for: key, text: text)
            let report = try await serving.reporter.report(prepared.served, obstacles: prepared.obstacles)
            var binding = prepared.served.binding(for: key, keys: prepared.keys, isServable: prepared.failure == nil, report: report)
            binding.certificate = certificate
            try await serving.library.catalog.save(binding)
            return [.init("keys", report.keys), .init("realtime", .realtime(prepared.obstacles, certificate))]
        }
    }

    /// How many rows the baseline stands for; the warehouse counts them, so that no answer has to be held back.
    private func count(_ sql: String, _ limits: RunLimits) async throws -> Int {
        var total = 0
        let rows = try await warehouse.jsonRows(of: "SELECT count(*) AS n FROM (\n\(sql)\n) AS counted", limits: limits)
        for try await batch in rows {
            total = (try? JSONReader.read(batch.bytes))?["n"]?.int ?? total
        }
        try Task.checkCancellation()
        return total
    }
}
