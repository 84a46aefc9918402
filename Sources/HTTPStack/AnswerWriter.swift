import HTTPTypes
import NIOCore

/// Writes whole answers of a connection as the bytes that are sent: one piece each, what is always the same copied.
struct AnswerWriter {
    private static let okHead = Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ".utf8)
    /// What a connection keeps for its next answer.
    private static let keptBytes = 64 << 10

    private let serverName: String
    private var date = HTTPDate()
    /// The fields behind the length and the end of the head, as of the date's second.
    private var rest: [UInt8] = []
    private var buffer = ByteBuffer()

    init(serverName: String) { self.serverName = serverName }

    mutating func bytes(of answer: LaneAnswer) -> ByteBuffer {
        if date.advance() || rest.isEmpty { rest = Array("\r\nDate: \(date.text)\r\nServer: \(serverName)\r\n\r\n".utf8) }
        // What was written before has been sent as a rule, and its memory is free again; else this makes other memory of its own.
        buffer.clear(minimumCapacity: Self.okHead.count + 20 + rest.count + answer.json.count)
        if answer.status == .ok, answer.fields.isEmpty { buffer.writeBytes(Self.okHead) } else { buffer.writeBytes(Self.head(of: answer)) }
        buffer.writeString(String(answer.json.count))
        buffer.writeBytes(rest)
        buffer.writeBytes(answer.json)
        defer { if buffer.capacity > Self.keptBytes { buffer = ByteBuffer() } }
        return buffer
    }

    /// Up to the length.
    private static func head(of answer: LaneAnswer) -> [UInt8] {
        let fields = answer.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("HTTP/1.1 \(answer.status.code) \(answer.status.reasonPhrase)\r\nContent-Type: application/json\r\n\(fields)Content-Length: ".utf8)
    }
}
