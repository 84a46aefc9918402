import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sources behind `http(s)` addresses. Every hop is checked by the addresses its name stands for, and connects to just the
/// address that was checked, so that a name can't mean another host a moment later.
struct WebSource: Sendable {
    private let rules: HostRules
    private let settings: SourceFetchSettings

    init(settings: SourceFetchSettings) {
        rules = HostRules(allowed: settings.allowedHosts)
        self.settings = settings
    }

    func fetch(_ address: WebAddress) async throws -> FetchedSource {
        let isSQL = try SourceKind.isSQL(address.path)
        let deadline = NIODeadline.now() + .nanoseconds(Int64(settings.seconds * 1e9))
        var hop = address
        for _ in 0...settings.mostRedirects {
            switch try await ask(hop, credentials: hop.isSameSite(as: address) ? address.credentials : nil, deadline) {
            case .text(let text): return FetchedSource(text: text, origin: address.origin, isSQL: isSQL)
            case .redirect(let location):
                let next = try hop.redirected(to: location)
                guard next.isSecure || !hop.isSecure else {
                    throw SourceFetchError(.failed, "\(hop.origin) redirects from https to http, which is not followed")
                }
                hop = next
            }
        }
        throw SourceFetchError(.failed, "\(address.origin) redirects more than \(settings.mostRedirects) times")
    }

    private enum Answer {
        case text(String)
        case redirect(String)
    }

    private func ask(_ address: WebAddress, credentials: String?, _ deadline: NIODeadline) async throws -> Answer {
        let left = Double((deadline - NIODeadline.now()).nanoseconds) / 1e9
        guard left > 0 else { throw slow(address) }
        let addresses = try await NameResolution.addresses(of: address.host, seconds: left)
        try rules.check(address.host, addresses: addresses)

        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.dnsOverride = [address.host: addresses[0].text]
        configuration.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let answer = try await ask(client, address, credentials, deadline)
            try await client.shutdown()
            return answer
        } catch {
            try? await client.shutdown()
            throw told(error, address)
        }
    }

    private func ask(_ client: HTTPClient, _ address: WebAddress, _ credentials: String?, _ deadline: NIODeadline) async throws -> Answer {
        var request = HTTPClientRequest(url: address.request)
        request.headers.add(name: "User-Agent", value: "featurestore")
        request.headers.add(name: "Accept", value: "text/plain, */*;q=0.5")
        if let credentials { request.headers.add(name: "Authorization", value: "Basic \(Data(credentials.utf8).base64EncodedString())") }
        let response = try await client.execute(request, deadline: deadline)
        switch response.status.code {
        case 200:
            if let length = response.headers.first(name: "Content-Length").flatMap(Int.init), length > settings.mostBytes {
                throw SourceKind.tooLarge(settings.mostBytes)
            }
            return .text(try SourceKind.text(try await body(response, address, deadline)))
        case 301, 302, 303, 307, 308:
            guard let location = response.headers.first(name: "Location") else {
                throw SourceFetchError(.failed, "\(address.origin) redirects without saying where")
            }
            return .redirect(location)
        case 404, 410: throw SourceFetchError(.notFound, "there is nothing at \(address.origin)")
        case let code: throw SourceFetchError(.failed, "\(address.origin) answered with status \(code)")
        }
    }

    private func body(_ response: HTTPClientResponse, _ address: WebAddress, _ deadline: NIODeadline) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in response.body {
            guard bytes.count + chunk.readableBytes <= settings.mostBytes else { throw SourceKind.tooLarge(settings.mostBytes) }
            bytes.append(contentsOf: chunk.readableBytesView)
            if NIODeadline.now() > deadline { throw slow(address) }
        }
        return bytes
    }

    private func slow(_ address: WebAddress) -> SourceFetchError {
        SourceFetchError(.failed, "\(address.origin) did not answer within \(settings.seconds) s")
    }

    private func told(_ error: any Error, _ address: WebAddress) -> any Error {
        if error is SourceFetchError || error is CancellationError { return error }
        let outOfTime: [HTTPClientError] = [.deadlineExceeded, .connectTimeout, .readTimeout]
        if let error = error as? HTTPClientError, outOfTime.contains(error) { return slow(address) }
        return SourceFetchError(.failed, "\(address.origin) could not be read", reason: "\(error)")
    }
}
