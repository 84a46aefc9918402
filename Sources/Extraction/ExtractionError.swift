public import FeatureModel

/// What a use case refuses by itself; what its rooms throw passes through.
public struct ExtractionError: Failure {
    public enum Kind: String, Sendable, CaseIterable {
        case malformedRequest = "bad_request"
        case unknownQuery = "unknown_query"
        case unknownETL = "unknown_etl"
        case unknownName = "unknown_name"
        /// `index_key` names something that is no output column.
        case unknownIndexKey = "unknown_index_key"
        case badKeyValue = "bad_key_value"
        /// The call's values are not those that the query declares.
        case badRequestValue = "bad_request_value"
        /// The warehouse has a table of the name.
        case requestNameTaken = "request_name_taken"
        /// `columns` names something that is no output column.
        case unknownColumn = "unknown_column"
        /// More entities in one call than are answered.
        case tooManyKeys = "too_many_keys"
        case keyNotLocal = "key_not_local"
        case notServable = "not_servable"
        case loading
        case noBaseline = "no_baseline"
        case emptyBaseline = "empty_baseline"
        case schemaMismatch = "schema_mismatch"
        case simulationOff = "simulation_off"
        case seedUsed = "seed_used"
        case functionNotPermitted = "function_not_permitted"
        /// The warehouse's and the prover's descriptions of one statement differ.
        case typesDisagree = "types_disagree"
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?
    public let details: JSONValue?
    public let position: SourcePosition?
    public let retryAfter: Int?
    /// What stands in the way, when the kind is `notServable`.
    public let obstacles: [Obstacle]

    public init(
        _ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil, details: JSONValue? = nil, position: SourcePosition? = nil,
        retryAfter: Int? = nil, obstacles: [Obstacle] = []
    ) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
        self.details = details
        self.position = position
        self.retryAfter = retryAfter
        self.obstacles = obstacles
    }

    public var code: String { kind.rawValue }

    public var fault: Fault {
        switch kind {
        case .malformedRequest, .badKeyValue, .badRequestValue, .unknownColumn: .malformed
        case .unknownQuery, .unknownETL, .unknownName: .notFound
        case .unknownIndexKey, .keyNotLocal, .notServable, .emptyBaseline, .functionNotPermitted, .typesDisagree: .refused
        case .noBaseline, .schemaMismatch, .seedUsed, .requestNameTaken: .conflict
        case .simulationOff: .forbidden
        case .tooManyKeys: .tooLarge
        case .loading: .unavailable
        }
    }
}
