public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
    public func append(_ draft: BaselineDraft, query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline {
        // One id for all attempts: after a broken connection it tells whether an earlier one arrived.
        let id = JSONValue.newObjectID()
        return try await clients.run { session in
            for _ in 0..<MongoClients.queueLimit {
                if let arrived = try baseline(["_id": id], session) { return arrived }
                let newest = try newest(query: query, etl: etl, project: project, session)
                let baseline = Baseline(number: (newest?.number ?? 0) + 1, draft: draft)
                let key = Self.filter(query: query, etl: etl, project: project)
                do {
                    try session.insert(try document(baseline, key: key, id: id), into: .baselines)
                    return baseline
                } catch let failure as MongoFailure where failure.isDuplicateKey {
                    continue
                }
            }
            throw Self.tooManyAtOnce("the baselines of query \(query)")
        }
    }

    public func newestBaseline(query: QueryID, etl: ETLID?, project: ObjectName) async throws -> Baseline? {
        try await clients.run { try newest(query: query, etl: etl, project: project, $0) }
    }

    private func newest(query: QueryID, etl: ETLID?, project: ObjectName, _ session: MongoSession) throws -> Baseline? {
        try baseline(Self.filter(query: query, etl: etl, project: project), session)
    }

    private func baseline(_ filter: JSONValue, _ session: MongoSession) throws -> Baseline? {
        try session.find(.baselines, filter, sort: ["number": -1], limit: 1).first.map {
            try documents.decode(from: $0, key: filter["queryID"]?.string.map { "of query \($0)" } ?? "just saved")
        }
    }

    /// The baseline's own members after those that it is found by.
    private func document(_ baseline: Baseline, key: JSONValue, id: JSONValue) throws -> [UInt8] {
        let head = JSONValue.object([.init("_id", id)] + (key.object ?? []))
        return head.utf8.dropLast() + Array(",".utf8) + MongoRevision.stamped(try documents.encode(baseline)).dropFirst()
    }
}
