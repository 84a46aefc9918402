import NIOCore
import NIOHTTP1

/// Takes the requests of a ``LaneResponder`` out of the stream of parts, and lets all others by to the router.
///
/// A request that can be answered at once is: in the turn of the event loop that read it, without a queue, a stream or another thread. While
/// an answer is waited for, nothing more is read of the connection. Answers leave in the order of the requests: while the router works on
/// one, none is taken. Nor is one while the client does not read its answers: only the router's way waits for that.
///
/// Stands directly behind the decoder, before parts become those of HTTPTypes, and sends whole answers past the encoder.
final class FastLane: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let responder: any LaneResponder
    private let watch: ConnectionGuard
    private var writer: AnswerWriter
    /// The request that is being taken.
    private var collected: (head: HTTPRequestHead, handler: LaneResponder.Handler, body: ByteBuffer)?
    /// What works on a request that was taken.
    private var task: Task<Void, Never>?
    private var isAnswering = false
    /// What came while it does.
    private var held: [HTTPServerRequestPart] = []
    private var wantsRead = false
    /// Requests that the router has and has not answered.
    private var atRouter = 0
    /// The server began to stop while the lane was busy: the others in the pipeline hear of it afterwards.
    private var heldEvent: Any?

    /// The encoder's place in the pipeline, from which bytes are sent.
    private var front: ChannelHandlerContext?

    /// - Parameter watch: hears of the requests that are taken and of their answers.
    init(responder: any LaneResponder, serverName: String, watch: ConnectionGuard) {
        self.responder = responder
        self.watch = watch
        writer = AnswerWriter(serverName: serverName)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        front = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) { front = nil }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isAnswering { held.append(part) } else { take(part, context) }
    }

    func read(context: ChannelHandlerContext) {
        if isAnswering { wantsRead = true } else { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        task?.cancel()
        collected = nil
        held = []
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if collected != nil || isAnswering, event is ChannelShouldQuiesceEvent { heldEvent = event } else { context.fireUserInboundEventTriggered(event) }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            if atRouter == 0, let handler = responder.handler(of: head), head.asksNothingOfTheConnection, context.channel.isWritable {
                collected = (head, handler, ByteBuffer())
            } else {
                atRouter += 1
                context.fireChannelRead(wrapInboundOut(part))
            }
        case .body(var piece):
            guard let size = collected?.body.readableBytes else { return context.fireChannelRead(wrapInboundOut(part)) }
            if size + piece.readableBytes > responder.bodyLimit {
                handOver(context)
                context.fireChannelRead(wrapInboundOut(part))
            } else if size == 0 {
                collected?.body = piece
            } else {
                collected?.body.writeBuffer(&piece)
            }
        case .end:
            guard let (head, handler, body) = collected else { return context.fireChannelRead(wrapInboundOut(part)) }
            collected = nil
            watch.hasReceived()
            answer(head, handler, body, context)
        }
    }

    /// Gives what was taken to the router.
    private func handOver(_ context: ChannelHandlerContext) {
        guard let (head, _, body) = collected else { return }
        collected = nil
        atRouter += 1
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        releaseEvent(context)
    }

    // MARK: Answering

    private func answer(_ head: HTTPRequestHead, _ handler: @escaping LaneResponder.Handler, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        isAnswering = true
        let loop = context.eventLoop
        let bound = NIOLoopBound((lane: self, context: context), eventLoop: loop)
        let task = Task.immediateDetached(executorPreference: EventLoopExecutor.executor(of: loop)) {
            let answer = await handler(head, body)
            bound.value.lane.finish(answer, bound.value.context)
        }
        if isAnswering { self.task = task }
    }

    private func finish(_ answer: LaneAnswer, _ context: ChannelHandlerContext) {
        task = nil
        isAnswering = false
        guard context.channel.isActive else { return }
        write(answer, context)
        releaseEvent(context)
        guard !held.isEmpty || wantsRead else { return }
        let parts = held
        held = []
        for (index, part) in parts.enumerated() {
            if isAnswering {
                held = Array(parts[index...])
                break
            }
            take(part, context)
        }
        // What was let by is delivered at the end of a turn's reading only.
        if parts.count > held.count { context.fireChannelReadComplete() }
        if !isAnswering, wantsRead {
            wantsRead = false
            context.read()
        }
    }

    private func releaseEvent(_ context: ChannelHandlerContext) {
        guard let event = heldEvent else { return }
        heldEvent = nil
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Writing

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { atRouter -= 1 }
        context.write(data, promise: promise)
    }

    private func write(_ answer: LaneAnswer, _ context: ChannelHandlerContext) {
        watch.hasAnswered(context)
        (front ?? context).writeAndFlush(NIOAny(IOData.byteBuffer(writer.bytes(of: answer))), promise: nil)
    }
}

extension HTTPRequestHead {
    /// What the router's way serves: other versions, connections that end or change, clients that want to be asked for the body.
    fileprivate var asksNothingOfTheConnection: Bool {
        version == .http1_1 && !headers.contains(name: "connection") && !headers.contains(name: "expect")
    }
}
