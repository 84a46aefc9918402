public import Catalog
import EmbeddedSQL
public import FeatureModel

extension CatalogSQLite {
    public func save(_ binding: Binding) async throws {
        let document = try documents.encode(binding)
        try await file.write { connection in
            try connection.run(
                """
                INSERT INTO bindings (project, query_id, etl_id, document, served_definitions) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (project, query_id, etl_id) DO UPDATE SET document = excluded.document, served_definitions = excluded.served_definitions
                """,
                [
                    .text(binding.project), .text(binding.queryID), .text(binding.etlID), .document(document),
                    binding.isServable ? .text(binding.definitionsDigest) : .null,
                ])
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

    public func bindingKeys() async throws -> [BindingKey] {
        try await file.read { connection in
            let statement = try connection.prepare("SELECT project, query_id, etl_id FROM bindings ORDER BY project, query_id, etl_id")
            return try statement.rows { row in
                guard let project = ObjectName(row.string(0)), let query = QueryID(row.string(1)) else {
                    throw CatalogError(.corrupt, "A binding in the catalog has no readable key.")
                }
                return BindingKey(project: project, query: query, etl: ETLID(row.string(2)))
            }
        }
    }

    public func bindingsByDefinitions() async throws -> [Binding] {
        try await file.read { connection in
            // Each look finds its place in the index, past all bindings of the digest before.
            let next = "SELECT document FROM bindings WHERE served_definitions > ? ORDER BY served_definitions LIMIT 1"
            var found: [Binding] = []
            while let document = try connection.document(next, [.text(found.last?.definitionsDigest ?? "")]) {
                found.append(try documents.decode(from: document, key: "in the list"))
            }
            return found
        }
    }
}
