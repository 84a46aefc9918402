import HTTPTypes
import HummingbirdCore
import NIOHTTP1

/// What the gate has to know of a request, whichever way it came.
struct Call {
    static let clientField = "FeatureStore-Client"
    private static let clientName = HTTPField.Name(clientField)!

    let method: String
    /// Path and parameters, as sent.
    let target: String
    /// What the caller calls itself; nil if it does not say.
    let client: String?

    var path: String { URI(target).path }

    init(_ head: HTTPRequest) {
        method = head.method.rawValue
        target = head.path ?? "/"
        client = head.headerFields[Self.clientName]
    }

    init(_ head: HTTPRequestHead) {
        method = head.method.rawValue
        target = head.uri
        let names = head.headers[Self.clientField]
        client = names.isEmpty ? nil : names.joined(separator: ", ")
    }
}
