import Catalog
import CatalogSQLite
import Extraction
import FeatureModel
import TestServers
import Testing

@Suite("What was saved, after a restart", .timeLimit(.minutes(3)))
struct RestartTests {
    /// A saved query, and the same catalog and database behind an empty store.
    private func run(
        hasBackground: Bool, whileAway: (Workshop) throws -> Void = { _ in }, _ body: (Workshop, QueryID) async throws -> Void
    ) async throws {
        let before = try await Workshop(Visits.setup)
        let saved = try await before.train(Visits.sql, key: "customer_id")
        let id = try #require(saved["query_id"]?.string.flatMap { QueryID($0) })
        await before.stop()
        try whileAway(before)
        let after = try await before.restarted(hasBackground: hasBackground)
        do {
            try await body(after, id)
            await after.close()
        } catch {
            await after.close()
            throw error
        }
    }

    @Test("is ready as soon as its tables are loaded, and answers")
    func ready() async throws {
        try await run(hasBackground: true) { workshop, id in
            let isReady = try await workshop.until { await workshop.useCases.health.report().isReady }
            #expect(isReady)
            let answer = try await workshop.realtimeOnceLoaded(id, key: "customer_id", value: 3)
            #expect(answer["data"] == [["customer_id": 3, "n": 10, "pages": 6]])
        }
    }

    @Test("is restored by the first request that comes before its turn, with the certificate that it has")
    func onDemand() async throws {
        try await run(hasBackground: false) { workshop, id in
            let stages = workshop.lying.count
            let answer = try await workshop.realtimeOnceLoaded(id, key: "customer_id", value: 3)
            #expect(answer["data"] == [["customer_id": 3, "n": 10, "pages": 6]])
            #expect(workshop.lying.count == stages, "no certificate is made anew")
        }
    }

    @Test("stands on the tables as they are now when they were altered meanwhile")
    func altered() async throws {
        func alter(_ workshop: Workshop) throws { try workshop.database.run("ALTER TABLE visits DROP COLUMN note; ALTER TABLE visits ADD COLUMN seconds int") }
        try await run(hasBackground: true, whileAway: alter) { workshop, id in
            let digest = try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)?.definitionsDigest
            let isRenewed = try await workshop.until {
                try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)?.definitionsDigest != digest
            }
            #expect(isRenewed)
            let answer = try await workshop.realtimeOnceLoaded(id, key: "customer_id", value: 3)
            #expect(answer["data"] == [["customer_id": 3, "n": 10, "pages": 6]])
        }
    }
}
