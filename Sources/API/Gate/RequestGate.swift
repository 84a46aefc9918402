import FeatureModel
import HTTPStack
import HTTPTypes
import Hummingbird
import Logging

/// What happens to every request, whichever way it comes: its caller is named, its answer or error is counted and logged.
struct RequestGate: Sendable {
    /// Calls refused because too many wait, a second: they take a small part of one processor, however often they are tried again.
    static let refusalsPerSecond = 250

    let counters: RequestCounters
    let allowedMethods: @Sendable (String) -> [String]
    let logger: Logger
    private let pace = RefusalPace(perSecond: Self.refusalsPerSecond)

    init(counters: RequestCounters, allowedMethods: @escaping @Sendable (String) -> [String], logger: Logger) {
        self.counters = counters
        self.allowedMethods = allowedMethods
        self.logger = logger
    }

    /// Turns every error into its answer.
    ///
    /// - Parameters:
    ///   - endpoint: the path as routes name it.
    ///   - logger: the request's own, if there is one.
    func answer<Answer: GateAnswer>(
        _ call: Call, endpoint: String?, logger: Logger? = nil, _ body: (Principal) async throws -> Answer
    ) async -> Answer {
        let start = ContinuousClock.now
        var principal = Principal.anonymous
        var answer: Answer
        var code = "ok"
        do {
            if let name = call.client { principal = try Self.principal(name) }
            answer = try await body(principal)
        } catch {
            let failure = failure(error, call, logger ?? self.logger)
            code = failure.code
            answer = .failure(failure)
            if failure.fault == .shed { await pace.turn() }
            if case .methodNotAllowed = failure.fault { answer.set(.allow, allowedMethods(call.path).joined(separator: ", ")) }
        }
        let duration = start.duration(to: .now)
        counters.count(endpoint: endpoint ?? "none", status: answer.status.code, principal: principal, duration: duration)
        log(call, logger ?? self.logger, principal, status: answer.status.code, code: code, duration)
        return answer
    }

    private static func principal(_ name: String) throws -> Principal {
        guard let principal = Principal(name) else {
            throw APIError(.badClient, "the header FeatureStore-Client holds no permitted name", hint: "1 to 128 letters, digits, '.', '_', '-' or '@'")
        }
        return principal
    }

    private func log(_ call: Call, _ logger: Logger, _ principal: Principal, status: Int, code: String, _ duration: Duration) {
        let level = Self.level(status)
        guard logger.logLevel <= level else { return }
        let metadata: Logger.Metadata = [
            "method": "\(call.method)", "path": "\(call.path.prefix(200))", "status": "\(status)", "code": "\(code)",
            "principal": "\(principal)", "ms": "\((duration / .microseconds(1)).rounded() / 1_000)",
        ]
        logger.log(level: level, "request", metadata: metadata)
    }

    /// What goes well is counted; a line for each would cost more than the answer.
    private static func level(_ status: Int) -> Logger.Level {
        switch status {
        case 500...: .warning
        case 400...: .info
        default: .debug
        }
    }

    private func failure(_ error: any Error, _ call: Call, _ logger: Logger) -> any Failure {
        switch error {
        case let failure as any Failure: return failure
        case let error as HTTPError where error.status == .notFound:
            let path = call.path, methods = allowedMethods(path)
            if methods.isEmpty { return APIError(.unknownRoute, "there is nothing at \(path.prefix(200))", hint: "GET /v1.0/openapi.yaml lists what there is") }
            return APIError(.methodNotAllowed, "\(call.method) is not for \(path.prefix(200))", hint: "use \(methods.joined(separator: " or "))")
        case is CancellationError:
            return APIError(.internalError, "the request was cancelled")
        default:
            let id = RequestID()
            logger.error("unexpected error", metadata: ["type": "\(type(of: error))", "error": "\(error)", "hb.request.id": "\(id)"])
            return APIError(.internalError, "something went wrong here, not in your request", hint: "the log tells more, under request id \(id)")
        }
    }
}

/// What a request is answered with.
protocol GateAnswer {
    var status: HTTPResponse.Status { get }
    mutating func set(_ field: HTTPField.Name, _ value: String)
    init(json: [UInt8], status: HTTPResponse.Status)
}

extension GateAnswer {
    static func failure(_ failure: any Failure) -> Self {
        var answer = Self(json: failure.json.utf8, status: .init(code: failure.fault.rawValue))
        if let seconds = failure.retryAfter { answer.set(.retryAfter, String(seconds)) }
        return answer
    }
}
