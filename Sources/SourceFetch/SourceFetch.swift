public import FeatureModel

/// Reads the source of an ETL from where `etl_path` says it is.
public protocol SourceFetching: Sendable {
    /// `path` is an `http(s)` address or a path under one of the ETL folders; throws `SourceFetchError`.
    func fetch(_ path: String) async throws -> FetchedSource
}

public struct FetchedSource: Sendable, Hashable {
    public let text: String
    /// Where it was read from, without user name and password.
    public let origin: String
    /// Told by the ending: `.py` or `.sql`.
    public let isSQL: Bool

    public init(text: String, origin: String, isSQL: Bool) {
        self.text = text
        self.origin = origin
        self.isSQL = isSQL
    }
}

/// Why a source could not be read.
public struct SourceFetchError: Failure {
    public enum Kind: Sendable, Hashable {
        /// Neither an address that is understood nor a path under an ETL folder; or not `.py` or `.sql`.
        case badPath
        case notFound
        /// The host is internal or not on the list.
        case hostNotAllowed
        case tooLarge
        case notText
        /// The host did not answer, or not with 200.
        case failed
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?

    public init(_ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
    }

    public var code: String {
        switch kind {
        case .badPath: "bad_etl_path"
        case .notFound: "etl_source_not_found"
        case .hostNotAllowed: "etl_host_not_allowed"
        case .tooLarge: "etl_source_too_large"
        case .notText: "etl_source_not_text"
        case .failed: "etl_source_failed"
        }
    }

    public var fault: Fault {
        switch kind {
        case .badPath, .notText: .malformed
        case .notFound: .notFound
        case .hostNotAllowed: .forbidden
        case .tooLarge: .tooLarge
        case .failed: .refused
        }
    }
}
