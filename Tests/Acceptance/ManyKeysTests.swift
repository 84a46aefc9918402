import FeatureModel
import Testing
import TestServers

@Suite("Many keys in one call")
struct ManyKeysTests {
    private static func results(_ answer: Answer) -> [JSONValue] { answer["results"]?.array ?? [] }

    @Test("index_values gives for each entity what a call of its own gives, in the order asked: a query, a Python and a SQL ETL")
    func sameAsSingle() async throws {
        let flow = try await SharedFlow.flow
        let users = flow.rows.prefix(20).compactMap { $0["user_id"] }
        let asked = [users[3], "nobody"] + users + [users[3]]
        let plain: [JSONValue.Member] = [.init("query_id", .string(flow.queryID)), .init("index_key", "user_id")]
        let calls: [(path: String, body: [JSONValue.Member])] = [
            ("/v1.0/query/realtime", plain), ("/v1.0/extract/realtime", plain + [.init("etl_id", .string(flow.pythonETL))]),
            ("/v1.0/extract/realtime", plain + [.init("etl_id", .string(flow.sqlETL))]),
        ]
        for call in calls {
            let answer = try await flow.service.answered(call.path, .object(call.body + [.init("index_values", .array(asked))]))
            let results = Self.results(answer)
            #expect(results.count == asked.count && answer["data"] == nil)
            for (result, user) in zip(results, asked) {
                let single = try await flow.service.answered(call.path, .object(call.body + [.init("index_value", user)]))
                #expect(
                    result == ["index_value": user, "found": .bool(user != "nobody"), "data": single["data"] ?? .null],
                    "\(result) instead of \(single)")
            }
        }
        let none = try await flow.service.answered("/v1.0/query/realtime", .object(plain + [.init("index_values", [])]))
        #expect(none.text == #"{"results":[]}"#)
    }

    @Test("a bad value is a 400 that names its place; both fields, or neither, are a 400")
    func badValues() async throws {
        let flow = try await SharedFlow.flow
        func ask(_ key: JSONValue, _ values: JSONValue) async throws -> Answer {
            try await flow.service.post("/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": key, "index_values": values])
        }
        for bad: JSONValue in ["many", .number("1.5"), true, .null, .object([]), [1, 2], []] {
            let answer = try await ask("quotes", [1, 2, "3", bad, 5])
            #expect(answer.status == 400 && answer.code == "bad_key_value", "\(bad): \(answer)")
            #expect(answer["msg"]?.string?.contains("index_values[3]") == true && answer["details"]?["index"] == 3, "\(bad): \(answer)")
        }
        let both = try await flow.service.post(
            "/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": "quotes", "index_values": [1], "index_value": 1])
        #expect(both.status == 400 && both.code == "bad_field", "\(both)")
        let neither = try await flow.service.post("/v1.0/query/realtime", ["query_id": .string(flow.queryID), "index_key": "quotes"])
        #expect(neither.status == 400 && neither.code == "bad_field", "\(neither)")
        let noList = try await ask("quotes", "1")
        #expect(noList.status == 400 && noList.code == "bad_field", "\(noList)")
        let unknown = try await ask("nope", ["x"])
        #expect(unknown.status == 422 && unknown.code == "unknown_index_key", "\(unknown)")
    }

    @Test("entities and rows of a call are limited, all entities together")
    func limits() async throws {
        try await Service.run(["REALTIME_KEYS": "5", "REALTIME_ROWS": "40"]) { service in
            _ = try await service.call("PUT", "/v1.0/publish?n_flows=200&seed=1")
            let id = try await service.save("SELECT quote_id, quote_device FROM feature_store.quotes", key: "quote_id")
            let rows = try await service.answered("/v1.0/query/train", ["query_id": .string(id)]).data
            func ask(_ count: Int) async throws -> Answer {
                try await service.post(
                    "/v1.0/query/realtime",
                    ["query_id": .string(id), "index_key": "quote_id", "index_values": .array(rows.prefix(count).compactMap { $0["quote_id"] })])
            }
            #expect(Self.results(try await ask(5)).compactMap { $0["data"]?.array?.first } == Array(rows.prefix(5)))
            let tooMany = try await ask(6)
            #expect(tooMany.status == 413 && tooMany.code == "too_many_keys" && tooMany["details"]?["limit"] == 5, "\(tooMany)")
            let devices = try await service.save("SELECT quote_device, quote_id FROM feature_store.quotes", key: "quote_device")
            let tooLong = try await service.post(
                "/v1.0/query/realtime",
                ["query_id": .string(devices), "index_key": "quote_device", "index_values": ["mobile", "desktop", "tablet"]])
            #expect(tooLong.status == 422 && tooLong.code == "too_many_rows", "\(tooLong)")
        }
    }

    @Test("a Python ETL that looks across rows sees one entity at a time; one that fails for an entity names it")
    func pythonPerEntity() async throws {
        let flow = try await SharedFlow.flow
        let id = try await flow.service.save("SELECT user_id, quote_id FROM feature_store.quotes WHERE user_id IS NOT NULL", key: "user_id")
        let etl = try await flow.service.saveETL(
            """
            from etl_abc import AbstractEtl

            class Etl(AbstractEtl):
                def extract(self):
                    if len(self.df) == 0:
                        raise ValueError("nobody there")
                    self.df["rows"] = len(self.df)
                    return self.df
            """, over: id)
        let users = flow.rows.prefix(40).compactMap { $0["user_id"] }
        func ask(_ users: [JSONValue]) async throws -> Answer {
            try await flow.service.post(
                "/v1.0/extract/realtime",
                ["query_id": .string(id), "etl_id": .string(etl), "index_key": "user_id", "index_values": .array(users)])
        }
        let answer = try await ask(users)
        let results = Self.results(answer)
        #expect(results.count == users.count, "\(answer)")
        for (result, user) in zip(results, users) {
            let rows = result["data"]?.array ?? []
            #expect(!rows.isEmpty && rows.allSatisfy { $0["user_id"] == user && $0["rows"]?.int == rows.count }, "\(result)")
        }
        let failed = try await ask([users[0], "nobody", users[1]])
        #expect(failed.status == 422 && failed.code == "etl_failed", "\(failed)")
        #expect(failed["msg"]?.string?.contains("index_values[1]") == true, "\(failed)")
    }

    // MARK: Several key columns

    private static let pairs = """
        CREATE TABLE public.prices (shop int NOT NULL, item text NOT NULL, price numeric(10,2), PRIMARY KEY (shop, item));
        INSERT INTO prices SELECT s, 'i' || i, s * 100 + i + 0.25 FROM generate_series(1, 30) s, generate_series(1, 40) i;
        CREATE TABLE public.visits (visit int PRIMARY KEY, shop int NOT NULL, item text NOT NULL);
        INSERT INTO visits SELECT v, 1 + v % 30, 'i' || (1 + v % 40) FROM generate_series(1, 3000) v;
        """

    @Test("several key columns: saved, indexed, certified, answered in any order of the columns, and checked value by value")
    func composite() async throws {
        let database = try TestPostgres.shared.createDatabase(Self.pairs)
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let sql = """
                SELECT p.shop, p.item, p.price, count(v.visit) AS visits FROM public.prices p
                LEFT JOIN public.visits v ON v.shop = p.shop AND v.item = p.item GROUP BY p.shop, p.item, p.price
                """
            let saved = try await service.answered("/v1.0/query/train?save=true", ["query": .string(sql), "entity_key": ["item", "shop"]])
            #expect(saved["realtime"]?["servable"] == true, "\(saved["realtime"] ?? .null)")
            #expect(saved["realtime"]?["certificate"]?["keys"] == [["item", "shop"]], "\(saved["realtime"] ?? .null)")
            let id = try #require(saved["query_id"]?.string)
            let shown = try await service.call("GET", "/v1.0/queries/\(id)")
            let lookup = try #require(shown["lookups"]?.array?.first)
            #expect(lookup["key"] == ["item", "shop"] && lookup["scans"] == [], "\(lookup)")
            let steps = lookup["plan"]?.array?.compactMap(\.string) ?? []
            #expect(steps.contains { $0.hasPrefix("SEARCH") && $0.contains("item=? AND shop=?") || $0.contains("shop=? AND item=?") }, "\(steps)")

            let row = try #require(saved.data.first { $0["shop"] == 7 && $0["item"] == "i9" })
            #expect(try await service.lookUp(id, ["shop", "item"], [7, "i9"]).data == [row])
            #expect(try await service.lookUp(id, ["item", "shop"], ["i9", 7]).data == [row])
            #expect(try await service.call("GET", "/v1.0/queries/\(id)")["lookups"]?.array?.count == 1, "the order of the columns makes no other lookup")

            func many(_ key: JSONValue, _ values: JSONValue) async throws -> Answer {
                try await service.post("/v1.0/query/realtime", ["query_id": .string(id), "index_key": key, "index_values": values])
            }
            for (key, values) in [(["shop", "item"] as JSONValue, [[7, "i9"], ["8", "i9"], [7, "none"]] as JSONValue), (["item", "shop"], [["i9", 7], ["i9", 8], ["none", 7]])] {
                let results = Self.results(try await many(key, values))
                #expect(results.map { $0["found"] } == [true, true, false], "\(results)")
                #expect(results.first?["data"] == [row] && results.map { $0["index_value"] } == values.array!.map { $0 })
            }
            for bad: JSONValue in [["i9"], ["i9", 7, 1], "i9", ["i9", "seven"], ["i9", .null], ["i9", [7]], []] {
                let answer = try await many(["item", "shop"], [["i9", 7], bad])
                #expect(answer.status == 400 && answer.code == "bad_key_value", "\(bad): \(answer)")
                #expect(answer["msg"]?.string?.contains("index_values[1]") == true && answer["details"]?["index"] == 1, "\(bad): \(answer)")
                let single = try await service.lookUp(id, ["item", "shop"], bad)
                #expect(single.status == 400 && single.code == "bad_key_value", "\(bad): \(single)")
            }
            let wrongSecond = try await many(["item", "shop"], [["i9", "seven"]])
            #expect(wrongSecond["details"]?["column"] == "shop", "\(wrongSecond)")
            for key: JSONValue in [["item", "nope"], ["item", "item"]] {
                let answer = try await many(key, [["i9", "i9"]])
                #expect(answer.status == 422 && answer.code == "unknown_index_key", "\(answer)")
            }
            let verified = try await service.post("/v1.0/queries/\(id)/verify", [:])
            #expect(verified["realtime"]?["certificate"]?["keys"] == [["item", "shop"]] && verified["realtime"]?["servable"] == true, "\(verified)")
        }
    }

    @Test("the commands take several entities and several columns")
    func commands() async throws {
        let flow = try await SharedFlow.flow
        let users = flow.rows.prefix(2).compactMap { $0["user_id"]?.string }
        func run(_ arguments: [String]) async throws -> CommandRun {
            try await CommandRun(Repository.executable, arguments, environment: ["FEATURESTORE_URL": flow.service.url])
        }
        let two = try await run(["query", "realtime", flow.queryID, "--key", "user_id", "--value", users[0], "--value", users[1]])
        let results = try JSONReader.read(two.output)["results"]?.array
        #expect(two.status == 0 && results?.compactMap { $0["data"]?.array?.first } == Array(flow.rows.prefix(2)), "\(two.output)")
        let pair = try await run(
            ["query", "realtime", flow.queryID, "--key", "user_id", "--key", "quotes", "--value", users[0], "--value", flow.rows[0]["quotes"]?.description ?? ""])
        let answer = try JSONReader.read(pair.output)
        #expect(pair.status == 0 && answer["data"]?.array == [flow.rows[0]], "\(pair.output)")
        let odd = try await run(["query", "realtime", flow.queryID, "--key", "user_id", "--key", "quotes", "--value", users[0]])
        #expect(odd.status != 0 && odd.output.contains("--value"), "\(odd.output)")
    }
}
