import FeatureModel
import Testing

@Suite("Requests that are not as they should be")
struct RequestTests {
    @Test("every error has a code, a message and a reason, and nothing but the fields of the contract")
    func shape() async throws {
        let service = try await SharedFlow.service
        let answers = [
            try await service.train("SELEC 1"), try await service.train("SELECT * FROM nowhere_at_all"),
            try await service.post("/v1.0/query/train", [:]),
            try await service.send("GET", "/v1.0/nothing"), try await service.train("DELETE FROM feature_store.users"),
        ]
        let permitted: Set = ["code", "msg", "reason", "details", "hint", "position", "sqlstate"]
        for answer in answers {
            #expect((400..<500).contains(answer.status))
            let names = try #require(answer.json.object, "\(answer)").map(\.key)
            #expect(Set(names).isSubset(of: permitted) && Set(names).isSuperset(of: ["code", "msg", "reason"]), "\(answer)")
            #expect(answer.code?.allSatisfy { $0.isLowercase || $0 == "_" } == true)
        }
    }

    @Test("a body that is not JSON is 400, another content type 415")
    func notJSON() async throws {
        let service = try await SharedFlow.service
        for text in ["", "{", "{\"query\": }", "[1]", "\"text\"", "{\"query\": \"SELECT 1\"} x", "{\"query\": \"a\", \"query\": \"b\"}"] {
            #expect(try await service.send("POST", "/v1.0/query/train", body: Array(text.utf8)).status == 400, "\(text)")
        }
        let form = try await service.send("POST", "/v1.0/query/train", body: Array("query=SELECT 1".utf8), headers: [("Content-Type", "text/plain")])
        #expect(form.status == 415)
    }

    @Test("unknown body fields and parameters are 400, naming those there are")
    func unknownFields() async throws {
        let service = try await SharedFlow.service
        let answer = try await service.post("/v1.0/query/train", ["query": "SELECT 1 AS one", "qurey_name": "x"])
        #expect(answer.status == 400 && answer.text.contains("qurey_name") && answer.text.contains("query_name"), "\(answer)")
        #expect(try await service.post("/v1.0/query/train?sav=true", ["query": "SELECT 1 AS one"]).status == 400)
        #expect(try await service.post("/v1.0/query/train?save=maybe", ["query": "SELECT 1 AS one"]).status == 400)
        #expect(try await service.post("/v1.0/query/train", ["query": 7]).status == 400)
        #expect(try await service.post("/v1.0/query/train", [:]).status == 400)
        #expect(try await service.post("/v1.0/query/train", ["query": "SELECT 1 AS a", "name": "b"]).status == 400)
    }

    @Test("a wrong method is 405 and says which are right; an unknown path is 404")
    func methods() async throws {
        let service = try await SharedFlow.service
        let wrong = try await service.send("GET", "/v1.0/query/train")
        #expect(wrong.status == 405 && wrong.header("Allow") == "POST", "\(wrong)")
        #expect(try await service.send("POST", "/v1.0/publish?n_flows=1").status == 405)
        #expect(try await service.send("DELETE", "/health/live").status == 405)
        let unknown = try await service.send("GET", "/v2.0/query")
        #expect(unknown.status == 404 && unknown.code != nil)
    }

    @Test("a body over 1 MiB is 413")
    func tooLarge() async throws {
        let service = try await SharedFlow.service
        let body: JSONValue = ["query": .string("SELECT 1 AS one -- " + String(repeating: "x", count: 1 << 20))]
        let answer = try await service.send("POST", "/v1.0/query/train", body: body.utf8)
        #expect(answer.status == 413 && answer.code != nil, "\(answer)")
        #expect(try await service.send("GET", "/health/live").status == 200)
    }

    @Test("a query is given once")
    func oneQuery() async throws {
        let flow = try await SharedFlow.flow
        let both: JSONValue = ["query_id": .string(flow.queryID), "name": "user_features", "index_key": "user_id", "index_value": .string(flow.user)]
        for path in ["/v1.0/query/realtime", "/v1.0/extract/realtime"] {
            let answer = try await flow.service.post(path, both)
            #expect(answer.status == 400 && answer.code == "bad_field" && answer["hint"] == "give one of query_id or name", "\(answer)")
        }
    }

    @Test("a client's header names it; a name that is none is refused")
    func principal() async throws {
        let flow = try await SharedFlow.flow
        let named = try await flow.service.send(
            "POST", "/v1.0/query/train?save=true", body: JSONValue.object([.init("query", "SELECT 4711 AS by_somebody")]).utf8,
            headers: [("Content-Type", "application/json"), ("FeatureStore-Client", "pricing-team")])
        let id = try #require(named["query_id"]?.string, "\(named)")
        #expect(try await flow.service.send("GET", "/v1.0/queries/\(id)")["created_by"]?.string == "pricing-team")
        let refused = try await flow.service.send("GET", "/v1.0/queries", headers: [("FeatureStore-Client", "two words;")])
        #expect(refused.status == 400)
    }
}
