public import FeatureModel

/// What the realtime store can throw.
public struct RealtimeError: Failure {
    public enum Kind: Sendable, Hashable {
        /// A value or a type that the store cannot hold exactly.
        case notMirrorable
        case definitionChanged
        /// The table a statement reads is not loaded yet.
        case loading
        case timeLimit
        case rowLimit
        /// The statement failed as PostgreSQL would fail it (division by zero, out of range, …).
        case sqlError
        /// The key value is not of the key column's type.
        case badKeyValue
        /// A value of the call's request is not of its declared type.
        case badRequestValue
        /// The store would grow past its limit.
        case memoryLimit
        case busy
        case unexpected
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?
    public let details: JSONValue?
    public let sqlstate: String?

    public init(_ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil, details: JSONValue? = nil, sqlstate: String? = nil) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
        self.details = details
        self.sqlstate = sqlstate
    }

    /// The same about the key at that place of a call with several.
    public func at(_ index: Int) -> RealtimeError {
        RealtimeError(
            kind, message, reason: reason, hint: hint, details: .object((details?.object ?? []) + [.init("index", .init(index))]), sqlstate: sqlstate)
    }

    public var code: String {
        switch kind {
        case .notMirrorable: "not_servable"
        case .definitionChanged: "definition_changed"
        case .loading: "loading"
        case .timeLimit: "realtime_timeout"
        case .rowLimit: "too_many_rows"
        case .sqlError: "sql_failed"
        case .badKeyValue: "bad_key_value"
        case .badRequestValue: "bad_request_value"
        case .memoryLimit: "store_full"
        case .busy: "realtime_busy"
        case .unexpected: "realtime_unexpected"
        }
    }

    public var fault: Fault {
        switch kind {
        case .notMirrorable, .rowLimit, .sqlError: .refused
        case .definitionChanged: .conflict
        case .loading, .memoryLimit: .unavailable
        case .timeLimit: .timeout
        case .badKeyValue, .badRequestValue: .malformed
        case .busy: .shed
        case .unexpected: .internal
        }
    }

    public var retryAfter: Int? {
        switch kind {
        case .loading, .busy: 1
        case .memoryLimit: 30
        default: nil
        }
    }
}
