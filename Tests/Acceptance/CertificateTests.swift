import FeatureModel
import Foundation
import Testing

@Suite("Certificates")
struct CertificateTests {
    @Test("saving answers the certificate of the example, and the query shows it")
    func saved() async throws {
        let flow = try await SharedFlow.flow
        let shown = try await flow.service.call("GET", "/v1.0/queries/\(flow.queryID)")
        let certificate = try #require(shown["realtime"]?["certificate"], "\(shown)")
        #expect(certificate["verdict"] == "identical" || certificate["verdict"] == "approximate", "\(certificate)")
        // Others ask the shared service by other keys, too.
        #expect(certificate["keys"]?.array?.contains(["user_id"]) == true, "\(certificate)")
        #expect(certificate["compared"]?.int ?? 0 > 20)
        #expect(certificate["collation"]?.string?.isEmpty == false && certificate["server_version"]?.int ?? 0 > 150_000)
    }

    @Test("a SQL ETL is certified together with its query, by the query's keys")
    func withETL() async throws {
        let flow = try await SharedFlow.flow
        let saved = try await flow.service.answered(
            "/v1.0/extract/train?save=true", ["query_id": .string(flow.queryID), "etl_source": "SELECT user_id, quotes * 2 AS twice FROM input"])
        let certificate = try #require(saved["realtime"]?["certificate"], "\(saved)")
        #expect(certificate["verdict"] == "identical" && certificate["keys"]?.array?.contains(["user_id"]) == true, "\(certificate)")
        #expect(saved["realtime"]?["servable"] == true)
    }

    @Test("verifying a saved query makes its certificate anew, and the same seed the same one")
    func verified() async throws {
        // Others ask the shared service by other keys, which become part of what is certified.
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 50)
            let first = try await service.answered("/v1.0/queries/\(flow.queryID)/verify?seed=7", .object([]))
            let second = try await service.answered("/v1.0/queries/\(flow.queryID)/verify?seed=7", .object([]))
            for answer in [first, second] {
                #expect(answer["query_id"]?.string == flow.queryID && answer["realtime"]?["servable"] == true, "\(answer)")
                #expect(answer["realtime"]?["certificate"]?["seed"] == 7)
            }
            for member in ["compared", "rows", "verdict", "rewriter", "schema"] {
                #expect(first["realtime"]?["certificate"]?[member] == second["realtime"]?["certificate"]?[member], "\(member)")
            }
            #expect(try await flow.lookUp().data.count == 1)
            let unknown = try await service.post("/v1.0/queries/0123456789abcdef01234567/verify", .object([]))
            #expect(unknown.status == 404 && unknown.code == "unknown_query")
            #expect(try await service.post("/v1.0/queries/\(flow.queryID)/verify?seed=x", .object([])).status == 400)
        }
    }

    @Test("a text is tried out without being saved")
    func tried() async throws {
        let service = try await SharedFlow.service
        let text: JSONValue = "SELECT user_id, count(*) AS only_tried FROM feature_store.quotes GROUP BY user_id"
        let tried = try await service.answered("/v1.0/query/verify", ["query": text, "entity_key": "user_id"])
        #expect(tried["realtime"]?["certificate"]?["verdict"] == "identical", "\(tried)")
        let sample = try #require(tried["sample"])
        #expect(sample["postgres"]?.array?.isEmpty == false && Set(sample["postgres"]?.array ?? []) == Set(sample["realtime"]?.array ?? []))
        let listed = try #require(try await service.call("GET", "/v1.0/queries?limit=1000")["queries"]?.array)
        #expect(!listed.isEmpty && listed.allSatisfy { $0["query"] != text })
        let refused = try await service.post("/v1.0/query/verify", ["query": "SELEC 1"])
        #expect(refused.status == 422 && refused.code == "sql_syntax", "\(refused)")
    }

    @Test("featurestore verify prints the certificate, or both engines' rows side by side, and fails for what cannot be served")
    func command() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 50)
            func verify(_ arguments: String...) async throws -> CommandRun {
                try await CommandRun(Repository.executable, ["verify"] + arguments, environment: ["FEATURESTORE_URL": flow.service.url])
            }
            let saved = try await verify(flow.queryID)
            #expect(saved.status == 0 && saved.output.contains("rows compared, whole and by user_id"), "\(saved.output)")
            #expect(try await verify("user_features").output.contains("rows compared"))
            let ignored = try await verify("user_features", "--key", "user_id")
            #expect(ignored.status != 0 && ignored.output.contains("--key and --request go with --sql"), "\(ignored.output)")
            let tried = try await verify("--sql", "example_flows/user_features.sql", "--key", "user_id")
            #expect(tried.status == 0 && tried.output.contains("PostgreSQL") && tried.output.contains("  =   {\"user_id\""), "\(tried.output)")
            let folder = try ServiceFolder()
            let file = folder.path + "/random.sql"
            try "SELECT user_id, random() AS r FROM feature_store.users".write(toFile: file, atomically: true, encoding: .utf8)
            let refused = try await verify("--sql", file)
            #expect(refused.status == 1 && refused.output.contains("not servable") && refused.output.contains("line 1, column 17: function random"), "\(refused.output)")
            #expect(try await verify("nope").status != 0)
        }
    }
}
