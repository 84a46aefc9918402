import FeatureModel

/// What the HTTP room itself refuses.
struct APIError: Failure {
    enum Kind: String, CaseIterable {
        case malformedBody = "malformed_body"
        case unknownField = "unknown_field"
        case badField = "bad_field"
        case badParameter = "bad_parameter"
        case malformedID = "malformed_id"
        case badClient = "bad_client"
        case bodyTooLarge = "body_too_large"
        case unsupportedMediaType = "unsupported_media_type"
        case unknownRoute = "unknown_route"
        case methodNotAllowed = "method_not_allowed"
        case internalError = "internal_error"
    }

    let kind: Kind
    let message: String
    var reason: String
    var hint: String?
    var details: JSONValue?

    init(_ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil, details: JSONValue? = nil) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
        self.details = details
    }

    var code: String { kind.rawValue }

    var fault: Fault {
        switch kind {
        case .malformedBody, .unknownField, .badField, .badParameter, .malformedID, .badClient: .malformed
        case .bodyTooLarge: .tooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .unknownRoute: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .internalError: .internal
        }
    }
}
