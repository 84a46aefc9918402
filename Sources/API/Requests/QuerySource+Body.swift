import Extraction
import FeatureModel
import Foundation

extension Body {
    /// Exactly one of `query` (where it is allowed), `query_id` and `name`; a name may carry a version: `name@3`.
    func querySource(allowingText: Bool) throws -> QuerySource {
        var found: [QuerySource] = []
        if allowingText, let text = try string("query") { found.append(.text(text, request: try requestColumns("request"))) }
        if let id = try queryID("query_id") { found.append(.id(id)) }
        if let name = try string("name") { found.append(try Self.versioned(name)) }
        guard found.count == 1 else {
            let fields = allowingText ? "query, query_id or name" : "query_id or name"
            throw APIError(.badField, found.isEmpty ? "no query is given" : "more than one query is given", hint: "give one of \(fields)\(allowingText ? "; a new name is given as query_name" : "")")
        }
        return found[0]
    }

    /// One of `etl_path`, `etl_id` and `etl_source`, or none. An `etl_path` of 24 hexadecimal digits is an id.
    func etlSource() throws -> ETLSource? {
        var found: [ETLSource] = []
        if let path = try string("etl_path") { found.append(ETLID(path).map(ETLSource.id) ?? .path(path)) }
        if let id = try etlID("etl_id") { found.append(.id(id)) }
        if let text = try string("etl_source") { found.append(.text(text)) }
        guard found.count <= 1 else { throw APIError(.badField, "more than one ETL is given", hint: "give one of etl_path, etl_id or etl_source") }
        return found.first
    }

    /// `{name: type}`: the values that a query reads from the call.
    func requestColumns(_ name: String) throws -> [RequestColumn]? {
        guard let value = value(name) else { return nil }
        guard let members = value.object, (1...Self.mostRequestColumns).contains(members.count) else {
            throw APIError(
                .badField, "'\(name)' must be an object of 1 to \(Self.mostRequestColumns) columns and their types",
                hint: "\"\(name)\": {\"amount\": \"numeric(12,2)\", \"at\": \"timestamptz\"}")
        }
        return try members.map { member in
            guard !member.key.isEmpty, member.key.utf8.count <= 63, !member.key.utf8.contains(0) else {
                throw APIError(.badField, "'\(name)' has a column that no PostgreSQL table can have", hint: "names hold 1 to 63 bytes")
            }
            guard let text = member.value.string, let type = PostgresType(named: text) else {
                throw APIError(
                    .badField, "the type of '\(name).\(member.key)' is none that a call's value can have",
                    hint: "boolean, smallint, integer, bigint, numeric, numeric(p,s) of at most 18 digits, real, double precision, text, varchar(n), uuid, date, time, "
                        + "timestamp, timestamptz, interval, bytea")
            }
            return RequestColumn(name: member.key, type: type)
        }
    }

    private static let mostRequestColumns = 200

    /// An id, a name, or `name@version`, as a path has it.
    static func reference(_ part: String) throws -> QuerySource {
        let text = part.removingPercentEncoding ?? part
        return if let id = QueryID(text) { .id(id) } else { try versioned(text) }
    }

    private static func versioned(_ text: String) throws -> QuerySource {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = try name(String(parts[0]), field: "name")
        guard parts.count == 2 else { return .name(name, version: nil) }
        guard let version = Int(parts[1]), version > 0 else { throw APIError(.badField, "the version behind '@' must be a whole number from 1") }
        return .name(name, version: version)
    }
}
