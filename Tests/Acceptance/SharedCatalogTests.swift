import FeatureModel
import Foundation
import Testing
import TestServers

@Suite("Two services on one catalog")
struct SharedCatalogTests {
    /// Runs `body` on two services with one warehouse and one catalog. Neither looks at definitions or certificates by itself, after the first time.
    private func run(_ catalog: String, _ body: (_ first: Service, _ second: Service) async throws -> Void) async throws {
        let database = try TestPostgres.shared.createDatabase()
        var settings = ["DATABASE_URL": try database.url, "DEFINITION_SECONDS": "3600"]
        let folders = [try ServiceFolder(), try ServiceFolder()]
        if catalog == "MongoDB" { settings["MONGODB_URI"] = try TestMongo.shared.freshDatabaseURI() } else {
            for folder in folders { try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: false) }
            let (real, link) = (folders[0].path + "/data/catalog.sqlite", folders[1].path + "/data/catalog.sqlite")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
        }
        let services = try folders.map { try Service(settings, folder: $0) }
        do {
            for service in services { try await service.untilReady() }
            try await body(services[0], services[1])
        } catch {
            for service in services { await service.stop() }
            throw error
        }
        for service in services { await service.stop() }
    }

    @Test("what one saves, the other acts upon: a new version of a name, a new baseline, cache: true", arguments: ["SQLite", "MongoDB"])
    func followed(catalog: String) async throws {
        try await run(catalog) { first, second in
            let flow = try await Flow.save(in: first, flows: 50, seed: 3)
            let user = JSONValue.string(flow.user)
            let byName: JSONValue = ["name": "user_features", "index_key": "user_id", "index_value": user]
            #expect(try await second.answered("/v1.0/query/realtime", byName).data == [flow.rows[0]])

            let other = try await first.save("SELECT user_id, count(*) AS quotes FROM feature_store.quotes GROUP BY user_id", key: "user_id", name: "user_features")
            let expected = try await first.lookUp(other, "user_id", user).data
            #expect(try await second.lookUp(other, "user_id", user).data == expected)
            try await until("the new version of the name is answered") { try await second.answered("/v1.0/query/realtime", byName).data == expected }

            let extraction: JSONValue = ["query_id": .string(flow.queryID), "etl_id": .string(flow.pythonETL), "index_key": "user_id", "index_value": user]
            func baseline(of service: Service) async throws -> JSONValue? {
                try await service.answered("/v1.0/extract/realtime?meta=true", extraction)["meta"]?["baseline"]
            }
            #expect(try await baseline(of: second) == 1)
            let training: JSONValue = ["query_id": .string(flow.queryID), "etl_id": .string(flow.pythonETL)]
            _ = try await first.answered("/v1.0/extract/train?save=true", training)
            #expect(try await baseline(of: first) == 2)
            try await until("the new baseline is compared with") { try await baseline(of: second) == 2 }

            func isKept() async throws -> Bool {
                try await second.send("GET", "/v1.0/queries/\(flow.queryID)")["cache"]?.array?.first?["kept"] == true
            }
            #expect(try await !isKept())
            let cached: JSONValue = ["query": .string(try Flow.sql()), "entity_key": "user_id", "cache": true]
            _ = try await first.answered("/v1.0/query/train?save=true", cached)
            try await until("answers are kept", isKept)

            // What a service has saved itself it acts upon at once, whatever the other one saved before.
            for _ in 1...3 {
                for service in [first, second] {
                    #expect(try await service.save(try Flow.sql(), key: "user_id", name: "user_features") == flow.queryID)
                    #expect(try await service.answered("/v1.0/query/realtime", byName).data == [flow.rows[0]])
                    _ = try await service.save("SELECT user_id, count(*) AS quotes FROM feature_store.quotes GROUP BY user_id", key: "user_id", name: "user_features")
                    #expect(try await service.answered("/v1.0/query/realtime", byName).data == expected)
                }
            }
        }
    }

    @Test("while the catalog is away each answers as it did, and when it is back what was saved first of all is acted upon")
    func away() async throws {
        let mongo = try MongoServer()
        defer { mongo.stop() }
        let database = try TestPostgres.shared.createDatabase()
        let settings = ["DATABASE_URL": try database.url, "MONGODB_URI": mongo.uri(database: "fs")]
        try await Service.run(settings) { first in
            let flow = try await Flow.save(in: first, flows: 50, seed: 3)
            let byName: JSONValue = ["name": "user_features", "index_key": "user_id", "index_value": .string(flow.user)]
            try await Service.run(settings) { second in
                #expect(try await second.answered("/v1.0/query/realtime", byName).data == [flow.rows[0]])
                mongo.kill()
                for service in [first, second] {
                    for _ in 1...20 { #expect(try await service.answered("/v1.0/query/realtime", byName).data == [flow.rows[0]]) }
                }
                try mongo.restart()
                try await first.untilReady()
                let other = try await first.save(
                    "SELECT user_id, count(*) AS quotes FROM feature_store.quotes GROUP BY user_id", key: "user_id", name: "user_features")
                let expected = try await first.lookUp(other, "user_id", .string(flow.user)).data
                try await until("the new version of the name is answered") { try await second.answered("/v1.0/query/realtime", byName).data == expected }
            }
        }
    }
}
