public import Catalog
import EmbeddedSQL
public import FeatureModel

extension CatalogSQLite {
    public func save(_ binding: Binding) async throws {
        let document = try documents.encode(binding)
        try await file.write { connection in
            try connection.run(
                """
                INSERT INTO bindings (project, query_id, etl_id, document) VALUES (?, ?, ?, ?)
                ON CONFLICT (project, query_id, etl_id) DO UPDATE SET document = excluded.document
                """, [.text(binding.project), .text(binding.queryID), .text(binding.etlID), .document(document)])
        }
    }

    public func binding(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Binding? {
        try await file.read { connection in
            let sql = "SELECT document FROM bindings WHERE project = ? AND query_id = ? AND etl_id = ?"
            return try connection.document(sql, [.text(project), .text(query), .text(etl)]).map {
                try documents.decode(from: $0, key: "of query \(query)")
            }
        }
    }

    public func bindings() async throws -> [Binding] {
        try await file.read { connection in
            try connection.documents("SELECT document FROM bindings ORDER BY project, query_id, etl_id", []).map {
                try documents.decode(from: $0, key: "in the list")
            }
        }
    }
}
