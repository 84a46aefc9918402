public import FeatureModel
import Crypto
import Foundation

/// The 32 bytes that ids are made with. Two catalogs with one key give equal content equal ids.
///
/// Never printed: every description of it is the same text.
public struct IdentityKey: Sendable {
    public static let byteCount = 32

    /// Secret. For the catalog backends, which store it.
    public let bytes: [UInt8]

    /// Nil unless there are exactly ``byteCount`` bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The key as a person configures it (`CATALOG_HMAC_KEY`): 64 hexadecimal digits, or base64 of 32 bytes.
    /// Throws ``IdentityError/Kind/malformedKey`` for anything else.
    public init(configured text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let isHexadecimal = text.count == 2 * Self.byteCount
        let decoded = isHexadecimal ? Self.hexadecimal(text) : Data(base64Encoded: text.count == 43 ? text + "=" : text).map(Array.init)
        guard let decoded, let key = IdentityKey(bytes: decoded) else {
            throw IdentityError(.malformedKey)
        }
        self = key
    }

    /// A new key from the system's source of randomness.
    public static func random() -> IdentityKey {
        var generator = SystemRandomNumberGenerator()
        return IdentityKey(unchecked: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The key this process has to use: the one the catalog holds.
    ///
    /// A catalog without a key gets `configured`, or a random one. Throws ``IdentityError/Kind/keyMismatch`` if a key is
    /// configured and the catalog holds another: the process must not start, since it would give known content new ids.
    public static func agreed(configured: IdentityKey?, with catalog: any Catalog) async throws -> IdentityKey {
        let stored = try await catalog.identityKey(ifAbsent: (configured ?? .random()).bytes)
        guard let key = IdentityKey(bytes: stored) else {
            throw CatalogError(.corrupt, "The catalog's identity key is unreadable.", reason: "it has \(stored.count) bytes instead of \(byteCount)")
        }
        if let configured, !configured.isSame(as: key) { throw IdentityError(.keyMismatch) }
        return key
    }

    /// Compares in constant time.
    public func isSame(as other: IdentityKey) -> Bool {
        zip(bytes, other.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The id of content: the first 24 hexadecimal digits of HMAC-SHA256 over `fs1`, the kind's label and the canonical form,
    /// separated by NUL bytes (a label holds none, so the framing is unambiguous).
    public func id<Kind: ContentKind>(_ kind: Kind.Type = Kind.self, canonicalForm: some Sequence<UInt8>) -> ContentID<Kind> {
        var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
        code.update(data: Array("fs1".utf8) + [0] + Array(Kind.label.utf8) + [0])
        code.update(data: Array(canonicalForm))
        guard let id = ContentID<Kind>(CanonicalForm.hexadecimal(code.finalize().prefix(12))) else {
            preconditionFailure("12 bytes are 24 hexadecimal digits")
        }
        return id
    }

    static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
        guard values.count == digits.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}

extension IdentityKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "IdentityKey(secret)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
