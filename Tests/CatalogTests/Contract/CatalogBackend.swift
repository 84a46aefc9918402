import Catalog
import CatalogMongo
import CatalogSQLite
import EmbeddedSQL
import Foundation
import TestServers
import Testing

/// The backends that the contract holds for. A new one is a case here.
enum CatalogBackend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case mongodb = "MongoDB"

    var testDescription: String { rawValue }

    /// A fresh, empty store.
    func store() throws -> CatalogStore {
        switch self {
        case .sqlite: try CatalogStore(.file(TemporaryFolder.make("fscatalog").appending(path: "catalog.sqlite").path))
        case .mongodb: try CatalogStore(.database(TestMongo.shared.freshDatabaseURI()))
        }
    }
}

/// Where a catalog keeps its documents; catalogs opened on one store stand for several processes.
final class CatalogStore: Sendable {
    enum Place: Sendable {
        case file(String)
        case database(String)
    }

    let place: Place

    init(_ place: Place) { self.place = place }

    deinit {
        if case .file(let path) = place { try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent()) }
    }

    func open(retainedSkewEvents: Int = SkewEvent.retained) throws -> any Catalog {
        switch place {
        case .file(let path): try CatalogSQLite(path: path, retainedSkewEvents: retainedSkewEvents)
        case .database(let address): try CatalogMongo(address: address, retainedSkewEvents: retainedSkewEvents)
        }
    }

    /// Gives every document of a kind this format, behind the catalog's back.
    func setFormat(_ format: Int, ofEvery kind: String) throws {
        switch place {
        case .file(let path):
            try Connection(.file(path: path)).execute("UPDATE \(kind) SET document = json_set(document, '$.formatVersion', \(format))")
        case .database(let address):
            let update = #"{"q": {}, "u": {"$set": {"formatVersion": \#(format)}}, "multi": true}"#
            try MongoCommand.run(#"{"update": "\#(kind)", "updates": [\#(update)]}"#, on: address)
        }
    }

    /// Takes a member out of every document of a kind.
    func remove(_ member: String, ofEvery kind: String) throws {
        switch place {
        case .file(let path):
            try Connection(.file(path: path)).execute("UPDATE \(kind) SET document = json_remove(document, '$.\(member)')")
        case .database(let address):
            let update = #"{"q": {}, "u": {"$unset": {"\#(member)": 1}}, "multi": true}"#
            try MongoCommand.run(#"{"update": "\#(kind)", "updates": [\#(update)]}"#, on: address)
        }
    }
}
