import Foundation
import Synchronization

/// One MongoDB for a test run, started by the first test that needs it and stopped when the process ends.
/// A run in which it cannot be started fails: nothing here skips.
public final class TestMongo: Sendable {
    public let server: MongoServer
    private let counter = Atomic<Int>(0)

    /// Blocks the first caller until the server takes writes.
    public static var shared: TestMongo {
        get throws { try started.get() }
    }

    private static let started = Result {
        let mongo = TestMongo(server: try MongoServer())
        atexit { try? TestMongo.shared.server.stop() }
        return mongo
    }

    private init(server: MongoServer) {
        self.server = server
    }

    /// The connection string of a database that no other test uses; it is gone with the server. Its time limit is long: on a
    /// machine that runs every test at once a server is slow, not away.
    public func freshDatabaseURI() -> String {
        server.uri(database: "test_\(counter.add(1, ordering: .relaxed).newValue)", options: "socketTimeoutMS=60000&serverSelectionTimeoutMS=30000")
    }
}
