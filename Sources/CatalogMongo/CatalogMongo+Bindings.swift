public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
    public func save(_ binding: Binding) async throws {
        let document = try documents.encode(binding)
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

    public func bindings() async throws -> [Binding] {
        try await clients.run { session in
            try session.find(.bindings, .object([]), sort: ["project": 1, "queryID": 1, "etlID": 1]).map {
                try documents.decode(from: $0, key: "in the list")
            }
        }
    }

    /// A document without an ETL has no `etlID`, which MongoDB finds, and keeps unique, as null.
    static func filter(query: QueryID, etl: ETLID?, project: ObjectName) -> JSONValue {
        ["project": .string(project.text), "queryID": .string(query.hex), "etlID": JSONValue(etl?.hex)]
    }
}
