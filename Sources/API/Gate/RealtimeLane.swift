import FeatureModel
import HTTPStack
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The realtime calls beside the router: the same answers, without what routing and streams cost.
struct RealtimeLane: LaneResponder {
    typealias Handler = @Sendable (_ uri: URI, _ body: ByteBuffer, _ principal: Principal) async throws -> [UInt8]

    let gate: RequestGate
    let handlers: [String: Handler]
    let bodyLimit: Int

    func takes(_ head: HTTPRequest) -> Bool { head.method == .post && handlers[Self.path(head)] != nil }

    func answer(_ head: HTTPRequest, body: ByteBuffer) async -> LaneAnswer {
        let path = Self.path(head)
        return await gate.answer(head, endpoint: path) { principal in
            guard let handler = handlers[path] else { throw HTTPError(.notFound) }
            try Body.checkType(head.headerFields)
            return LaneAnswer(json: try await handler(URI(head.path ?? path), body, principal), status: .ok)
        }
    }

    private static func path(_ head: HTTPRequest) -> String {
        guard let path = head.path else { return "" }
        return path.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(path[..<$0]) } ?? path
    }
}

extension LaneAnswer: GateAnswer {
    init(json: [UInt8], status: HTTPResponse.Status) {
        self.init(status: status, fields: [.contentType: "application/json"], body: ByteBuffer(bytes: json))
    }
}
