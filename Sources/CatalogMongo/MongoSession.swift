import CMongoC
import Catalog
import FeatureModel
import Foundation

/// A client for the length of one job. Every call blocks its thread; every error is a ``MongoFailure``.
struct MongoSession {
    private let client: OpaquePointer
    private let database: String

    init(client: OpaquePointer, database: String) {
        self.client = client
        self.database = database
    }

    /// Documents as relaxed extended JSON. A limit of 0 is none.
    ///
    /// - Parameter members: the projection; all by default.
    func find(
        _ collection: MongoCollection, _ filter: JSONValue, members: JSONValue = .object([]), sort: JSONValue = .object([]), skip: Int = 0,
        limit: Int = 0
    ) throws -> [Data] {
        let filter = try BSON(filter)
        let options = try BSON(["projection": members, "sort": sort, "skip": JSONValue(skip), "limit": JSONValue(limit)])
        return try with(collection) { handle in
            try filter.withPointer { filter in
                try options.withPointer { options in try all(of: mongoc_collection_find_with_opts(handle, filter, options, nil)) }
            }
        }
    }

    /// What comes out of a pipeline, as relaxed extended JSON.
    func aggregate(_ collection: MongoCollection, _ pipeline: [JSONValue]) throws -> [Data] {
        let pipeline = try BSON(["pipeline": .array(pipeline)])
        return try with(collection) { handle in
            try pipeline.withPointer { try all(of: mongoc_collection_aggregate(handle, MONGOC_QUERY_NONE, $0, nil, nil)) }
        }
    }

    private func all(of cursor: OpaquePointer?) throws -> [Data] {
        defer { mongoc_cursor_destroy(cursor) }
        var found: [Data] = []
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            if let document { found.append(try BSON.json(of: document)) }
        }
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
        return found
    }

    func insert(_ document: some Collection<UInt8>, into collection: MongoCollection) throws {
        let document = try BSON(document)
        try with(collection) { handle in
            try document.withPointer { document in
                try check { mongoc_collection_insert_one(handle, document, nil, nil, &$0) }
            }
        }
    }

    /// Inserts `document` under the filter's key unless there is one already, which stays as it is.
    func insertIfAbsent(_ document: Data, where filter: JSONValue, into collection: MongoCollection) throws {
        let update = try BSON(Array(#"{"$setOnInsert":"#.utf8) + document + Array("}".utf8))
        try upsert(update, where: filter, into: collection) { mongoc_collection_update_one($0, $1, $2, $3, nil, &$4) }
    }

    /// Replaces the one document of that key, or inserts it.
    func replace(_ document: some Collection<UInt8>, where filter: JSONValue, in collection: MongoCollection) throws {
        let document = try BSON(document)
        try upsert(document, where: filter, into: collection) { mongoc_collection_replace_one($0, $1, $2, $3, nil, &$4) }
    }

    func delete(_ filter: JSONValue, from collection: MongoCollection) throws {
        let filter = try BSON(filter)
        try with(collection) { handle in
            try filter.withPointer { filter in
                try check { mongoc_collection_delete_many(handle, filter, nil, nil, &$0) }
            }
        }
    }

    /// A command to the catalog's database that writes nothing.
    func read(_ command: JSONValue) throws {
        let command = try BSON(command)
        try command.withPointer { command in
            try check { mongoc_client_read_command_with_opts(client, database, command, nil, nil, nil, &$0) }
        }
    }

    /// A command to the catalog's database with the write concern of the address.
    func write(_ command: JSONValue) throws {
        let command = try BSON(command)
        try command.withPointer { command in
            try check { mongoc_client_write_command_with_opts(client, database, command, nil, nil, &$0) }
        }
    }

    private typealias Upsert = (OpaquePointer, OpaquePointer, OpaquePointer, OpaquePointer, inout bson_error_t) -> Bool

    private func upsert(_ document: borrowing BSON, where filter: JSONValue, into collection: MongoCollection, _ call: Upsert) throws {
        let filter = try BSON(filter)
        let options = try BSON(["upsert": true])
        try with(collection) { handle in
            try filter.withPointer { filter in
                try document.withPointer { document in
                    try options.withPointer { options in
                        // Two upserts of one new key at once: the server lets one insert, the other gets a duplicate key and finds it next time.
                        do {
                            try check { call(handle, filter, document, options, &$0) }
                        } catch let failure as MongoFailure where failure.isDuplicateKey {
                            try check { call(handle, filter, document, options, &$0) }
                        }
                    }
                }
            }
        }
    }

    private func with<R>(_ collection: MongoCollection, _ body: (OpaquePointer) throws -> R) throws -> R {
        guard let handle = mongoc_client_get_collection(client, database, collection.rawValue) else {
            preconditionFailure("libmongoc always gives a collection")
        }
        defer { mongoc_collection_destroy(handle) }
        return try body(handle)
    }

    private func check(_ call: (inout bson_error_t) -> Bool) throws {
        var error = bson_error_t()
        guard call(&error) else { throw MongoFailure(error) }
    }
}
