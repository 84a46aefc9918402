import Extraction
import FeatureModel
import Foundation
import HTTPStack
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response { Response(json: bytes, status: status) }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response { json(value.utf8, status: status) }

    /// Holds the answer back until it ends or has ``streamThreshold`` bytes, so that a statement that fails early is still an
    /// error answer. One that fails later breaks the connection: the client sees an incomplete body, never a short answer.
    static func stream(_ answer: AnswerStream) async throws -> Response {
        var held = ByteBuffer()
        for try await piece in answer {
            held.writeBytes(piece)
            if held.readableBytes >= streamThreshold { break }
        }
        if held.readableBytes < streamThreshold {
            return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: held))
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { [held] writer in
                try await writer.write(held)
                // Rows are encoded as they are pulled: not on the loop that serves other connections.
                try await offLoop { for try await piece in answer { try await writer.write(ByteBuffer(bytes: piece)) } }
                try await writer.finish(nil)
            })
    }

    private static let streamThreshold = 1 << 20
}

extension Failure {
    /// `{code, msg, reason, details?, hint?, position?, sqlstate?}`
    var json: JSONValue {
        var members: [JSONValue.Member] = [.init("code", .string(code)), .init("msg", .string(message)), .init("reason", .string(reason))]
        if let details { members.append(.init("details", details)) }
        if let hint { members.append(.init("hint", .string(hint))) }
        if let position {
            members.append(.init("position", ["line": .init(position.line), "column": .init(position.column), "character": .init(position.character)]))
        }
        if let sqlstate { members.append(.init("sqlstate", .string(sqlstate))) }
        return .object(members)
    }
}
