public import Catalog
import FeatureModel
import Foundation

/// The catalog in a MongoDB database, through libmongoc.
///
/// Making one contacts nobody: the first call connects, and creates the indexes that are missing. Calls wait on threads of
/// this catalog's own. A server that is away makes them `unavailable` after the address's `serverSelectionTimeoutMS` (2 s if
/// it names none), one that hangs after its `socketTimeoutMS` (5 s); when it is back, calls work again.
public struct CatalogMongo: Catalog {
    let clients: MongoClients
    let documents = StoredDocument(dates: .extendedJSON)
    let trimSchedule = TrimSchedule()
    let retainedSkewEvents: Int

    /// - Parameters:
    ///   - address: a MongoDB connection string; holds the password, so do not log it.
    ///   - retainedSkewEvents: how many skew events of each project are kept at the least.
    ///
    /// Throws `CatalogError.invalidAddress`, which does not repeat the address.
    public init(address: String, retainedSkewEvents: Int = SkewEvent.retained) throws {
        clients = try MongoClients(try MongoAddress(address))
        self.retainedSkewEvents = retainedSkewEvents
    }

    public func identityKey(ifAbsent candidate: [UInt8]) async throws -> [UInt8] {
        let filter: JSONValue = ["_id": "identity_key"]
        let document = try documents.encode(StoredIdentityKey(candidate))
        return try await clients.run { session in
            try session.insertIfAbsent(document, where: filter, into: .settings)
            guard let stored = try session.find(.settings, filter, limit: 1).first else { throw Self.vanished("identity key") }
            return try documents.decode(StoredIdentityKey.self, from: stored, key: "").bytes
        }
    }

    public func watch() -> any CatalogWatch { MongoWatch(clients) }

    public func ping() async throws {
        try await clients.run(preparing: false) { try $0.read(["ping": 1]) }
    }

    /// Calls that are waiting fail; later ones are `unavailable`.
    public func close() async { clients.close() }

    /// For what was written a moment ago and is not there: somebody deletes documents behind the catalog's back.
    static func vanished(_ what: String) -> CatalogError {
        CatalogError(.corrupt, "The \(what) vanished from the catalog while it was being saved.")
    }
}
