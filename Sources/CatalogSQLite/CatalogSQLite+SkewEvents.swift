public import Catalog
import EmbeddedSQL
public import FeatureModel

extension CatalogSQLite {
    public func record(_ event: SkewEvent) async throws {
        let document = try documents.encode(event)
        try await file.write { connection in
            try connection.run(
                "INSERT INTO skew_events (project, query_id, at, document) VALUES (?, ?, ?, ?)",
                [.text(event.project), .text(event.queryID), .int(Timestamp.milliseconds(of: event.at)), .document(document)])
            if trimSchedule.isDue(event.project) { try trim(event.project, connection) }
        }
    }

    public func skewEvents(project: ObjectName, query: QueryID?, limit: Int) async throws -> [SkewEvent] {
        guard limit > 0 else { return [] }
        let ofQuery: (condition: String, values: [Value]) = query.map { (" AND query_id = ?", [.text($0)]) } ?? ("", [])
        let sql = "SELECT document FROM skew_events WHERE project = ?\(ofQuery.condition) ORDER BY at DESC, sequence DESC LIMIT ?"
        return try await file.read { connection in
            try connection.documents(sql, [.text(project)] + ofQuery.values + [.number(limit)]).map {
                try documents.decode(from: $0, key: "in the list of \(project)")
            }
        }
    }

    /// Deletes what is older than the newest `retainedSkewEvents` of the project.
    private func trim(_ project: ObjectName, _ connection: Connection) throws {
        try connection.run(
            """
            DELETE FROM skew_events WHERE project = ?1 AND at < (
                SELECT at FROM skew_events WHERE project = ?1 ORDER BY at DESC, sequence DESC LIMIT 1 OFFSET ?2)
            """, [.text(project), .number(retainedSkewEvents - 1)])
    }
}
