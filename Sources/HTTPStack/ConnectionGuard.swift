import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client sends a request, or reads an answer, too slowly, or does neither.
///
/// Stands where requests are parts already; ``bytes``, which it puts at the front of the pipeline, tells it what comes before a whole head.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private var timer: RepeatedTask?
    /// Since when a request has been arriving; nil between requests.
    private var receivingSince: NIODeadline?
    private var unreadSince: NIODeadline?
    private var idleSince = NIODeadline.uptimeNanoseconds(0)
    /// Requests received whose answers are not written yet.
    private var unanswered = 0

    init(limits: ConnectionLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        idleSince = context.eventLoop.now
        try? context.pipeline.syncOperations.addHandler(Bytes { [weak self] now in self?.noteBytes(now) }, position: .first)
        let interval = TimeAmount.nanoseconds(max(50_000_000, min(limits.receiving, limits.sending, limits.idle).nanoseconds / 4))
        // The two hold each other until the connection ends and cancels the timer.
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let (handler, context) = bound.value
            if handler.isOverdue(context.eventLoop.now) { context.close(promise: nil) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { hasReceived() }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { hasAnswered(context) }
        context.write(data, promise: promise)
    }

    /// A whole request has come. Told by a ``FastLane`` of those that it takes.
    func hasReceived() {
        receivingSince = nil
        unanswered += 1
    }

    /// The answer to one has been written.
    func hasAnswered(_ context: ChannelHandlerContext) {
        unanswered -= 1
        idleSince = context.eventLoop.now
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        unreadSince = context.channel.isWritable ? nil : context.eventLoop.now
        context.fireChannelWritabilityChanged()
    }

    private func noteBytes(_ now: NIODeadline) { if receivingSince == nil { receivingSince = now } }

    private func isOverdue(_ now: NIODeadline) -> Bool {
        if let since = unreadSince, now - since > limits.sending { return true }
        if let since = receivingSince { return now - since > limits.receiving && unanswered <= 0 }
        return unanswered <= 0 && now - idleSince > limits.idle
    }

    /// Sees bytes before anybody has made sense of them.
    private final class Bytes: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let note: (NIODeadline) -> Void

        init(_ note: @escaping (NIODeadline) -> Void) { self.note = note }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            note(context.eventLoop.now)
            context.fireChannelRead(data)
        }
    }
}
