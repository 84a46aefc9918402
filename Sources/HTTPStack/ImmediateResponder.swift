public import HTTPTypes
public import NIOCore

/// Answers requests at once, on the event loop that read them: without a task, a router, or a wait.
public protocol ImmediateResponder: Sendable {
    /// Whether a request with this head may be answered so; then its body is collected, up to ``bodyLimit``.
    func takes(_ head: HTTPRequest) -> Bool

    /// The answer, or nil if it is not at hand: then the router is asked, which also tells what is wrong with a request. Must not block.
    func answer(_ head: HTTPRequest, body: ByteBuffer) -> ImmediateAnswer?

    /// Bytes of a body; a request with more goes to the router.
    var bodyLimit: Int { get }
}

/// A whole answer. Length, date and server are added to its fields.
public struct ImmediateAnswer: Sendable {
    public var status: HTTPResponse.Status
    public var fields: HTTPFields
    public var body: ByteBuffer

    public init(status: HTTPResponse.Status = .ok, fields: HTTPFields, body: ByteBuffer) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
