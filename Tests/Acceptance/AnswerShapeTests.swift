import FeatureModel
import Testing
import TestServers

@Suite("What a realtime answer shows of itself")
struct AnswerShapeTests {
    private static let endpoints = ["query", "python", "sql"]

    private static func call(_ flow: Flow, _ endpoint: String, _ more: [JSONValue.Member], parameters: String = "") async throws -> Answer {
        let body: [JSONValue.Member] = [.init("query_id", .string(flow.queryID)), .init("index_key", "user_id")] + more
        switch endpoint {
        case "python": return try await flow.service.post("/v1.0/extract/realtime" + parameters, .object(body + [.init("etl_id", .string(flow.pythonETL))]))
        case "sql": return try await flow.service.post("/v1.0/extract/realtime" + parameters, .object(body + [.init("etl_id", .string(flow.sqlETL))]))
        default: return try await flow.service.post("/v1.0/query/realtime" + parameters, .object(body))
        }
    }

    @Test("columns picks output columns in the order asked, for one entity and for several", arguments: endpoints)
    func columns(endpoint: String) async throws {
        let flow = try await SharedFlow.flow
        let user = JSONValue.string(flow.user)
        let whole = try #require(try await Self.call(flow, endpoint, [.init("index_value", user)]).data.first?.object)
        let wanted = [whole.last!.key, whole.first!.key, whole[2].key]
        let expected = JSONValue.object(wanted.map { name in whole.first { $0.key == name }! })
        let columns = JSONValue.Member("columns", .array(wanted.map { .string($0) }))
        let one = try await Self.call(flow, endpoint, [.init("index_value", user), columns])
        #expect(one.text == "{\"data\":[\(expected)]}")
        let several = try await Self.call(flow, endpoint, [.init("index_values", [user, "nobody"]), columns])
        #expect(several["results"] == [["index_value": user, "found": true, "data": [expected]], ["index_value": "nobody", "found": false, "data": []]])
        let keyless = try await Self.call(flow, endpoint, [.init("index_value", user), .init("columns", [.string(whole.last!.key)])])
        #expect(keyless.data == [.object([whole.last!])], "key columns are not added")
    }

    @Test("an unknown column is a 400 with the nearest name; no list, an empty one and a repeated name are one, too", arguments: endpoints)
    func unknownColumns(endpoint: String) async throws {
        let flow = try await SharedFlow.flow
        let name = try #require(try await Self.call(flow, endpoint, [.init("index_value", .string(flow.user))]).data.first?.object?.last?.key)
        let misspelt = try await Self.call(flow, endpoint, [.init("index_value", .string(flow.user)), .init("columns", [.string(name + "s")])])
        #expect(misspelt.status == 400 && misspelt.code == "unknown_column", "\(misspelt)")
        #expect(misspelt["hint"]?.string?.contains("did you mean '\(name)'") == true, "\(misspelt)")
        #expect(misspelt["details"]?["columns"]?.array?.contains(.string(name)) == true, "\(misspelt)")
        for bad: JSONValue in [[], .string(name), [.string(name), .string(name)], [1]] {
            let answer = try await Self.call(flow, endpoint, [.init("index_value", .string(flow.user)), .init("columns", bad)])
            #expect(answer.status == 400 && answer.code == "bad_field", "\(answer)")
        }
    }

    @Test("a schema that is not the trained one is refused also where the columns picked are as trained")
    func skewSeesAll() async throws {
        let flow = try await SharedFlow.flow
        let id = try await flow.service.save("SELECT user_id, count(*) AS n FROM feature_store.quotes WHERE user_id IS NOT NULL GROUP BY user_id", key: "user_id")
        let etl = try await flow.service.saveETL(
            """
            from etl_abc import AbstractEtl

            class Etl(AbstractEtl):
                def extract(self):
                    self.df["x"] = 1
                    if len(self.df) == 1:
                        self.df["y"] = "z"
                    return self.df
            """, over: id)
        let body: JSONValue = ["query_id": .string(id), "etl_id": .string(etl), "index_key": "user_id", "index_value": .string(flow.user), "columns": ["x"]]
        let refused = try await flow.service.post("/v1.0/extract/realtime", body)
        #expect(refused.status == 409 && refused.code == "schema_mismatch", "\(refused)")
        let warned = try await flow.service.post("/v1.0/extract/realtime?on_skew=warn", body)
        #expect(warned.data == [["x": 1]] && warned["warnings"]?.array?.first?["column"] == "y", "\(warned)")
        let several = try await flow.service.post(
            "/v1.0/extract/realtime?on_skew=warn",
            ["query_id": .string(id), "etl_id": .string(etl), "index_key": "user_id", "index_values": [.string(flow.user), .string(flow.user)], "columns": ["x"]])
        #expect(several["results"]?.array?.map { $0["data"] } == [[["x": 1]], [["x": 1]]], "\(several)")
        #expect(several["warnings"]?.array?.count == 1, "what differs for every entity is said once: \(several)")
    }

    @Test("meta=true tells query, name, version, ETL, baseline, schema, certificate and the change that the answer includes")
    func meta() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 50)
            let named: JSONValue = ["name": "user_features", "index_key": "user_id", "index_value": .string(flow.user)]
            let answer = try await service.answered("/v1.0/query/realtime?meta=true", named)
            let meta = try #require(answer["meta"], "\(answer)")
            #expect(answer.data == [flow.rows[0]])
            #expect(meta["query_id"]?.string == flow.queryID && meta["name"] == "user_features" && meta["version"] == 1 && meta["project"] == "default", "\(meta)")
            #expect(meta["etl_id"] == nil && meta["baseline"] == nil && meta["kept"] == 0, "\(meta)")
            #expect(meta["schema"]?.string?.count == 16, "\(meta)")
            let verdict = meta["certificate"]?["verdict"]
            #expect(verdict == "identical" || verdict == "approximate", "\(meta)")
            let tables = try #require(meta["tables"]?.array)
            let quotes = try #require(tables.first { $0["table"] == "feature_store.quotes" })
            let before = try #require(quotes["change"]?.int)
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=5&seed=99").status == 200)
            let later = try await service.answered("/v1.0/query/realtime?meta=true", named)
            let after = try #require(later["meta"]?["tables"]?.array?.first { $0["table"] == "feature_store.quotes" })
            #expect(after["change"]?.int ?? 0 > before, "\(later)")
            #expect(after["applied_at"]?.string ?? "" > quotes["applied_at"]?.string ?? "~", "\(later)")
            guard case .number(let age)? = after["age_seconds"], let seconds = Double(age) else { throw UnexpectedAnswer(description: "\(later)") }
            #expect(seconds >= 0 && seconds < 60)

            let extracted = try await Self.call(flow, "python", [.init("index_value", .string(flow.user))], parameters: "?meta=true")
            #expect(extracted["meta"]?["etl_id"]?.string == flow.pythonETL && extracted["meta"]?["baseline"] == 1, "\(extracted)")
            #expect(extracted["meta"]?["name"] == nil && extracted["meta"]?["certificate"]?["verdict"] == verdict, "\(extracted)")
            let inSQL = try await Self.call(flow, "sql", [.init("index_values", [.string(flow.user), "nobody"])], parameters: "?meta=true")
            #expect(inSQL["meta"]?["etl_id"]?.string == flow.sqlETL && inSQL["results"]?.array?.count == 2, "\(inSQL)")
            #expect(try await Self.call(flow, "query", [.init("index_value", .string(flow.user))])["meta"] == nil)

            let cached = try await service.answered(
                "/v1.0/query/train?save=true",
                ["query": "SELECT quote_id, quote_type FROM feature_store.quotes", "entity_key": "quote_id", "cache": true])
            let quote = try #require(cached.data.first?["quote_id"]), id = try #require(cached["query_id"])
            for kept in [0, 1] {
                let one = try await service.answered("/v1.0/query/realtime?meta=true", ["query_id": id, "index_key": "quote_id", "index_value": quote])
                #expect(one["meta"]?["kept"]?.int == kept, "\(one)")
            }
        }
    }

    @Test("the commands pick columns and print meta")
    func commands() async throws {
        let flow = try await SharedFlow.flow
        let run = try await CommandRun(
            Repository.executable,
            ["query", "realtime", flow.queryID, "--key", "user_id", "--value", flow.user, "--column", "quotes", "--column", "user_id", "--meta"],
            environment: ["FEATURESTORE_URL": flow.service.url])
        let answer = try JSONReader.read(run.output)
        #expect(answer["data"]?.array?.first?.object?.map(\.key) == ["quotes", "user_id"], "\(run.output)")
        #expect(answer["meta"]?["query_id"]?.string == flow.queryID)
    }
}
