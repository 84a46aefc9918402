import FeatureModel
public import Foundation

/// A content document: immutable, found by its id.
public protocol CatalogContent: CatalogRecord {
    var idHex: String { get }
    var canonicalDigest: String { get }
    var createdAt: Date { get }
}

extension QueryContent: CatalogContent { public var idHex: String { id.hex } }
extension ETLContent: CatalogContent { public var idHex: String { id.hex } }

extension CatalogContent {
    /// What is stored under this content's id, after the check every save makes: equal ids stand for equal canonical forms.
    /// Throws `CatalogError.identityCollision`.
    public func agreeing(with stored: Self) throws -> Self {
        guard stored.canonicalDigest == canonicalDigest else {
            throw CatalogError(
                .identityCollision, "The \(Self.documentName) cannot be saved: other content already has the id \(idHex).",
                reason: "the digests of the canonical forms differ"
            )
        }
        return stored
    }
}
