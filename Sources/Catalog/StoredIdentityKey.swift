/// The identity key as a document. Secret; the catalog backends alone use it.
public struct StoredIdentityKey: CatalogRecord {
    public static let documentName = "identity key"
    public var formatVersion = 1
    private let key: String

    public init(_ bytes: [UInt8]) { key = CanonicalForm.hexadecimal(bytes) }

    /// None if the text is no hexadecimal, which ``IdentityKey/agreed(configured:with:)`` refuses.
    public var bytes: [UInt8] { IdentityKey.hexadecimal(key) ?? [] }
}
