import CMongoC

/// libmongoc as a whole: begun once a process, and silent, since its own log lines may hold addresses.
enum MongoLibrary {
    static func start() { started }

    private static let started: Void = {
        mongoc_init()
        mongoc_log_set_handler(nil, nil)
    }()
}
