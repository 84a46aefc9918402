import HTTPStack
import HTTPTypes
import Hummingbird
import NIOCore

/// The gate as the first thing that a routed request meets.
struct RouterGate: RouterMiddleware {
    let gate: RequestGate
    /// Endpoints whose work is cancelled when the client leaves. Watching for that uses up the connection, which is closed after
    /// the answer (and says so): the realtime calls, which are bounded to a second, keep theirs.
    let longEndpoints: Set<String>

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
        let isLong = context.endpointPath.map(longEndpoints.contains) ?? false
        var response = await gate.answer(Call(request.head), endpoint: context.endpointPath, logger: context.logger) { principal in
            var context = context
            context.principal = principal
            return isLong ? try await untilClientLeaves(request, context, next) : try await next(request, context)
        }
        if isLong { response.headers[.connection] = "close" }
        return response
    }

    private func untilClientLeaves(
        _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        try await request.body.consumeWithCancellationOnInboundClose { body in
            var copy = request
            copy.body = body
            return try await offLoop { try await next(copy, context) }
        }
    }
}

extension Response: GateAnswer {
    init(json: [UInt8], status: HTTPResponse.Status) {
        self.init(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: json)))
    }

    /// What a lane would have sent.
    init(_ answer: LaneAnswer) {
        self.init(json: answer.json, status: answer.status)
        for field in answer.fields { set(field.name, field.value) }
    }

    mutating func set(_ field: HTTPField.Name, _ value: String) { headers[field] = value }
}
