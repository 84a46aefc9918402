import FeatureModel
import HTTPStack
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The realtime calls beside the router: the same answers, without what routing and streams cost.
struct RealtimeLane: LaneResponder {
    /// - Parameter target: path and parameters.
    typealias Handling = @Sendable (_ target: String, _ body: ByteBuffer, _ principal: Principal) async throws -> LaneAnswer

    let bodyLimit: Int
    private let handlers: [(path: String, handler: Handler)]

    init(gate: RequestGate, handlers: [(path: String, handling: Handling)], bodyLimit: Int) {
        self.bodyLimit = bodyLimit
        self.handlers = handlers.map { path, handling in
            (path, { head, body in
                await gate.answer(Call(head), endpoint: path) { principal in
                    try Body.checkType(head.headers.first(name: "content-type"))
                    return try await handling(head.uri, body, principal)
                }
            })
        }
    }

    func handler(of head: HTTPRequestHead) -> Handler? {
        guard head.method == .POST else { return nil }
        return handlers.first { Self.isTarget(head.uri, of: $0.path) }?.handler
    }

    private static func isTarget(_ target: String, of path: String) -> Bool {
        target == path || target.hasPrefix(path) && target.utf8.dropFirst(path.utf8.count).first == UInt8(ascii: "?")
    }
}

extension LaneAnswer: GateAnswer {
    init(json: [UInt8], status: HTTPResponse.Status) { self.init(status: status, fields: [], json: json) }

    mutating func set(_ field: HTTPField.Name, _ value: String) { fields.append(HTTPField(name: field, value: value)) }
}
