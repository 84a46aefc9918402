import FeatureModel
import NIOHTTP1

/// What the service answered.
struct Answer: Sendable, CustomStringConvertible {
    let status: Int
    private let headers: HTTPHeaders
    let bytes: [UInt8]

    init(status: Int, headers: HTTPHeaders, bytes: [UInt8]) {
        self.status = status
        self.headers = headers
        self.bytes = bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// `null` if the body is no JSON.
    var json: JSONValue { (try? JSONReader.read(bytes)) ?? .null }
    subscript(key: String) -> JSONValue? { json[key] }
    var code: String? { self["code"]?.string }
    var data: [JSONValue] { self["data"]?.array ?? [] }

    func header(_ name: String) -> String? { headers.first(name: name) }

    /// For the messages of failed expectations.
    var description: String { "HTTP \(status) \(text.prefix(2_000))" }
}

/// A request was not answered as the test needs it to go on.
struct UnexpectedAnswer: Error, CustomStringConvertible {
    let description: String
}
