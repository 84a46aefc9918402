public import Catalog
import EmbeddedSQL
public import FeatureModel

extension CatalogSQLite {
    public func append(_ draft: BaselineDraft, query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline {
        try await file.write { connection in
            let newest = try newest(query: query, etl: etl, project: project, connection)
            let baseline = Baseline(number: (newest?.number ?? 0) + 1, draft: draft)
            try connection.run(
                "INSERT INTO baselines (project, query_id, etl_id, number, document) VALUES (?, ?, ?, ?, ?)",
                [.text(project), .text(query), .text(etl), .number(baseline.number), .document(try documents.encode(baseline))])
            return baseline
        }
    }

    public func newestBaseline(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline? {
        try await file.read { try newest(query: query, etl: etl, project: project, $0) }
    }

    private func newest(query: QueryID, etl: ETLID?, project: ObjectName, _ connection: Connection) throws -> Baseline? {
        let sql = "SELECT document FROM baselines WHERE project = ? AND query_id = ? AND etl_id = ? ORDER BY number DESC LIMIT 1"
        return try connection.document(sql, [.text(project), .text(query), .text(etl)]).map {
            try documents.decode(from: $0, key: "of query \(query)")
        }
    }
}
