import FeatureModel
import Foundation

/// When a document was written last, as the server itself says: it puts the time in place of an empty timestamp, in the same write, and never
/// gives one time twice. So no write is without its revision, whoever dies when. Later writes have later times, except that one may become
/// readable a moment before another that got an earlier time.
struct MongoRevision: Comparable, Hashable, Sendable, Decodable {
    /// What the member of a document is called.
    static let member = "revision"

    let seconds: UInt32
    let ordinal: UInt32

    static let first = MongoRevision(seconds: 0, ordinal: 0)

    init(seconds: UInt32, ordinal: UInt32) {
        self.seconds = seconds
        self.ordinal = ordinal
    }

    /// The document with a revision that the server fills in.
    static func stamped(_ document: Data) -> [UInt8] {
        JSONValue.object([.init(member, first.json)]).utf8.dropLast() + Array(",".utf8) + document.dropFirst()
    }

    var json: JSONValue { ["$timestamp": ["t": .number(String(seconds)), "i": .number(String(ordinal))]] }

    func earlier(bySeconds count: UInt32) -> MongoRevision { MongoRevision(seconds: seconds - min(seconds, count), ordinal: ordinal) }

    static func < (one: MongoRevision, other: MongoRevision) -> Bool { (one.seconds, one.ordinal) < (other.seconds, other.ordinal) }

    // MARK: Reading

    private enum Keys: String, CodingKey { case timestamp = "$timestamp" }

    private struct Parts: Decodable {
        let t: UInt32
        let i: UInt32
    }

    init(from decoder: any Decoder) throws {
        let parts = try decoder.container(keyedBy: Keys.self).decode(Parts.self, forKey: .timestamp)
        self.init(seconds: parts.t, ordinal: parts.i)
    }
}
