import TestServers
import WarehousePostgres

/// A scratch database in which statements are typed.
public final class Typing: Sendable {
    private let database: TestDatabase
    let prover: PostgresProver

    public init() throws {
        database = try TestPostgres.shared.createDatabase()
        prover = try PostgresProver(url: database.url, cached: 1024)
    }
}
