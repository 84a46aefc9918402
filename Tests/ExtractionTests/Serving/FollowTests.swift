import Catalog
@testable import Extraction
import FeatureModel
import TestServers
import Testing

/// Two sets of use cases over one catalog and one warehouse, as two processes have them. The second looks at nothing by itself: what it does
/// differently, it does because of what the first has saved.
@Suite("What another process saves", .timeLimit(.minutes(3)))
struct FollowTests {
    private static let other = "SELECT customer_id, min(pages) AS pages FROM visits GROUP BY customer_id"

    private func run(_ body: (_ first: Workshop, _ second: Workshop, _ id: QueryID) async throws -> Void) async throws {
        let first = try await Workshop(Visits.setup)
        do {
            let second = try await first.beside(definitionInterval: 3_600)
            do {
                let saved = try await first.train(Visits.sql, key: "customer_id", name: "visits")
                let id = try #require(saved["query_id"]?.string.flatMap { QueryID($0) })
                #expect(try await second.realtimeOnceLoaded(id, key: "customer_id", value: 3)["data"] == [["customer_id": 3, "n": 10, "pages": 6]])
                try await body(first, second, id)
                await second.stop()
            } catch {
                await second.stop()
                throw error
            }
            await first.close()
        } catch {
            await first.close()
            throw error
        }
    }

    private func isRefused(_ id: QueryID, by workshop: Workshop) async throws -> Bool {
        do {
            _ = try await workshop.realtime(id, key: "customer_id", value: 3)
            return false
        } catch let failure as any Failure where failure.code == "not_servable" { return true }
    }

    @Test("a query that is refused there is refused here, and one that is served there again is served here again; nothing is certified twice")
    func certificates() async throws {
        try await run { first, second, id in
            let stages = second.lying.count
            for _ in 1...2 {
                first.lying.turn(on: true)
                let parted = try await first.useCases.verifyQuery.run(.id(id), etl: nil, project: .defaultProject, seed: nil)
                #expect(parted["realtime"]?["servable"] == false)
                #expect(try await second.until { try await isRefused(id, by: second) })
                first.lying.turn(on: false)
                let agreed = try await first.useCases.verifyQuery.run(.id(id), etl: nil, project: .defaultProject, seed: nil)
                #expect(agreed["realtime"]?["servable"] == true)
                #expect(try await second.until { try await !isRefused(id, by: second) })
                #expect(try await second.realtime(id, key: "customer_id", value: 3)["data"] == [["customer_id": 3, "n": 10, "pages": 6]])
            }
            #expect(second.lying.count == stages)
        }
    }

    @Test("cache: true holds here, and so does taking it back")
    func options() async throws {
        try await run { first, second, id in
            func isKept() async throws -> Bool {
                let shown = try await second.useCases.listing.query(.id(id), project: .defaultProject)
                return shown["cache"]?.array?.first?["kept"] == true
            }
            #expect(try await !isKept())
            _ = try await first.train(Visits.sql, key: "customer_id", isCached: true)
            #expect(try await second.until(isKept))
            #expect(try await second.realtime(id, key: "customer_id", value: 3)["data"]?.array?.count == 1)
            _ = try await first.train(Visits.sql, key: "customer_id", isCached: false)
            #expect(try await second.until { try await !isKept() })
        }
    }

    @Test("a table that was altered is looked at here when it was seen there")
    func definitions() async throws {
        try await run { first, second, id in
            try first.database.run("ALTER TABLE visits ALTER COLUMN pages TYPE text")
            let isSeen = try await second.until {
                do {
                    return try await second.realtime(id, key: "customer_id", value: 3)["data"] == [["customer_id": 3, "n": 10, "pages": "6"]]
                } catch let failure as any Failure where failure.code == "loading" { return false }
            }
            #expect(isSeen)
        }
    }

    @Test("a name means its newest version here, a version what it always meant")
    func names() async throws {
        try await run { first, second, id in
            let name = try #require(ObjectName("visits"))
            func columns(_ version: Int?) async throws -> [String]? {
                try await second.realtime(.name(name, version: version), key: "customer_id", value: 3)["data"]?.array?.first?.object?.map(\.key)
            }
            #expect(try await columns(nil) == ["customer_id", "n", "pages"])
            #expect(try await columns(1) == ["customer_id", "n", "pages"])
            let saved = try await first.train(Self.other, key: "customer_id", name: "visits")
            let newer = try #require(saved["query_id"]?.string.flatMap { QueryID($0) })
            _ = try await second.realtimeOnceLoaded(newer, key: "customer_id", value: 3)
            #expect(try await second.until { try await columns(nil) == ["customer_id", "pages"] })
            #expect(try await columns(1) == ["customer_id", "n", "pages"])
            // Its own saves are seen at once.
            _ = try await second.train(Visits.sql, key: "customer_id", name: "visits")
            #expect(try await columns(nil) == ["customer_id", "n", "pages"])
        }
    }
}
