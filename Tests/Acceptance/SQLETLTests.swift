import FeatureModel
import Testing

@Suite("ETLs in SQL")
struct SQLETLTests {
    private static let quotes = "SELECT user_id, quote_id, quote_type, creation_date, is_paid FROM feature_store.quotes WHERE user_id IS NOT NULL"

    private func train(_ etl: String, save: Bool = true, name: String? = nil) async throws -> Answer {
        let service = try await SharedFlow.service
        let id = try await service.save(Self.quotes, key: "user_id")
        let named: [JSONValue.Member] = name.map { [.init("name", .string($0))] } ?? []
        return try await service.post("/v1.0/extract/train?save=\(save)", .object([.init("query_id", .string(id)), .init("etl_source", .string(etl))] + named))
    }

    @Test(
        "give each entity in a lookup what they gave it in training",
        arguments: [
            "SELECT user_id, quote_type, upper(quote_type) AS kind FROM input WHERE is_paid",
            "SELECT user_id, count(*) AS n, max(creation_date) AS last FROM input GROUP BY user_id",
            "SELECT user_id, quote_id, rank() OVER (PARTITION BY user_id ORDER BY creation_date, quote_id) AS place FROM input",
            "SELECT DISTINCT ON (user_id) user_id, quote_id FROM input ORDER BY user_id, creation_date DESC, quote_id",
            "SELECT i.user_id, i.quote_id, t.n FROM input i LEFT JOIN (SELECT user_id, quote_type, count(*) AS n FROM input GROUP BY 1, 2) t USING (user_id, quote_type)",
            "WITH paid AS (SELECT * FROM input WHERE is_paid) SELECT user_id, (SELECT count(*) FROM paid WHERE paid.user_id = i.user_id) AS n FROM input i",
        ])
    func same(_ etl: String) async throws {
        let saved = try await train(etl)
        #expect(saved.status == 200 && saved["realtime"]?["servable"] == true && !saved.data.isEmpty, "\(saved)")
        let service = try await SharedFlow.service
        let query = try await service.save(Self.quotes, key: "user_id")
        for user in Set(saved.data.compactMap { $0["user_id"]?.string }).sorted().prefix(10) {
            let answer = try await service.post(
                "/v1.0/extract/realtime",
                ["query_id": .string(query), "etl_id": saved["etl_id"] ?? .null, "index_key": "user_id", "index_value": .string(user)])
            #expect(Set(answer.data) == Set(saved.data.filter { $0["user_id"]?.string == user }), "\(answer)")
        }
    }

    @Test(
        "are trained with and not servable where they look at the rows of several entities, and say so",
        arguments: [
            "SELECT user_id, count(*) OVER () AS n FROM input", "SELECT user_id, rank() OVER (ORDER BY creation_date) AS r FROM input",
            "SELECT quote_type, count(*) AS n FROM input GROUP BY quote_type", "SELECT user_id, (SELECT max(creation_date) FROM input) AS last FROM input",
        ])
    func mixed(_ etl: String) async throws {
        let saved = try await train(etl)
        #expect(saved.status == 200 && !saved.data.isEmpty && saved["realtime"]?["servable"] == false, "\(saved)")
        let reason = try #require(saved["realtime"]?["reasons"]?.array?.first, "\(saved)")
        #expect(reason["construct"]?.string?.contains("mixes the rows of several keys") == true && reason["hint"]?.string?.contains("user_id") == true, "\(reason)")
        #expect(saved["keys"]?.array?.first { $0["column"] == "user_id" }?["local"] == false, "\(saved)")
        let service = try await SharedFlow.service
        let answer = try await service.post(
            "/v1.0/extract/realtime",
            ["query_id": .string(try await service.save(Self.quotes, key: "user_id")), "etl_id": saved["etl_id"] ?? .null, "index_key": "user_id", "index_value": "x"])
        #expect(answer.status == 422 && answer.code == "not_servable", "\(answer)")
    }

    @Test("are told about their mistakes where they stand in their own text")
    func positions() async throws {
        for (etl, line, column) in [("SELECT user_id,\n       missing_column\nFROM input", 2, 8), ("SELECT user_id FROM input WHERE user_id > 5", 1, 41)] {
            let answer = try await train(etl)
            #expect(answer.status == 422, "\(answer)")
            #expect(answer["position"]?["line"]?.int == line && answer["position"]?["column"]?.int == column, "\(answer)")
        }
    }

    @Test("are verified by the name of the pair")
    func verified() async throws {
        let saved = try await train("SELECT user_id, count(*) AS n FROM input GROUP BY user_id", name: "counted_in_sql")
        let verified = try await SharedFlow.service.answered("/v1.0/queries/counted_in_sql/verify?seed=3", .object([]))
        #expect(verified["etl_id"] == saved["etl_id"] && verified["realtime"]?["certificate"]?["seed"] == 3, "\(verified)")
    }
}
