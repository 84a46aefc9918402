import TestServers
import Testing

@Suite("The tests' PostgreSQL")
struct TestPostgresTests {
    @Test("gives each test a database of its own and drops it afterwards")
    func databases() async throws {
        let postgres = try TestPostgres.shared
        var names: [String] = []
        do {
            let first = try postgres.createDatabase("CREATE TABLE t (n int)"), second = try postgres.createDatabase()
            names = [first.name, second.name]
            #expect(try first.run("SELECT to_regclass('t') IS NOT NULL") == "t")
            #expect(try second.run("SELECT to_regclass('t') IS NOT NULL") == "f")
        }
        try await eventually {
            try postgres.run("SELECT count(*) FROM pg_database WHERE datname IN ('\(names[0])', '\(names[1])')", in: "postgres") == "0"
        }
    }
}
