import Catalog
import FeatureModel
import Foundation
import Synchronization

/// Tells what was saved in the database, by the revisions of its documents. Works on every kind of deployment, also where there are no change
/// streams, and continues where it was after any interruption.
final class MongoWatch: CatalogWatch {
    /// A write may become readable after one with a later revision. So each look goes back to where it was a moment ago, and now and then to
    /// where it was longer ago, for one that took very long.
    private static let overlap = Duration.milliseconds(200), longOverlap = Duration.seconds(10)
    private static let looksPerLongOverlap = 20
    private static let pageSize = 1_000

    private static let collections: [MongoCollection] = [.names, .bindings, .baselines]

    private struct State {
        /// The newest revision that was known, and since when; as far back as the long overlap needs.
        var newest: [(revision: MongoRevision, since: ContinuousClock.Instant)] = []
        /// The revisions that were told, of documents that may be found once more.
        var told: [String: MongoRevision] = [:]
        var looks = 0

        /// What was the newest one that long ago.
        func newest(before moment: ContinuousClock.Instant) -> MongoRevision {
            (newest.last { $0.since <= moment } ?? newest.first)?.revision ?? .first
        }
    }

    private struct Found: Decodable {
        let _id: ObjectID
        let project: ObjectName
        let name: ObjectName?
        let queryID: QueryID
        let etlID: ETLID?
        /// Of a baseline.
        let number: Int?
        let revision: MongoRevision

        var change: CatalogChange {
            if let name { return .name(name, project: project) }
            let key = BindingKey(project: project, query: queryID, etl: etlID)
            return number == nil ? .binding(key) : .baselines(key)
        }

        struct ObjectID: Decodable {
            let hex: String
            private enum CodingKeys: String, CodingKey { case hex = "$oid" }
        }
    }

    private let clients: MongoClients
    private let documents = StoredDocument(dates: .extendedJSON)
    private let state = Mutex(State())

    init(_ clients: MongoClients) { self.clients = clients }

    func changes() async throws -> Set<CatalogChange> {
        let now = ContinuousClock.now
        let (isFirst, isLong, bound) = state.withLock { state in
            let isLong = state.looks.isMultiple(of: Self.looksPerLongOverlap)
            return (state.newest.isEmpty, isLong, state.newest(before: now - (isLong ? Self.longOverlap : Self.overlap)))
        }
        let (start, found) = try await clients.run { [self] session in
            let bound = isFirst ? try newest(session).earlier(bySeconds: UInt32(Self.longOverlap / .seconds(1))) : bound
            return (bound, try written(after: bound, session))
        }
        return state.withLock { state in
            if isFirst { state.newest = [(start, now - Self.longOverlap)] }
            var changes: Set<CatalogChange> = []
            for document in found where state.told.updateValue(document.revision, forKey: document._id.hex) != document.revision {
                changes.insert(document.change)
            }
            let newest = found.last?.revision ?? .first
            if newest > state.newest.last?.revision ?? .first { state.newest.append((newest, now)) }
            if isLong {
                let settled = state.newest(before: now - Self.longOverlap)
                state.newest.removeAll { $0.revision < settled }
                state.told = state.told.filter { $0.value > settled }
            }
            state.looks += 1
            return isFirst ? [] : changes
        }
    }

    private func newest(_ session: MongoSession) throws -> MongoRevision {
        try Self.collections.flatMap { collection in
            try session.find(collection, Self.after(.first), members: Self.members, sort: [MongoRevision.member: -1], limit: 1)
        }.map { try documents.decode(Found.self, from: $0).revision }.max() ?? .first
    }

    /// By revision. One question for all collections: it is asked so often that most of what it costs is that it is asked.
    private func written(after bound: MongoRevision, _ session: MongoSession) throws -> [Found] {
        var found: [Found] = []
        while true {
            let own: [JSONValue] = [["$match": Self.after(found.last?.revision ?? bound)], ["$project": Self.members]]
            let others = Self.collections.dropFirst().map { ["$unionWith": ["coll": .string($0.rawValue), "pipeline": .array(own)]] as JSONValue }
            let page = try session.aggregate(
                Self.collections[0], own + others + [["$sort": [MongoRevision.member: 1]], ["$limit": JSONValue(Self.pageSize)]])
            found += try page.map { try documents.decode(Found.self, from: $0) }
            if page.count < Self.pageSize { return found }
        }
    }

    private static func after(_ bound: MongoRevision) -> JSONValue { [MongoRevision.member: ["$gt": bound.json]] }

    private static let members: JSONValue = ["project": 1, "name": 1, "queryID": 1, "etlID": 1, "number": 1, "revision": 1]
}
