public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
    public func save(_ binding: Binding) async throws {
        let document = MongoRevision.stamped(try documents.encode(binding))
        let filter = Self.filter(query: binding.queryID, etl: binding.etlID, project: binding.project)
        try await clients.run { try $0.replace(document, where: filter, in: .bindings) }
    }

    public func binding(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Binding? {
        try await clients.run { session in
            try session.find(.bindings, Self.filter(query: query, etl: etl, project: project), limit: 1).first.map {
                try documents.decode(from: $0, key: "of query \(query)")
            }
        }
    }

    public func bindingKeys() async throws -> [BindingKey] {
        try await clients.run { session in
            let key: JSONValue = ["project": 1, "queryID": 1, "etlID": 1]
            let members: JSONValue = ["project": 1, "queryID": 1, "etlID": 1, "_id": 0]
            return try session.find(.bindings, .object([]), members: members, sort: key).map { document in
                let found = try documents.decode(KeyMembers.self, from: document)
                return BindingKey(project: found.project, query: found.queryID, etl: found.etlID)
            }
        }
    }

    private struct KeyMembers: Decodable {
        let project: ObjectName
        let queryID: QueryID
        let etlID: ETLID?
    }

    public func bindingsByDefinitions() async throws -> [Binding] {
        try await clients.run { session in
            // Each look finds its place in the index, past all bindings of the digest before.
            var found: [Binding] = []
            while true {
                let filter: JSONValue = ["isServable": true, "definitionsDigest": ["$gt": .string(found.last?.definitionsDigest ?? "")]]
                guard let document = try session.find(.bindings, filter, sort: ["definitionsDigest": 1], limit: 1).first else { return found }
                found.append(try documents.decode(from: document, key: "in the list"))
            }
        }
    }

    /// A document without an ETL has no `etlID`, which MongoDB finds, and keeps unique, as null.
    static func filter(query: QueryID, etl: ETLID?, project: ObjectName) -> JSONValue {
        ["project": .string(project.text), "queryID": .string(query.hex), "etlID": JSONValue(etl?.hex)]
    }
}
