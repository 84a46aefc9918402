public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTPTypesHTTP1

/// HTTP/1.1 connections that are served on the thread that reads them.
///
/// Left to itself a connection's task runs on Swift's own pool of threads: each request wakes a thread of that pool, and its answer wakes the
/// event loop again, which costs more than a lookup (`architecture/decisions/0012-a-lane-for-realtime-calls.md`). Here both are one thread.
/// So nothing that a handler does by itself may block or take long; what does goes through ``offLoop(_:)`` or a pool of threads of its own.
public struct LoopBoundHTTP1: ServerChildChannel {
    public typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let lane: (any LaneResponder)?
    private let serverName: String

    /// - Parameters:
    ///   - lane: what is answered without the router; nil for nothing.
    ///   - serverName: the field `Server` of these answers.
    public init(
        responder: @escaping HTTPChannelHandler.Responder, limits: ConnectionLimits = ConnectionLimits(), lane: (any LaneResponder)? = nil,
        serverName: String = ""
    ) {
        var configuration = HTTP1Channel.Configuration()
        configuration.additionalChannelHandlers = { [ConnectionGuard(limits: limits)] }
        base = HTTP1Channel(responder: responder, configuration: configuration)
        self.lane = lane
        self.serverName = serverName
    }

    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            if let lane {
                let pipeline = channel.pipeline.syncOperations
                let fastLane = FastLane(responder: lane, serverName: serverName, watch: try pipeline.handler(type: ConnectionGuard.self))
                try pipeline.addHandler(fastLane, position: .before(pipeline.handler(type: HTTP1ToHTTPServerCodec.self)))
            }
            return value
        }
    }

    public func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor.executor(of: value.channel.eventLoop)) { await base.handle(value: value, logger: logger) }
    }
}

extension HTTPServerBuilder {
    /// ``LoopBoundHTTP1``.
    public static func loopBoundHTTP1(
        limits: ConnectionLimits = ConnectionLimits(), lane: (any LaneResponder)? = nil, serverName: String = ""
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { LoopBoundHTTP1(responder: $0, limits: limits, lane: lane, serverName: serverName) }
    }
}

/// Runs `body` on Swift's pool of threads: for work that would keep an event loop from its other connections.
public func offLoop<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
}
