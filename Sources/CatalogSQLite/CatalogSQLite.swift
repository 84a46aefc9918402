public import Catalog
import EmbeddedSQL
import FeatureModel

/// The catalog in one SQLite file, which several processes may share.
///
/// Every save is on the disk (WAL, `synchronous=FULL`) when it returns. Calls run on threads of this catalog's own: one
/// writes, three read beside it, one looks for changes. A lock that another process holds for more than two seconds makes a call `unavailable`.
public struct CatalogSQLite: Catalog {
    let file: SQLiteFile
    let documents = StoredDocument(dates: .text)
    let trimSchedule = TrimSchedule()
    let retainedSkewEvents: Int

    /// Opens the file, or makes it, readable by its owner alone: it holds the identity key. Blocks for the length of that.
    ///
    /// - Parameters:
    ///   - path: of the file; its folder must exist, on a local disk (SQLite's locks do not work on network file systems).
    ///   - retainedSkewEvents: how many skew events of each project are kept at the least.
    ///
    /// Throws `CatalogError`: `corrupt` if the file is no catalog or is of a newer format, `unavailable` if it cannot be opened.
    public init(path: String, retainedSkewEvents: Int = SkewEvent.retained) throws {
        file = try SQLiteFile(path: path)
        self.retainedSkewEvents = retainedSkewEvents
    }

    public func identityKey(ifAbsent candidate: [UInt8]) async throws -> [UInt8] {
        let document = try documents.encode(StoredIdentityKey(candidate))
        return try await file.write { connection in
            try connection.run("INSERT INTO settings (name, document) VALUES ('identity_key', ?) ON CONFLICT DO NOTHING", [.document(document)])
            let stored = try connection.document("SELECT document FROM settings WHERE name = 'identity_key'", [])
            guard let stored else { throw CatalogError(.corrupt, "The identity key vanished from the catalog.") }
            return try documents.decode(StoredIdentityKey.self, from: stored, key: "").bytes
        }
    }

    public func watch() -> any CatalogWatch { SQLiteWatch(file) }

    public func ping() async throws {
        _ = try await file.read { try $0.document("SELECT document FROM settings LIMIT 1", []) }
    }

    /// Calls that are waiting fail; later ones are `unavailable`. The file is closed after the calls that are running.
    public func close() async { await file.close() }
}
