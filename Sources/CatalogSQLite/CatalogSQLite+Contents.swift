public import Catalog
import EmbeddedSQL
public import FeatureModel

extension CatalogSQLite {
    /// The table of a kind of content.
    private enum Table: String { case queries, etls }

    public func insert(_ query: QueryContent) async throws -> QueryContent { try await insert(query, into: .queries) }
    public func insert(_ etl: ETLContent) async throws -> ETLContent { try await insert(etl, into: .etls) }

    public func query(_ id: QueryID) async throws -> QueryContent? { try await content(id.hex, in: .queries) }
    public func etl(_ id: ETLID) async throws -> ETLContent? { try await content(id.hex, in: .etls) }

    public func queries(limit: Int, after: QueryID?) async throws -> [QueryContent] {
        try await contents(of: .queries, limit: limit, after: after?.hex)
    }

    public func etls(limit: Int, after: ETLID?) async throws -> [ETLContent] {
        try await contents(of: .etls, limit: limit, after: after?.hex)
    }

    private func insert<Content: CatalogContent>(_ content: Content, into table: Table) async throws -> Content {
        let document = try documents.encode(content)
        return try await file.write { connection in
            if let stored: Content = try find(content.idHex, in: table, connection) { return try content.agreeing(with: stored) }
            let values: [Value] = [.text(content.idHex), .int(Timestamp.milliseconds(of: content.createdAt)), .document(document)]
            try connection.run("INSERT INTO \(table.rawValue) (id, created_at, document) VALUES (?, ?, ?)", values)
            return content
        }
    }

    private func content<Content: CatalogContent>(_ id: String, in table: Table) async throws -> Content? {
        try await file.read { try find(id, in: table, $0) }
    }

    private func find<Content: CatalogContent>(_ id: String, in table: Table, _ connection: Connection) throws -> Content? {
        try connection.document("SELECT document FROM \(table.rawValue) WHERE id = ?", [.text(id)]).map { try documents.decode(from: $0, key: id) }
    }

    private func contents<Content: CatalogContent>(of table: Table, limit: Int, after: String?) async throws -> [Content] {
        guard limit > 0 else { return [] }
        var condition = "true"
        var values: [Value] = []
        if let after {
            condition = "(created_at, id) < (SELECT created_at, id FROM \(table.rawValue) WHERE id = ?)"
            values = [.text(after)]
        }
        let sql = "SELECT document FROM \(table.rawValue) WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT ?"
        values.append(.number(limit))
        return try await file.read { [values] in
            try $0.documents(sql, values).map { try documents.decode(from: $0, key: "in the list") }
        }
    }
}
