/// One setting of the service: where it is read and what it means. The list is the documentation's source, and a test holds the
/// README to it.
struct Setting: Sendable {
    /// Dotted, as swift-configuration reads it: `database.url` is `DATABASE_URL` in the environment and `database: {url: …}` in YAML.
    let key: String
    let meaning: String
    /// What stands in the table of settings; nil where there is none.
    let defaultText: String?

    var environmentName: String {
        key.reduce(into: "") { name, character in
            if character == "." { name += "_" } else if character.isUppercase { name += "_\(character)" } else { name += character.uppercased() }
        }
    }

    static let all: [Setting] = [
        .init(key: "data.dir", meaning: "folder of everything the service keeps itself", defaultText: "data"),
        .init(key: "host", meaning: "address to listen on; any but loopback needs --insecure", defaultText: "127.0.0.1"),
        .init(key: "port", meaning: "port to listen on", defaultText: "9090"),
        .init(key: "database.url", meaning: "the warehouse; unset: a private PostgreSQL in the data folder", defaultText: nil),
        .init(key: "database.writeUrl", meaning: "connection that publish writes through", defaultText: "DATABASE_URL"),
        .init(key: "mongodb.uri", meaning: "the catalog; unset: an SQLite file in the data folder", defaultText: nil),
        .init(key: "db.schema", meaning: "schema of the simulated flows, first on the search path", defaultText: "feature_store"),
        .init(key: "catalog.hmacKey", meaning: "key of the ids, 64 hexadecimal digits; unset: made once and kept in the catalog", defaultText: nil),
        .init(key: "etl.roots", meaning: "folders that etl_path may name files in, separated by commas", defaultText: "etl"),
        .init(key: "etl.allowedHosts", meaning: "hosts an ETL may be read from; unset: any public host", defaultText: nil),
        .init(key: "etl.workers", meaning: "Python workers at most", defaultText: "8"),
        .init(key: "etl.seconds", meaning: "seconds of one realtime extract()", defaultText: "5"),
        .init(key: "etl.trainingSeconds", meaning: "seconds of one training extract()", defaultText: "300"),
        .init(key: "etl.memoryBytes", meaning: "address space of a Python worker", defaultText: "2147483648"),
        .init(key: "etl.allowUnsandboxed", meaning: "run Python although it cannot be cut off from network and files", defaultText: "false"),
        .init(key: "flow.simulation", meaning: "'off' disables PUT /publish", defaultText: "on"),
        .init(key: "functions.allowed", meaning: "functions of the warehouse that training queries may also call, separated by commas", defaultText: nil),
        .init(key: "max.bodyBytes", meaning: "bytes of a request's body", defaultText: "1048576"),
        .init(key: "max.connections", meaning: "connections of clients at once", defaultText: "10000"),
        .init(key: "receive.seconds", meaning: "seconds in which a request must have arrived, from its first byte", defaultText: "30"),
        .init(key: "send.seconds", meaning: "seconds that a client may leave an answer unread", defaultText: "30"),
        .init(key: "idle.seconds", meaning: "seconds that a connection may do nothing between two requests", defaultText: "120"),
        .init(key: "training.seconds", meaning: "seconds of one statement in the warehouse", defaultText: "300"),
        .init(key: "realtime.seconds", meaning: "seconds of one realtime lookup", defaultText: "1"),
        .init(key: "realtime.rows", meaning: "rows of one realtime answer", defaultText: "10000"),
        .init(key: "realtime.keys", meaning: "entities of one realtime call", defaultText: "1000"),
        .init(key: "realtime.scanRows", meaning: "rows a lookup may scan where its key reaches no index; ?allow_scan=true at save lifts it", defaultText: "100000"),
        .init(key: "hot.tables", meaning: "tables, or schema.table, of which the realtime store may hold a part, separated by commas; the others are complete", defaultText: nil),
        .init(key: "store.copies", meaning: "copies of the realtime store, one for each serving thread", defaultText: "processors"),
        .init(key: "store.indexColumns", meaning: "columns that an index of the realtime store may hold beside its key, so that lookups need not go to the rows; 0 for none", defaultText: "8"),
        .init(key: "store.memoryBytes", meaning: "bytes the realtime store may hold, all copies together", defaultText: "half of the memory"),
        .init(key: "cache.callsPerMinute", meaning: "a query's lookup made so often …", defaultText: "60"),
        .init(key: "cache.microseconds", meaning: "… that takes so long as a rule has its answers kept by key until a table it reads changes", defaultText: "20"),
        .init(key: "cache.bytes", meaning: "bytes of all answers kept", defaultText: "67108864"),
        .init(key: "definition.seconds", meaning: "seconds between two looks at the warehouse's definitions", defaultText: "2"),
        .init(key: "log.format", meaning: "'json' for one object a line, 'text' for people", defaultText: "text on a terminal, else json"),
        .init(key: "log.level", meaning: "trace, debug, info, notice, warning or error", defaultText: "info"),
    ]
}
