public import Catalog
public import FeatureModel
import Foundation

extension CatalogMongo {
    public func record(_ event: SkewEvent) async throws {
        let head = JSONValue.object([.init("_id", .newObjectID())]).utf8.dropLast() + Array(",".utf8)
        let document = head + (try documents.encode(event)).dropFirst()
        try await clients.run { session in
            do {
                try session.insert(document, into: .skewEvents)
            } catch let failure as MongoFailure where failure.isDuplicateKey {
                // The attempt before had arrived.
            }
            if trimSchedule.isDue(event.project) { try trim(event.project, session) }
        }
    }

    public func skewEvents(project: ObjectName, query: QueryID?, limit: Int) async throws -> [SkewEvent] {
        guard limit > 0 else { return [] }
        var members: [JSONValue.Member] = [.init("project", .string(project.text))]
        if let query { members.append(.init("queryID", .string(query.hex))) }
        let filter = JSONValue.object(members)
        return try await clients.run { session in
            try session.find(.skewEvents, filter, sort: ["at": -1, "_id": -1], limit: limit).map {
                try documents.decode(from: $0, key: "in the list of \(project)")
            }
        }
    }

    /// Deletes what is older than the newest `retainedSkewEvents` of the project.
    private func trim(_ project: ObjectName, _ session: MongoSession) throws {
        let ofProject: JSONValue = ["project": .string(project.text)]
        let oldestKept = try session.find(.skewEvents, ofProject, sort: ["at": -1, "_id": -1], skip: retainedSkewEvents - 1, limit: 1).first
        guard let oldestKept else { return }
        let at = try documents.decode(SkewEvent.self, from: oldestKept, key: "in the list of \(project)").at
        let date = JSONValue.date(milliseconds: Timestamp.milliseconds(of: at))
        try session.delete(["project": .string(project.text), "at": ["$lt": date]], from: .skewEvents)
    }
}
