import Foundation
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import HTTPStack

/// Answers requests to /fast with their body; to one that begins with "wait" after some turns of the loop.
private struct Parrot: LaneResponder {
    let bodyLimit = 16

    func handler(of head: HTTPRequestHead) -> Handler? {
        guard head.uri == "/fast" else { return nil }
        return { _, body in
            if String(buffer: body).hasPrefix("wait") { for _ in 0..<3 { await Task.yield() } }
            if String(buffer: body) == "busy" { return LaneAnswer(status: .tooManyRequests, fields: [HTTPField(name: .retryAfter, value: "1")], json: Array(buffer: body)) }
            return LaneAnswer(json: Array(buffer: body))
        }
    }
}

@Suite struct FastLaneTests {
    private let channel = EmbeddedChannel()

    init() throws {
        let lane = FastLane(responder: Parrot(), serverName: "test", watch: ConnectionGuard(limits: ConnectionLimits()))
        try channel.pipeline.syncOperations.addHandler(lane)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/nowhere")).wait()
    }

    private func send(_ path: String, _ pieces: [String], version: HTTPVersion = .http1_1, headers: HTTPHeaders = [:]) throws {
        try channel.writeInbound(HTTPServerRequestPart.head(HTTPRequestHead(version: version, method: .POST, uri: path, headers: headers)))
        for piece in pieces { try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: piece))) }
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
    }

    /// What the router gets: `/path`, `body…`, `end`.
    private func atRouter() throws -> [String] {
        var parts: [String] = []
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): parts.append(head.uri)
            case .body(let body): parts.append(String(buffer: body))
            case .end: parts.append("end")
            }
        }
        return parts
    }

    /// What is sent past the encoder: a whole answer each.
    private func sent() throws -> [String] {
        var answers: [String] = []
        while let bytes = try channel.readOutbound(as: IOData.self) { if case .byteBuffer(let buffer) = bytes { answers.append(String(buffer: buffer)) } }
        return answers
    }

    private func answers() throws -> [String] { try sent().map { $0.components(separatedBy: "\r\n\r\n")[1] } }

    @Test func aRequestThatIsTakenIsAnsweredAndNeverReachesTheRouter() throws {
        try send("/fast", ["hel", "lo"])
        let answer = try #require(try sent().first)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\nDate: "))
        #expect(answer.hasSuffix(" GMT\r\nServer: test\r\n\r\nhello"))
        #expect(try atRouter() == [])
    }

    @Test func anAnswerHasItsStatusAndFields() throws {
        try send("/fast", ["busy"])
        #expect(try sent().first?.hasPrefix("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 1\r\nContent-Length: 4\r\n") == true)
        try send("/fast", ["again"])
        #expect(try answers() == ["again"])
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
            try channel.writeOutbound(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        }
        while try channel.readOutbound(as: HTTPServerResponsePart.self) != nil {}
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
        try send("/fast", ["a"], headers: ["Connection": "close"])
        #expect(try atRouter() == ["/fast", "a", "end"])
    }

    @Test func anOlderVersionIsTheRouters() throws {
        try send("/fast", ["a"], version: .http1_0)
        #expect(try atRouter() == ["/fast", "a", "end"])
    }

    @Test func aClientThatDoesNotReadIsTheRouters() throws {
        channel.isWritable = false
        try send("/fast", ["a"])
        #expect(try atRouter() == ["/fast", "a", "end"])
    }

    @Test func theEndOfTheServerWaitsForTheRequestThatIsBeingTaken() throws {
        final class Witness: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            var heard = 0
            func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) { heard += 1 }
        }
        let witness = Witness()
        try channel.pipeline.syncOperations.addHandler(witness)
        try channel.writeInbound(HTTPServerRequestPart.head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/fast")))
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(witness.heard == 0)
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        #expect(try answers() == [""])
        #expect(witness.heard == 1)
    }
}
