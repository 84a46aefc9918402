public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
    public func assign(_ draft: NameDraft) async throws -> NameRecord {
        try await clients.run { session in
            // Each round that fails to take a version means that somebody else took it.
            for _ in 0..<MongoClients.queueLimit {
                let newest = try newest(draft.name, project: draft.project, session)
                if let newest, newest.queryID == draft.queryID, newest.etlID == draft.etlID { return newest }
                let record = NameRecord(draft, version: (newest?.version ?? 0) + 1, createdAt: Date())
                do {
                    try session.insert(MongoRevision.stamped(try documents.encode(record)), into: .names)
                    return record
                } catch let failure as MongoFailure where failure.isDuplicateKey {
                    continue
                }
            }
            throw Self.tooManyAtOnce("the name \(draft.name)")
        }
    }

    public func name(_ name: ObjectName, version: Int?, project: ObjectName) async throws -> NameRecord? {
        try await clients.run { session in
            guard let version else { return try newest(name, project: project, session) }
            let filter: JSONValue = ["project": .string(project.text), "name": .string(name.text), "version": JSONValue(version)]
            return try session.find(.names, filter, limit: 1).first.map { try documents.decode(from: $0, key: "\(name)@\(version)") }
        }
    }

    public func names(project: ObjectName) async throws -> [NameRecord] {
        try await clients.run { session in
            try session.find(.names, ["project": .string(project.text)], sort: ["name": 1, "version": 1]).map {
                try documents.decode(from: $0, key: "in the list of \(project)")
            }
        }
    }

    private func newest(_ name: ObjectName, project: ObjectName, _ session: MongoSession) throws -> NameRecord? {
        let filter: JSONValue = ["project": .string(project.text), "name": .string(name.text)]
        return try session.find(.names, filter, sort: ["version": -1], limit: 1).first.map { try documents.decode(from: $0, key: name.text) }
    }

    static func tooManyAtOnce(_ what: String) -> CatalogError {
        CatalogError(.unavailable, "The catalog (MongoDB) could not save: others keep changing \(what) at the same moment.")
    }
}
