public import HTTPTypes
public import NIOCore

/// Answers requests of a ``FastLane``: whole bodies in, whole bodies out.
public protocol LaneResponder: Sendable {
    /// Whether requests with this head are its own.
    func takes(_ head: HTTPRequest) -> Bool

    /// Begins on the event loop that read the request, and leaves it only where it waits: must not block. Cancelled when the client leaves.
    func answer(_ head: HTTPRequest, body: ByteBuffer) async -> LaneAnswer

    /// Bytes of a body; a request with more goes to the router.
    var bodyLimit: Int { get }
}

/// A whole answer. Length, date and server are added to its fields.
public struct LaneAnswer: Sendable {
    public var status: HTTPResponse.Status
    public var fields: HTTPFields
    public var body: ByteBuffer

    public init(status: HTTPResponse.Status = .ok, fields: HTTPFields, body: ByteBuffer) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
