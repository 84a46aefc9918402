import CMongoC

/// What libmongoc says went wrong. Stays inside this room: the message may name hosts.
struct MongoFailure: Error {
    let domain: UInt32
    let code: UInt32
    let message: String

    init(_ error: bson_error_t) {
        domain = error.domain
        code = error.code
        message = withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Somebody else was first with the same unique key.
    var isDuplicateKey: Bool { code == MONGOC_ERROR_DUPLICATE_KEY.rawValue || code == 11_001 || code == 12_582 }

    /// The connection broke: whether the server did it is unknown.
    var isBrokenConnection: Bool { domain == MONGOC_ERROR_STREAM.rawValue }

    /// No server could be found in time.
    var isServerAway: Bool { domain == MONGOC_ERROR_SERVER_SELECTION.rawValue }

    /// A document beyond the server's limit: refused by it (10334, 17419, 17420) or by libmongoc before sending.
    var isTooLarge: Bool {
        [10_334, 17_419, 17_420].contains(code) || (domain == MONGOC_ERROR_BSON.rawValue && message.contains("too large"))
    }
}
