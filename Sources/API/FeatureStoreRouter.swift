import CoreMetrics
public import Extraction
import FeatureModel
import Foundation
public import HTTPStack
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import Observability

/// Every route of the service. ``routes`` is the one list: it is served, and `openapi.yaml` is held to it by a test.
public struct FeatureStoreRouter: Sendable {
    typealias Handler = @Sendable (Request, Context) async throws -> Response

    private let table: [(method: HTTPRequest.Method, path: String, handler: Handler)]
    private let gate: RouterGate
    /// The realtime calls without the router.
    public let lane: any LaneResponder

    /// - Parameter bodyLimit: bytes of a request's body.
    public init(useCases: UseCases, registry: PrometheusRegistry, bodyLimit: Int, logger: Logger) throws {
        let query = QueryController(useCases: useCases, bodyLimit: bodyLimit), extract = ExtractController(useCases: useCases, bodyLimit: bodyLimit)
        let publish = PublishController(useCases: useCases), catalog = CatalogController(listing: useCases.listing)
        let gauges = StoreGauges(store: useCases.backends.store, etl: useCases.backends.etl, health: useCases.health, factory: registry)
        let health = HealthController(
            health: useCases.health, registry: registry, updateGauges: gauges.update, openAPI: try Self.openAPI())
        let routed = { (handling: @escaping RealtimeLane.Handling) -> Handler in
            { request, context in
                Response(try await handling(request.head.path ?? "/", try await Body.bytes(of: request, limit: bodyLimit), context.principal))
            }
        }
        table = [
            (.put, "/v1.0/publish", publish.publish),
            (.post, "/v1.0/query/train", query.train),
            (.post, "/v1.0/query/realtime", routed(query.realtime)),
            (.post, "/v1.0/query/verify", query.verifyText),
            (.post, "/v1.0/extract/train", extract.train),
            (.post, "/v1.0/extract/realtime", routed(extract.realtime)),
            (.get, "/v1.0/queries", catalog.queries),
            (.get, "/v1.0/queries/{id}", catalog.query),
            (.post, "/v1.0/queries/{id}/verify", query.verify),
            (.get, "/v1.0/etls", catalog.etls),
            (.get, "/v1.0/etls/{id}", catalog.etl),
            (.get, "/v1.0/skew/events", catalog.skewEvents),
            (.get, "/v1.0/openapi.yaml", health.openapi),
            (.get, "/health/live", health.live),
            (.get, "/health/ready", health.ready),
            (.get, "/metrics", health.metrics),
        ]
        let methods = table.map { (String($0.method.rawValue), $0.path) }
        let gate = RequestGate(
            counters: RequestCounters(factory: registry), allowedMethods: { path in methods.filter { Self.matches($0.1, path) }.map(\.0) }, logger: logger)
        self.gate = RouterGate(
            gate: gate, longEndpoints: ["/v1.0/query/train", "/v1.0/extract/train", "/v1.0/query/verify", "/v1.0/queries/{id}/verify"])
        lane = RealtimeLane(gate: gate, handlers: [("/v1.0/query/realtime", query.realtime), ("/v1.0/extract/realtime", extract.realtime)], bodyLimit: bodyLimit)
    }

    /// Method and path of every route, in the form of `openapi.yaml`.
    public var routes: [(method: String, path: String)] { table.map { ($0.method.rawValue, $0.path) } }

    public func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: gate)
        for route in table { router.on(RouterPath(route.path), method: route.method, use: route.handler) }
        return router
    }

    private static func openAPI() throws -> ByteBuffer {
        guard let url = Bundle.module.url(forResource: "openapi", withExtension: "yaml") else {
            throw APIError(.internalError, "openapi.yaml is missing from the installation")
        }
        return ByteBuffer(bytes: try Data(contentsOf: url))
    }

    private static func matches(_ pattern: String, _ path: String) -> Bool {
        let a = pattern.split(separator: "/"), b = path.split(separator: "/")
        return a.count == b.count && zip(a, b).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
