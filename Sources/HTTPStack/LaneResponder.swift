public import HTTPTypes
public import NIOCore
public import NIOHTTP1

/// Answers requests of a ``FastLane``: whole bodies in, whole bodies out.
public protocol LaneResponder: Sendable {
    /// Begins on the event loop that read the request, and leaves it only where it waits: must not block. Cancelled when the client leaves.
    typealias Handler = @Sendable (_ head: HTTPRequestHead, _ body: ByteBuffer) async -> LaneAnswer

    /// What answers requests with this head; nil for those of the router.
    func handler(of head: HTTPRequestHead) -> Handler?

    /// Bytes of a body; a request with more goes to the router.
    var bodyLimit: Int { get }
}

/// A whole answer in JSON. Type, length, date and server are added to its fields.
public struct LaneAnswer: Sendable {
    public var status: HTTPResponse.Status
    public var fields: [HTTPField]
    public var json: [UInt8]

    public init(status: HTTPResponse.Status = .ok, fields: [HTTPField] = [], json: [UInt8]) {
        self.status = status
        self.fields = fields
        self.json = json
    }
}
