import ArgumentParser
import AsyncHTTPClient
import FeatureModel
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Speaks to a running service for the commands that are its clients.
struct ServiceClient {
    private let address: String

    /// `FEATURESTORE_URL`, else the default port on this machine.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let given = environment["FEATURESTORE_URL"].flatMap { $0.isEmpty ? nil : $0 } ?? "http://127.0.0.1:9090"
        address = given.hasSuffix("/") ? String(given.dropLast()) : given
    }

    /// Sends one request and prints its answer as it comes. An error answer is printed to standard error, and the command fails.
    func call(_ method: String, _ path: String, query: [(String, String?)] = [], body: [(String, JSONValue?)]? = nil) async throws {
        try await pieces(method, path, query: query, body: body) { try Self.print(Data(buffer: $0)) }
        try Self.print(Data("\n".utf8))
    }

    /// The same, with the answer in hand.
    func answer(_ method: String, _ path: String, query: [(String, String?)] = [], body: [(String, JSONValue?)]? = nil) async throws -> JSONValue {
        var bytes: [UInt8] = []
        try await pieces(method, path, query: query, body: body) { bytes += Array(buffer: $0) }
        return try JSONReader.read(bytes)
    }

    private func pieces(
        _ method: String, _ path: String, query: [(String, String?)], body: [(String, JSONValue?)]?, _ take: (ByteBuffer) throws -> Void
    ) async throws {
        var request = HTTPClientRequest(url: address + path + Self.encoded(query))
        request.method = .init(rawValue: method)
        if let client = ProcessInfo.processInfo.environment["FEATURESTORE_CLIENT"], !client.isEmpty { request.headers.add(name: "FeatureStore-Client", value: client) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(JSONValue.object(body.compactMap { name, value in value.map { .init(name, $0) } }).utf8)
        }
        let response = try await whenReady(request)
        do {
            for try await piece in response.body { try take(piece) }
        } catch let exit as ExitCode { throw exit } catch {
            Self.complain("\nfeaturestore: the answer broke off before its end\n")
            throw ExitCode.failure
        }
    }

    /// The answer; an error is printed and the command fails.
    ///
    /// What is `loading` (a table, a key's index and certificate) is asked for again when the service says, for half a minute: such a call has
    /// done nothing. Any other 503 may come behind a write whose outcome nobody knows, and is not repeated.
    private func whenReady(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        let end = ContinuousClock.now.advanced(by: .seconds(30))
        while true {
            let response: HTTPClientResponse
            do { response = try await Self.client.execute(request, timeout: .seconds(600)) } catch {
                Self.complain("featurestore: no answer from \(address)\n  is the service running? start it with 'featurestore serve', or set FEATURESTORE_URL\n")
                throw ExitCode.failure
            }
            if response.status == .ok { return response }
            let bytes = Array(buffer: try await response.body.collect(upTo: 1 << 20))
            let seconds = max(1, response.headers.first(name: "Retry-After").flatMap { Int($0) } ?? 1)
            guard (try? JSONReader.read(bytes))?["code"]?.string == "loading", ContinuousClock.now.advanced(by: .seconds(seconds)) < end else {
                Self.complain(Self.readable(bytes, status: response.status.code))
                throw ExitCode.failure
            }
            try await Task.sleep(for: .seconds(seconds))
        }
    }

    /// Where the reader has seen enough (`| head`), the command ends as one does that the kernel stops for it.
    private static func print(_ data: Data) throws {
        do { try FileHandle.standardOutput.write(contentsOf: data) } catch { throw ExitCode(128 + SIGPIPE) }
    }

    /// Says at once that nobody listens, instead of trying again until the request's time is up.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private static func complain(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    /// An error body in lines: what, why, where, what to do.
    private static func readable(_ bytes: [UInt8], status: UInt) -> String {
        guard let body = try? JSONReader.read(bytes), let message = body["msg"]?.string else { return "featurestore: HTTP \(status)\n" }
        var lines = ["featurestore: \(message) [\(body["code"]?.string ?? "?"), HTTP \(status)]"]
        if let reason = body["reason"]?.string, reason != message { lines.append("  \(reason)") }
        if let position = body["position"], let line = position["line"]?.int, let column = position["column"]?.int { lines.append("  at line \(line), column \(column)") }
        if let hint = body["hint"]?.string { lines.append("  \(hint)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// For one part of a path, or a parameter.
    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
    }

    private static func encoded(_ query: [(String, String?)]) -> String {
        let parts = query.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}

extension JSONValue {
    /// A key's value as typed on the command line: digits and true/false are what they look like, unless `--text` says otherwise.
    static func typed(_ text: String, isText: Bool) -> JSONValue {
        if isText { return .string(text) }
        if text == "true" || text == "false" { return .bool(text == "true") }
        if let value = try? JSONReader.read(text), case .number = value { return value }
        return .string(text)
    }

    static func parsed(_ text: String, _ option: String) throws -> JSONValue {
        do { return try JSONReader.read(text) } catch { throw ValidationError("\(option) is not JSON: \(error)") }
    }

    /// One value alone, several as a list.
    static func oneOrMany(_ values: [JSONValue]) -> JSONValue { values.count == 1 ? values[0] : .array(values) }

    /// Name or id of a saved query: an id is 24 hexadecimal digits.
    static func reference(_ text: String) -> [(String, JSONValue?)] {
        QueryID(text) != nil ? [("query_id", .string(text))] : [("name", .string(text))]
    }
}
