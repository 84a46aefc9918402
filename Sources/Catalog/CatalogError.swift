public import FeatureModel

/// What a catalog backend can throw.
public struct CatalogError: Failure {
    public enum Kind: Sendable, Hashable {
        /// The backend does not answer.
        case unavailable
        /// Two different contents have one id.
        case identityCollision
        /// A stored document cannot be read, or is of a newer format.
        case corrupt
        /// A document is larger than the backend takes.
        case tooLarge
        /// The backend's address is no address, or asks for what a catalog cannot promise.
        case invalidAddress
    }

    public let kind: Kind
    public let message: String
    public let reason: String

    public init(_ kind: Kind, _ message: String, reason: String? = nil) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
    }

    public var code: String {
        switch kind {
        case .unavailable: "catalog_unavailable"
        case .identityCollision: "identity_collision"
        case .corrupt: "catalog_corrupt"
        case .tooLarge: "document_too_large"
        case .invalidAddress: "catalog_address_invalid"
        }
    }

    public var fault: Fault {
        switch kind {
        case .unavailable: .unavailable
        case .identityCollision, .corrupt, .invalidAddress: .internal
        case .tooLarge: .tooLarge
        }
    }

    public var retryAfter: Int? { kind == .unavailable ? 2 : nil }
}
