/// An error that can be shown to a caller. Every room's error type adopts this, so the HTTP room can answer any of them
/// without importing the room it came from.
///
/// Nothing in here may hold a secret, a connection string or a stack trace.
public protocol Failure: Error, CustomStringConvertible {
    /// Stable, lower_snake; callers switch on it. Listed in `architecture/errors.md`.
    var code: String { get }
    /// Whose fault it is; decides the HTTP status.
    var fault: Fault { get }
    /// What happened, one sentence.
    var message: String { get }
    /// Why, as exactly as is known; may repeat `message`.
    var reason: String { get }
    /// What to do about it.
    var hint: String? { get }
    /// Facts for a program, e.g. the list of columns that differ.
    var details: JSONValue? { get }
    /// Where in the text that was sent.
    var position: SourcePosition? { get }
    /// PostgreSQL's own code, when it spoke.
    var sqlstate: String? { get }
    /// Seconds after which a retry makes sense.
    var retryAfter: Int? { get }
}

extension Failure {
    public var reason: String { message }
    public var hint: String? { nil }
    public var details: JSONValue? { nil }
    public var position: SourcePosition? { nil }
    public var sqlstate: String? { nil }
    public var retryAfter: Int? { nil }
    public var description: String { reason == message ? "\(code): \(message)" : "\(code): \(message) (\(reason))" }
}

/// Whose fault a failure is. The raw value is the HTTP status it is answered with.
public enum Fault: Int, Sendable, Hashable {
    case malformed = 400
    case unauthenticated = 401
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case conflict = 409
    case preconditionFailed = 412
    case tooLarge = 413
    case unsupportedMediaType = 415
    case refused = 422
    case shed = 429
    case `internal` = 500
    case unavailable = 503
    case timeout = 504
}
