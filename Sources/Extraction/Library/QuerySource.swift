import Catalog
public import FeatureModel
import SQLDialect

/// How a request names a query.
public enum QuerySource: Sendable, Hashable {
    /// With the types of the values that it reads from the call.
    case text(String, request: [RequestColumn]?)
    case id(QueryID)
    /// `name` or `name@version`.
    case name(ObjectName, version: Int?)
}

extension Library {
    /// The text as saved, and its id where it has one.
    func text(of source: QuerySource, project: ObjectName) async throws -> (sql: String, request: RequestRelation?, id: QueryID?) {
        let found: QueryContent
        switch source {
        case .text(let sql, let request): return (sql, request.map(RequestRelation.init), nil)
        case .id(let id): found = try await query(id)
        case .name(let name, let version): found = try await query(try await self.name(name, version: version, project: project).queryID)
        }
        return (found.sql, found.requestRelation, found.id)
    }

    /// The id a saved query is found by. A text has none: callers ask only for saved ones.
    func id(of source: QuerySource, project: ObjectName) async throws -> (query: QueryID, etl: ETLID?) {
        switch source {
        case .text: throw ExtractionError(.malformedRequest, "a saved query is needed here", hint: "give query_id or name")
        case .id(let id): return (id, nil)
        case .name(let name, let version):
            let record = try await self.name(name, version: version, project: project)
            return (record.queryID, record.etlID)
        }
    }
}
