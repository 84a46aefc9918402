import Extraction
import FeatureModel
import Foundation
import Hummingbird
import NIOCore
import Observability

/// `/health/live`, `/health/ready`, `/metrics`, and the description of all routes.
struct HealthController: Sendable {
    let health: HealthMonitor
    let registry: PrometheusRegistry
    let updateGauges: @Sendable () async -> Void
    let openAPI: ByteBuffer

    func live(_ request: Request, _ context: Context) async throws -> Response { .json(["status": "live"]) }

    /// 200 when everything is there, else 503; both say which dependency is up or away, since when, and what is still loading.
    func ready(_ request: Request, _ context: Context) async throws -> Response {
        let report = await health.report()
        let body: JSONValue = [
            "status": .string(report.isReady ? "ready" : "not ready"),
            "dependencies": .array(
                report.dependencies.map {
                    [
                        "name": .string($0.name), "status": .string($0.isUp ? "up" : "away"),
                        "since": .string($0.since.formatted(.iso8601)), "reason": .init($0.reason),
                    ]
                }),
            "tables": .array(report.tables.map { ["table": .string($0.name), "state": .string($0.state)] }),
        ]
        var response = Response.json(body, status: report.isReady ? .ok : .serviceUnavailable)
        if !report.isReady { response.headers[.retryAfter] = "1" }
        return response
    }

    func metrics(_ request: Request, _ context: Context) async throws -> Response {
        await updateGauges()
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: registry.text())))
    }

    func openapi(_ request: Request, _ context: Context) async throws -> Response {
        Response(status: .ok, headers: [.contentType: "application/yaml"], body: .init(byteBuffer: openAPI))
    }
}
