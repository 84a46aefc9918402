import FeatureModel

/// The collections of a catalog.
enum MongoCollection: String {
    case settings, queries, etls, names, bindings, baselines
    case skewEvents = "skew_events"
}

/// What look-ups need, and what must be unique whoever writes.
enum MongoIndexes {
    /// Makes what is missing; from any number of processes at once.
    static func create(_ session: MongoSession) throws {
        let revision = index(MongoRevision.member, [MongoRevision.member])
        let newestFirst = [index("newest_first", ["createdAt", "_id"])]
        let all: [(MongoCollection, [JSONValue])] = [
            (.queries, newestFirst), (.etls, newestFirst),
            (.names, [index("version", ["project", "name", "version"], isUnique: true), revision]),
            (
                .bindings,
                [index("binding", ["project", "queryID", "etlID"], isUnique: true), index("by_definitions", ["isServable", "definitionsDigest"]), revision]
            ),
            (.baselines, [index("number", ["project", "queryID", "etlID", "number"], isUnique: true), revision]),
            (.skewEvents, [index("newest_first", ["project", "at", "_id"]), index("of_query", ["project", "queryID", "at", "_id"])]),
        ]
        for (collection, indexes) in all {
            try session.write(["createIndexes": .string(collection.rawValue), "indexes": .array(indexes)])
        }
    }

    private static func index(_ name: String, _ fields: [String], isUnique: Bool = false) -> JSONValue {
        ["key": .object(fields.map { .init($0, 1) }), "name": .string(name), "unique": .bool(isUnique)]
    }
}
