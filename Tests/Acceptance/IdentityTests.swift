import FeatureModel
import Testing

@Suite("Ids, names and versions")
struct IdentityTests {
    private let sql = "SELECT user_id, count(*) AS n FROM feature_store.quotes WHERE quote_type <> 'pet' GROUP BY user_id"

    @Test("an id is 24 hexadecimal digits, the same whatever the spacing, case and comments")
    func canonical() async throws {
        let service = try await SharedFlow.service
        let id = try await service.save(sql)
        #expect(QueryID(id) != nil && id == id.lowercased())
        let same = [
            "select   user_id,\n\tCOUNT(*) as N from FEATURE_STORE.Quotes where quote_type <> 'pet' group by user_id;",
            "-- a comment first\nSELECT user_id, /* how many */ count(*) AS n FROM feature_store.quotes WHERE (quote_type <> 'pet') GROUP BY user_id -- end",
        ]
        for text in same { #expect(try await service.save(text) == id) }
    }

    @Test("a different constant, name of an output column or order is a different id")
    func different() async throws {
        let service = try await SharedFlow.service
        let others = [
            sql, sql.replacing("'pet'", with: "'Pet'"), sql.replacing("AS n", with: "AS m"), sql.replacing("<>", with: "="),
            "SELECT count(*) AS n, user_id FROM feature_store.quotes WHERE quote_type <> 'pet' GROUP BY user_id",
        ]
        var ids: Set<String> = []
        for text in others { ids.insert(try await service.save(text)) }
        #expect(ids.count == others.count)
    }

    @Test("64 clients saving the same query at once get one id and leave one document")
    func concurrent() async throws {
        let service = try await SharedFlow.service
        let text = "SELECT user_id, min(creation_date) AS first_seen FROM feature_store.quotes GROUP BY user_id"
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask { try await service.save(text + String(repeating: " ", count: number), name: "concurrently") }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(ids.count == 64 && Set(ids).count == 1)
        let listed = try await service.send("GET", "/v1.0/queries?limit=1000")
        let documents = listed["queries"]?.array?.filter { $0["query_id"]?.string == ids[0] } ?? []
        #expect(documents.count == 1)
        #expect(documents.first?["names"]?.array?.count == 1, "a name that means the same ids gets no new version")
    }

    @Test("saving the same again keeps the first text, as written")
    func firstText() async throws {
        let service = try await SharedFlow.service
        let first = "SELECT  user_id ,max( creation_date ) AS last_seen -- as written\nFROM feature_store.quotes GROUP BY user_id ;"
        let id = try await service.save(first)
        #expect(try await service.save("SELECT user_id, max(creation_date) AS last_seen FROM feature_store.quotes GROUP BY user_id") == id)
        #expect(try await service.send("GET", "/v1.0/queries/\(id)")["query"]?.string == first)
    }

    @Test("a saved query runs again by id or by name, without sending it")
    func runAgain() async throws {
        let flow = try await SharedFlow.flow
        for body: JSONValue in [["query_id": .string(flow.queryID)], ["name": "user_features"]] {
            let answer = try await flow.service.answered("/v1.0/query/train", body)
            #expect(answer["query_id"]?.string == flow.queryID)
            #expect(answer.data.count >= flow.rows.count)
        }
        let byName = try await flow.service.answered(
            "/v1.0/query/realtime", ["name": "user_features", "index_key": "user_id", "index_value": .string(flow.user)])
        #expect(byName.data == [flow.rows[0]])
    }

    @Test("what was not saved has no id")
    func notSaved() async throws {
        let answer = try await SharedFlow.service.train("SELECT 1 AS one")
        #expect(answer.status == 200 && answer["query_id"] == .some(.null) && answer.data == [["one": 1]])
    }

    @Test("a taken name gets the next version, and the old one stays")
    func versions() async throws {
        let service = try await SharedFlow.service
        var ids: [String] = []
        for constant in 1...2 { ids.append(try await service.save("SELECT user_id, \(constant) AS c FROM feature_store.users", name: "versioned")) }
        #expect(try await service.answered("/v1.0/query/train", ["name": "versioned"])["query_id"]?.string == ids[1])
        #expect(try await service.answered("/v1.0/query/train", ["name": "versioned@1"])["query_id"]?.string == ids[0])
        let listed = try await service.send("GET", "/v1.0/queries/\(ids[1])")
        #expect(listed["names"]?.array?.first?["version"]?.int == 2)
    }

    @Test("ids do not depend on the project, names do")
    func projects() async throws {
        let service = try await SharedFlow.service
        let body: JSONValue = ["query": .string(sql), "query_name": "only_in_staging"]
        let staging = try await service.answered("/v1.0/query/train?save=true&project=staging", body)
        #expect(try await service.save(sql) == staging["query_id"]?.string)
        #expect(try await service.post("/v1.0/query/train", ["name": "only_in_staging"]).status == 404)
        #expect(try await service.post("/v1.0/query/train?project=staging", ["name": "only_in_staging"]).status == 200)
    }

    @Test("a name is letters, digits, '.', '_' and '-', and never looks like an id")
    func permittedNames() async throws {
        let service = try await SharedFlow.service
        for name in ["", "two words", "a/b", "ä", String(repeating: "a", count: 129), "0123456789abcdef01234567"] {
            let answer = try await service.post("/v1.0/query/train?save=true", ["query": "SELECT 1 AS one", "query_name": .string(name)])
            #expect(answer.status == 400, "\(name): \(answer)")
        }
        #expect(try await service.post("/v1.0/query/train?save=true", ["query": "SELECT 1 AS one", "query_name": "A.b_c-9"]).status == 200)
    }

    @Test("an unknown id is 404, a malformed one 400")
    func unknown() async throws {
        let service = try await SharedFlow.service
        let unknown = "0123456789abcdef01234567"
        let key: [JSONValue.Member] = [.init("index_key", "user_id"), .init("index_value", "x")]
        for path in ["/v1.0/query/realtime", "/v1.0/query/train"] {
            let extra = path.hasSuffix("realtime") ? key : []
            #expect(try await service.post(path, .object([.init("query_id", .string(unknown))] + extra)).status == 404)
            #expect(try await service.post(path, .object([.init("query_id", "12345")] + extra)).status == 400)
            #expect(try await service.post(path, .object([.init("name", "nobody-saved-this")] + extra)).status == 404)
        }
        for path in ["/v1.0/queries/", "/v1.0/etls/"] {
            #expect(try await service.send("GET", path + unknown).status == 404)
            #expect(try await service.send("GET", path + "no%20id").status == 400)
        }
        // A query is found by its name, too.
        #expect(try await service.send("GET", "/v1.0/queries/no-id").code == "unknown_name")
        #expect(try await service.send("GET", "/v1.0/etls/no-id").status == 400)
        let flow = try await SharedFlow.flow
        #expect(try await flow.extract(unknown).status == 404)
        #expect(try await flow.extract("zz").status == 400)
    }

    @Test("an ETL's source is stored, not its path, with its origin")
    func etlSource() async throws {
        let flow = try await SharedFlow.flow
        let saved = try await flow.service.send("GET", "/v1.0/etls/\(flow.pythonETL)")
        let source = try Repository.text("example_flows/user_features_etl.py")
        #expect(saved["source"]?.string == source)
        #expect(saved["language"]?.string == "python")
        #expect(saved["origin"]?.string?.contains("user_features_etl.py") == true)
        let listed = try await flow.service.send("GET", "/v1.0/etls?limit=1000")
        let ids = listed["etls"]?.array?.compactMap { $0["etl_id"]?.string } ?? []
        #expect(Set(ids).isSuperset(of: [flow.pythonETL, flow.sqlETL]))
    }
}
