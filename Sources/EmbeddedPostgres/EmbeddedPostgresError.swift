public import FeatureModel

/// Why the private PostgreSQL cannot be had.
public struct EmbeddedPostgresError: Failure {
    public enum Kind: Sendable, Hashable {
        /// No PostgreSQL binaries of a usable version.
        case binariesMissing
        /// Another service works on this data folder.
        case folderInUse
        /// The folder cannot be made, read or reached by the user the server runs as.
        case folderUnusable
        /// initdb or the server itself failed.
        case startFailed
        /// The server was stopped, or never started.
        case notRunning
    }

    public let kind: Kind
    public let message: String
    public let reason: String
    public let hint: String?

    init(_ kind: Kind, _ message: String, reason: String? = nil, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.reason = reason ?? message
        self.hint = hint
    }

    public var code: String {
        switch kind {
        case .binariesMissing: "postgres_missing"
        case .folderInUse: "postgres_folder_in_use"
        case .folderUnusable: "postgres_folder_unusable"
        case .startFailed: "postgres_start_failed"
        case .notRunning: "postgres_not_running"
        }
    }

    public var fault: Fault { .unavailable }

    public var retryAfter: Int? { kind == .startFailed || kind == .notRunning ? 2 : nil }
}
