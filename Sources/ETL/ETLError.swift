public import FeatureModel

/// What running an ETL can throw.
public struct ETLError: Failure {
    public enum Kind: Sendable, Hashable {
        /// The source does not compile, or has no `class Etl(AbstractEtl)`.
        case notLoadable
        /// `extract()` raised; `reason` is the exception's type and message, `position` the line in the ETL's source.
        case raised
        /// `extract()` returned, or left in `self.df`, something that is no DataFrame, or holds values that are no feature.
        case badOutput
        /// The query's rows hold a value that the dtype pandas gets for the column can't hold, e.g. `infinity`.
        case badInput
        case timeLimit
        case memoryLimit
        case outputLimit
        /// The worker died twice.
        case workerLost
        /// No worker became free in time.
        case busy
        /// Python or pandas is missing; names the package.
        case notInstalled
        /// Workers can't be cut off from files and network here, and running them without that is not configured.
        case notIsolated
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?
    public let position: SourcePosition?
    public let details: JSONValue?

    public init(
        _ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil, position: SourcePosition? = nil, details: JSONValue? = nil
    ) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
        self.position = position
        self.details = details
    }

    public var code: String {
        switch kind {
        case .notLoadable: "etl_not_loadable"
        case .raised: "etl_failed"
        case .badOutput: "etl_bad_output"
        case .badInput: "etl_bad_input"
        case .timeLimit: "etl_timeout"
        case .memoryLimit: "etl_memory"
        case .outputLimit: "etl_output_too_large"
        case .workerLost: "etl_worker_lost"
        case .busy: "etl_busy"
        case .notInstalled: "etl_not_installed"
        case .notIsolated: "etl_not_isolated"
        }
    }

    public var fault: Fault {
        switch kind {
        case .timeLimit: .timeout
        case .busy: .shed
        case .notInstalled, .notIsolated: .unavailable
        default: .refused
        }
    }

    public var retryAfter: Int? { kind == .busy ? 1 : nil }
}
