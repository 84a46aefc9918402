import CMongoC
import Catalog

/// A connection string with the catalog's own defaults added to it. Holds the password: never print it.
struct MongoAddress: ~Copyable {
    /// The database named by the address, else `feature_store`.
    let database: String
    private let uri: OpaquePointer

    /// Throws `CatalogError.invalidAddress`, without repeating any of `text`.
    init(_ text: String) throws {
        let parsed = try Self.parse(text)
        do {
            try Self.setDefaults(parsed)
        } catch {
            mongoc_uri_destroy(parsed)
            throw error
        }
        uri = parsed
        database = mongoc_uri_get_database(parsed).map { String(cString: $0) } ?? "feature_store"
    }

    private static func parse(_ text: String) throws -> OpaquePointer {
        MongoLibrary.start()
        guard let uri = mongoc_uri_new_with_error(text, nil) else {
            throw invalid("It must look like mongodb://user:password@host:27017/database, with special characters percent-encoded.")
        }
        return uri
    }

    deinit { mongoc_uri_destroy(uri) }

    borrowing func withPointer<R>(_ body: (OpaquePointer) throws -> R) rethrows -> R { try body(uri) }

    /// What must not appear in a message: host names, user name, password.
    borrowing func secrets() -> [String] {
        var secrets = [mongoc_uri_get_password(uri), mongoc_uri_get_username(uri)].compactMap { $0.map { String(cString: $0) } }
        var host = mongoc_uri_get_hosts(uri)
        while let found = host {
            secrets.append(withUnsafeBytes(of: found.pointee.host_and_port) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
            secrets.append(withUnsafeBytes(of: found.pointee.host) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
            host = UnsafePointer(found.pointee.next)
        }
        if let name = mongoc_uri_get_srv_hostname(uri) { secrets.append(String(cString: name)) }
        return secrets.filter { !$0.isEmpty }
    }

    private static func setDefaults(_ uri: OpaquePointer) throws {
        let timeouts = [
            (MONGOC_URI_SERVERSELECTIONTIMEOUTMS, 2_000), (MONGOC_URI_CONNECTTIMEOUTMS, 2_000), (MONGOC_URI_SOCKETTIMEOUTMS, 5_000),
        ]
        for (option, milliseconds) in timeouts where !mongoc_uri_has_option(uri, option) {
            mongoc_uri_set_option_as_int32(uri, option, Int32(milliseconds))
        }
        if mongoc_uri_get_appname(uri) == nil { mongoc_uri_set_appname(uri, "featurestore") }
        try setWriteConcern(uri)
        // Versions and baselines are numbered after reading the newest, so only the primary may be asked.
        let primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        defer { mongoc_read_prefs_destroy(primary) }
        mongoc_uri_set_read_prefs_t(uri, primary)
    }

    /// Nothing acknowledged may be lost: a majority has to have it in its journal, unless the address says otherwise.
    private static func setWriteConcern(_ uri: OpaquePointer) throws {
        guard let concern = mongoc_write_concern_copy(mongoc_uri_get_write_concern(uri)) else { return }
        defer { mongoc_write_concern_destroy(concern) }
        if !mongoc_uri_has_option(uri, MONGOC_URI_W) { mongoc_write_concern_set_wmajority(concern, 4_000) }
        if !mongoc_uri_has_option(uri, MONGOC_URI_JOURNAL) { mongoc_write_concern_set_journal(concern, true) }
        guard mongoc_write_concern_is_valid(concern), mongoc_write_concern_is_acknowledged(concern) else {
            throw invalid("It asks for writes that are not acknowledged (w=0); a catalog must not lose what it has accepted.")
        }
        mongoc_uri_set_write_concern(uri, concern)
    }

    private static func invalid(_ reason: String) -> CatalogError {
        CatalogError(.invalidAddress, "The address of the MongoDB catalog (MONGODB_URI) cannot be used.", reason: reason)
    }
}
