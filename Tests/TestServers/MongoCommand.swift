import CMongoC
import Foundation

/// Runs one command on a server, from outside the code under test.
public enum MongoCommand {
    public struct Failed: Error, CustomStringConvertible {
        public let description: String
    }

    /// Runs it on the database that the address names, else on `admin`. Waits for a server as long as the address says
    /// (`serverSelectionTimeoutMS`). Blocks.
    public static func run(_ json: String, on address: String) throws {
        mongoc_init()
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(address, &error) else { throw Failed(error) }
        defer { mongoc_uri_destroy(uri) }
        guard let client = mongoc_client_new_from_uri_with_error(uri, &error) else { throw Failed(error) }
        defer { mongoc_client_destroy(client) }
        let database = mongoc_uri_get_database(uri).map { String(cString: $0) } ?? "admin"
        guard let command = bson_new_from_json(json, json.utf8.count, &error) else { throw Failed(error) }
        defer { bson_destroy(command) }
        guard mongoc_client_command_simple(client, database, command, nil, nil, &error) else { throw Failed(error) }
    }
}

extension MongoCommand.Failed {
    fileprivate init(_ error: bson_error_t) {
        self.init(description: withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
}
