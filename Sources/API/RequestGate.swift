import CoreMetrics
import FeatureModel
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// The first thing a request meets: names the caller, turns every error into its answer, logs and counts.
struct RequestGate: RouterMiddleware {
    private static let client = HTTPField.Name("FeatureStore-Client")!

    let counters: RequestCounters
    /// Endpoints whose work is cancelled when the client leaves. Watching for that uses up the connection, which is closed after
    /// the answer (and says so): the realtime calls, which are bounded to a second, keep theirs.
    let longEndpoints: Set<String>
    let allowedMethods: @Sendable (String) -> [String]

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        var response: Response
        var code = "ok"
        do {
            if let name = request.headers[Self.client] {
                guard let principal = Principal(name) else {
                    throw APIError(.badClient, "the header FeatureStore-Client holds no permitted name", hint: "1 to 128 letters, digits, '.', '_', '-' or '@'")
                }
                context.principal = principal
            }
            response = isLong(context) ? try await untilClientLeaves(request, context, next) : try await next(request, context)
        } catch {
            let failure = failure(error, request: request, context: context)
            code = failure.code
            response = .failure(failure)
            if case .methodNotAllowed = failure.fault { response.headers[.allow] = allowedMethods(request.uri.path).joined(separator: ", ") }
        }
        if isLong(context) { response.headers[.connection] = "close" }
        let duration = start.duration(to: .now)
        counters.count(endpoint: context.endpointPath ?? "none", status: response.status.code, principal: context.principal, duration: duration)
        log(request, context, status: response.status.code, code: code, duration)
        return response
    }

    private func isLong(_ context: Context) -> Bool { context.endpointPath.map(longEndpoints.contains) ?? false }

    private func untilClientLeaves(
        _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        try await request.body.consumeWithCancellationOnInboundClose { body in
            var copy = request
            copy.body = body
            return try await next(copy, context)
        }
    }

    private func log(_ request: Request, _ context: Context, status: Int, code: String, _ duration: Duration) {
        let level = Self.level(status)
        guard context.logger.logLevel <= level else { return }
        let metadata: Logger.Metadata = [
            "method": "\(request.method)", "path": "\(request.uri.path.prefix(200))", "status": "\(status)", "code": "\(code)",
            "principal": "\(context.principal)", "ms": "\((duration / .microseconds(1)).rounded() / 1_000)",
        ]
        context.logger.log(level: level, "request", metadata: metadata)
    }

    /// What goes well is counted; a line for each would cost more than the answer.
    private static func level(_ status: Int) -> Logger.Level {
        switch status {
        case 500...: .warning
        case 400...: .info
        default: .debug
        }
    }

    private func failure(_ error: any Error, request: Request, context: Context) -> any Failure {
        switch error {
        case let failure as any Failure: return failure
        case let error as HTTPError where error.status == .notFound:
            let methods = allowedMethods(request.uri.path)
            if methods.isEmpty { return APIError(.unknownRoute, "there is nothing at \(request.uri.path.prefix(200))", hint: "GET /v1.0/openapi.yaml lists what there is") }
            return APIError(.methodNotAllowed, "\(request.method) is not for \(request.uri.path.prefix(200))", hint: "use \(methods.joined(separator: " or "))")
        case is CancellationError:
            return APIError(.internalError, "the request was cancelled")
        default:
            context.logger.error("unexpected error", metadata: ["type": "\(type(of: error))", "error": "\(error)"])
            return APIError(.internalError, "something went wrong here, not in your request", hint: "the log tells more, under request id \(context.id)")
        }
    }
}

/// Requests by endpoint, status and caller, and how long they took. Handlers are made once and kept; callers beyond the first
/// ``maximumKnown`` combinations are counted together.
final class RequestCounters: Sendable {
    private static let maximumKnown = 1_000

    private struct Key: Hashable {
        let endpoint: String
        let status: Int
        let principal: String
    }

    private let factory: any MetricsFactory
    private let known = Mutex<[Key: (counter: any CounterHandler, timer: any TimerHandler)]>([:])

    init(factory: any MetricsFactory) { self.factory = factory }

    func count(endpoint: String, status: Int, principal: Principal, duration: Duration) {
        var key = Key(endpoint: endpoint, status: status, principal: principal.name)
        let handlers = known.withLock { known in
            if let found = known[key] { return found }
            if known.count >= Self.maximumKnown {
                key = Key(endpoint: endpoint, status: status, principal: "other")
                if let found = known[key] { return found }
            }
            let made = (
                factory.makeCounter(label: "http_requests", dimensions: [("endpoint", endpoint), ("status", String(status)), ("principal", key.principal)]),
                factory.makeTimer(label: "http_request_duration", dimensions: [("endpoint", endpoint)])
            )
            known[key] = made
            return made
        }
        handlers.counter.increment(by: 1)
        let parts = duration.components
        handlers.timer.recordNanoseconds(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    }
}
