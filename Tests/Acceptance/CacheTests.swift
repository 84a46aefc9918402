import FeatureModel
import Testing

@Suite("Hot queries")
struct CacheTests {
    @Test("a query marked cache: true keeps its answers until a table it reads changes, also after a restart, and tells what it keeps")
    func marked() async throws {
        try await Service.run { service in
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=50&seed=3").status == 200)
            let text: JSONValue = "SELECT quote_type, count(*) AS n FROM feature_store.quotes GROUP BY quote_type"
            let saved = try await service.answered(
                "/v1.0/query/train?save=true",
                ["query": text, "entity_key": "quote_type", "cache": true])
            let id = try #require(saved["query_id"]?.string)
            let type = try #require(saved.data.first?["quote_type"]), count = try #require(saved.data.first?["n"])
            for _ in 1...5 { #expect(try await service.lookUp(id, "quote_type", type).data == [["quote_type": type, "n": count]]) }
            var cache = try await Self.cache(of: id, in: service)
            #expect(cache["kept"] == true && cache["hits"] == 4 && cache["misses"] == 1 && cache["answers"] == 1, "\(cache)")

            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=50&seed=4").status == 200)
            let fresh = try await service.train("SELECT count(*) AS n FROM feature_store.quotes WHERE quote_type = '\(type.string ?? "")'").data
            #expect(try await service.lookUp(id, "quote_type", type).data.first?["n"] == fresh.first?["n"])
            #expect(fresh.first?["n"] != count)

            // Saved again without a word about it, it stays as it is.
            _ = try await service.answered("/v1.0/query/train?save=true", ["query": text, "entity_key": "quote_type"])
            #expect(try await Self.cache(of: id, in: service)["kept"] == true)

            #expect(await service.stop() == 0)
            try await service.startAgain()
            for _ in 1...2 { #expect(try await service.lookUp(id, "quote_type", type).data.first?["n"] == fresh.first?["n"]) }
            cache = try await Self.cache(of: id, in: service)
            #expect(cache["kept"] == true && cache["hits"] == 1, "\(cache)")
            _ = try await service.answered("/v1.0/query/train?save=true", ["query": text, "entity_key": "quote_type", "cache": false])
            #expect(try await Self.cache(of: id, in: service)["kept"] == false)
        }
    }

    private static func cache(of id: String, in service: Service) async throws -> JSONValue {
        let query = try await service.send("GET", "/v1.0/queries/\(id)")
        guard case .array(let lookups)? = query["cache"], let first = lookups.first else { throw UnexpectedAnswer(description: "no cache: \(query)") }
        return first
    }
}
