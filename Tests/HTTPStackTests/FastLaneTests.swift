import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTPStack

/// Answers requests to /fast with their body; to one that begins with "wait" after some turns of the loop.
private struct Parrot: LaneResponder {
    let bodyLimit = 16

    func takes(_ head: HTTPRequest) -> Bool { head.path == "/fast" }

    func answer(_ head: HTTPRequest, body: ByteBuffer) async -> LaneAnswer {
        if String(buffer: body).hasPrefix("wait") { for _ in 0..<3 { await Task.yield() } }
        return LaneAnswer(fields: [.contentType: "text/plain"], body: body)
    }
}

@Suite struct FastLaneTests {
    private let channel = EmbeddedChannel()

    init() throws {
        let lane = FastLane(responder: Parrot(), serverName: "test")
        try channel.pipeline.syncOperations.addHandler(lane)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/nowhere")).wait()
    }

    private func send(_ path: String, _ pieces: [String], fields: HTTPFields = [:]) throws {
        var head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: path)
        head.headerFields = fields
        try channel.writeInbound(HTTPRequestPart.head(head))
        for piece in pieces { try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: piece))) }
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    /// What the router gets: `/path`, `body…`, `end`.
    private func atRouter() throws -> [String] {
        var parts: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            switch part {
            case .head(let head): parts.append(head.path ?? "")
            case .body(let body): parts.append(String(buffer: body))
            case .end: parts.append("end")
            }
        }
        return parts
    }

    private func answers() throws -> [String] {
        var bodies: [String] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) { if case .body(let body) = part { bodies.append(String(buffer: body)) } }
        return bodies
    }

    @Test func aRequestThatIsTakenIsAnsweredAndNeverReachesTheRouter() throws {
        try send("/fast", ["hel", "lo"])
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { Issue.record("no head"); return }
        #expect(head.status == .ok)
        #expect(head.headerFields[.contentLength] == "5")
        #expect(head.headerFields[.contentType] == "text/plain")
        #expect(head.headerFields[.server] == "test")
        #expect(head.headerFields[.date]?.hasSuffix(" GMT") == true)
        #expect(try answers() == ["hello"])
        #expect(try atRouter() == [])
    }

    @Test func whatIsNotTakenReachesTheRouterAsItCame() throws {
        try send("/other", ["a", "b"])
        #expect(try atRouter() == ["/other", "a", "b", "end"])
        #expect(try answers() == [])
    }

    @Test func aBodyThatIsTooLongReachesTheRouterWhole() throws {
        try send("/fast", ["more than ", "sixteen ", "bytes"])
        #expect(try atRouter() == ["/fast", "more than ", "sixteen ", "bytes", "end"])
    }

    @Test func nothingOvertakesARequestThatTheRouterHas() throws {
        try send("/other", [])
        try send("/fast", ["second"])
        #expect(try atRouter() == ["/other", "end", "/fast", "second", "end"])
        for _ in 0..<2 {
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
        }
        _ = try answers()
        try send("/fast", ["third"])
        #expect(try answers() == ["third"])
    }

    @Test func whileAnAnswerIsWaitedForTheRestStaysWhereItIs() throws {
        try send("/fast", ["wait"])
        try send("/fast", ["second"])
        try send("/other", [])
        #expect(try answers() == [])
        #expect(try atRouter() == [])
        channel.embeddedEventLoop.run()
        #expect(try answers() == ["wait", "second"])
        #expect(try atRouter() == ["/other", "end"])
    }

    @Test func requestsThatAskForMoreOfTheConnectionAreTheRouters() throws {
        try send("/fast", ["a"], fields: [.connection: "close"])
        #expect(try atRouter() == ["/fast", "a", "end"])
    }

    @Test func aClientThatDoesNotReadIsTheRouters() throws {
        channel.isWritable = false
        try send("/fast", ["a"])
        #expect(try atRouter() == ["/fast", "a", "end"])
    }

    @Test func theEndOfTheServerWaitsForTheRequestThatIsBeingTaken() throws {
        final class Witness: ChannelInboundHandler {
            typealias InboundIn = HTTPRequestPart
            var heard = 0
            func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) { heard += 1 }
        }
        let witness = Witness()
        try channel.pipeline.syncOperations.addHandler(witness)
        try channel.writeInbound(HTTPRequestPart.head(HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/fast")))
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(witness.heard == 0)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        #expect(try answers() == [""])
        #expect(witness.heard == 1)
    }
}
