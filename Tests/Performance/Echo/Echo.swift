import HTTPStack
import Hummingbird
import Logging

/// The baseline that the realtime calls are measured against: a POST on the same HTTP stack whose answer is its body.
///
///     echo PORT [loop-bound]     as Hummingbird serves by default, or as the service does
@main
struct Echo {
    static func main() async throws {
        let router = Router()
        router.post("echo") { request, _ in
            var request = request
            return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: try await request.collectBody(upTo: 1 << 20)))
        }
        var logger = Logger(label: "echo")
        logger.logLevel = .warning
        let arguments = CommandLine.arguments.dropFirst()
        let app = Application(
            router: router, server: arguments.contains("loop-bound") ? .loopBoundHTTP1() : .http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: arguments.first.flatMap { Int($0) } ?? 9091)),
            logger: logger)
        try await app.runService()
    }
}
