import EmbeddedPostgres
import Foundation
import Logging
import TestServers

/// A PostgreSQL of one test's own, to take away and bring back under a running service.
///
/// Its address stays the same: a link in the test's folder leads to wherever the server's socket is at present.
final class OwnPostgres: Sendable {
    private let folder: URL
    private let server: EmbeddedPostgres

    /// libpq's form.
    var url: String { "host=\(link) port=5432 user=featurestore dbname=featurestore" }
    private var link: String { folder.path + "/socket" }

    /// Returns when the server answers.
    init() async throws {
        folder = try TemporaryFolder.make("fsaway")
        server = EmbeddedPostgres(
            folder: folder.path + "/postgres", profile: .scratch, log: Logger(label: "own-postgres", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await comeBack()
    }

    /// Stops the server in order; who is connected loses the connection.
    func goAway() async { await server.stop() }

    func comeBack() async throws {
        try await server.start()
        let address = try server.connectionString()
        guard let host = address.split(separator: " ").first(where: { $0.hasPrefix("host=") })?.dropFirst(5) else {
            throw UnexpectedAnswer(description: "no host in the server's address")
        }
        try? FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: String(host))
    }

    /// Stops the server and removes its data.
    func remove() async {
        await server.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
