public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
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

    private func insert<Content: CatalogContent>(_ content: Content, into collection: MongoCollection) async throws -> Content {
        let document = try documents.encode(content)
        return try await clients.run { session in
            try session.insertIfAbsent(document, where: ["_id": .objectID(content.idHex)], into: collection)
            guard let stored: Content = try find(content.idHex, in: collection, session) else { throw Self.vanished(Content.documentName) }
            return try content.agreeing(with: stored)
        }
    }

    private func content<Content: CatalogContent>(_ id: String, in collection: MongoCollection) async throws -> Content? {
        try await clients.run { try find(id, in: collection, $0) }
    }

    private func find<Content: CatalogContent>(_ id: String, in collection: MongoCollection, _ session: MongoSession) throws -> Content? {
        try session.find(collection, ["_id": .objectID(id)], limit: 1).first.map { try documents.decode(from: $0, key: id) }
    }

    private func contents<Content: CatalogContent>(of collection: MongoCollection, limit: Int, after: String?) async throws -> [Content] {
        guard limit > 0 else { return [] }
        return try await clients.run { session in
            var filter: JSONValue = .object([])
            if let after {
                guard let last: Content = try find(after, in: collection, session) else { return [] }
                let date = JSONValue.date(milliseconds: Timestamp.milliseconds(of: last.createdAt))
                filter = ["$or": [["createdAt": ["$lt": date]], ["createdAt": date, "_id": ["$lt": .objectID(after)]]]]
            }
            return try session.find(collection, filter, sort: ["createdAt": -1, "_id": -1], limit: limit).map {
                try documents.decode(from: $0, key: "in the list")
            }
        }
    }
}
