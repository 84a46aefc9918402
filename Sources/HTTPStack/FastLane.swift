import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Takes the requests that an ``ImmediateResponder`` can answer out of the stream of parts, and lets all others by.
///
/// Answers leave in the order of the requests: while the router works on one of this connection, none is taken. Nor is one while the client
/// does not read its answers: only the router's way waits for that.
final class FastLane: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let responder: any ImmediateResponder
    private let serverName: String
    private var date = HTTPDate()
    /// The request that is being taken.
    private var collected: (head: HTTPRequest, body: ByteBuffer)?
    /// Requests that the router has and has not answered.
    private var atRouter = 0
    /// The server began to stop while a request was being taken: the others in the pipeline hear of it when that is answered.
    private var heldEvent: Any?

    init(responder: any ImmediateResponder, serverName: String) {
        self.responder = responder
        self.serverName = serverName
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if atRouter == 0, context.channel.isWritable, head.headerFields[.connection] == nil, head.headerFields[.expect] == nil, responder.takes(head) {
                collected = (head, ByteBuffer())
            } else {
                atRouter += 1
                context.fireChannelRead(data)
            }
        case .body(var piece):
            guard let body = collected?.body else { return context.fireChannelRead(data) }
            if body.readableBytes + piece.readableBytes > responder.bodyLimit { handOver(context) { context.fireChannelRead(data) } } else if body.readableBytes == 0 {
                collected?.body = piece
            } else {
                collected?.body.writeBuffer(&piece)
            }
        case .end(let trailers):
            guard let (head, body) = collected else { return context.fireChannelRead(data) }
            if trailers == nil, let answer = responder.answer(head, body: body) {
                collected = nil
                write(answer, context)
            } else {
                handOver(context) { context.fireChannelRead(data) }
            }
            releaseEvent(context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { atRouter -= 1 }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if collected != nil, event is ChannelShouldQuiesceEvent { heldEvent = event } else { context.fireUserInboundEventTriggered(event) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        collected = nil
        context.fireChannelInactive()
    }

    /// Gives what was taken to the router, and then the rest.
    private func handOver(_ context: ChannelHandlerContext, rest: () -> Void) {
        guard let (head, body) = collected else { return }
        collected = nil
        atRouter += 1
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        rest()
    }

    private func releaseEvent(_ context: ChannelHandlerContext) {
        guard let event = heldEvent else { return }
        heldEvent = nil
        context.fireUserInboundEventTriggered(event)
    }

    private func write(_ answer: ImmediateAnswer, _ context: ChannelHandlerContext) {
        var fields = answer.fields
        fields[.contentLength] = String(answer.body.readableBytes)
        fields[.date] = date.now()
        fields[.server] = serverName
        context.write(wrapOutboundOut(.head(HTTPResponse(status: answer.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
