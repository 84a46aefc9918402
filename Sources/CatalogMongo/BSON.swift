import CMongoC
import FeatureModel
import Foundation

/// A BSON document. Freed exactly once; its pointer is lent to closures only.
struct BSON: ~Copyable {
    private let raw: OpaquePointer

    /// Reads extended JSON: `{"$oid": …}` and `{"$date": …}` become what they say.
    init(_ json: some Collection<UInt8>) throws {
        var error = bson_error_t()
        let bytes = Array(json)
        guard let raw = bson_new_from_json(bytes, bytes.count, &error) else { throw MongoFailure(error) }
        self.raw = raw
    }

    init(_ json: JSONValue) throws { try self.init(json.utf8) }

    deinit { bson_destroy(raw) }

    borrowing func withPointer<R>(_ body: (OpaquePointer) throws -> R) rethrows -> R { try body(raw) }

    /// A document that somebody else owns, as relaxed extended JSON: numbers are plain, dates are `{"$date": …}`.
    static func json(of borrowed: OpaquePointer) throws -> Data {
        var length = 0
        guard let text = bson_as_relaxed_extended_json(borrowed, &length) else {
            var error = bson_error_t()
            error.domain = MONGOC_ERROR_BSON.rawValue
            throw MongoFailure(error)
        }
        defer { bson_free(text) }
        return Data(bytes: text, count: length)
    }
}

extension JSONValue {
    static func objectID(_ hex: String) -> JSONValue { ["$oid": .string(hex)] }

    static func date(milliseconds: Int64) -> JSONValue { ["$date": ["$numberLong": .string(String(milliseconds))]] }

    /// A document of its own: about unique, and later ones are greater to the second.
    static func newObjectID() -> JSONValue {
        var id = bson_oid_t()
        bson_oid_init(&id, nil)
        let digits = withUnsafeBytes(of: id.bytes) { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) } }
        return .objectID(digits.joined())
    }
}
