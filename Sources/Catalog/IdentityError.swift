public import FeatureModel

/// Why a process cannot make ids.
public struct IdentityError: Failure {
    public enum Kind: Sendable, Hashable {
        /// The configured key is not the catalog's.
        case keyMismatch
        /// The configured key is no 32 bytes in hexadecimal or base64.
        case malformedKey
    }

    public let kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    public var code: String {
        switch kind {
        case .keyMismatch: "catalog_key_mismatch"
        case .malformedKey: "catalog_key_malformed"
        }
    }

    public var fault: Fault { .internal }

    public var message: String {
        switch kind {
        case .keyMismatch: "The configured identity key (CATALOG_HMAC_KEY) is not the key of this catalog."
        case .malformedKey: "The configured identity key (CATALOG_HMAC_KEY) is not 32 bytes written as 64 hexadecimal digits or as base64."
        }
    }

    public var reason: String {
        switch kind {
        case .keyMismatch: "with another key, content that is already saved would get new ids"
        case .malformedKey: message
        }
    }

    public var hint: String? {
        switch kind {
        case .keyMismatch: "Set CATALOG_HMAC_KEY to the key this catalog was made with, unset it to use the stored one, or point to another catalog."
        case .malformedKey: "Make one with: openssl rand -hex 32"
        }
    }
}
