import FeatureModel
import Testing
import TestServers

@Suite("Limits")
struct LimitTests {
    @Test("until a table is loaded, realtime is 503 loading with progress; then it answers")
    func loading() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE TABLE public.big (id int PRIMARY KEY, v text); INSERT INTO public.big SELECT g, repeat('x', 50) FROM generate_series(1, 100000) g"
        )
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let saved = try await service.send(
                "POST", "/v1.0/query/train?save=true",
                body: (["query": "SELECT id, v FROM public.big WHERE id > 0", "entity_key": "id"] as JSONValue).utf8)
            let id = try #require(saved["query_id"]?.string, "\(saved.status)")
            let lookUp: JSONValue = ["query_id": .string(id), "index_key": "id", "index_value": 100_000]
            try await until("the table is loaded") {
                let answer = try await service.send("POST", "/v1.0/query/realtime", body: lookUp.utf8)
                if answer.status == 200 {
                    #expect(answer.data.first?["id"] == 100_000)
                    return true
                }
                #expect(answer.status == 503 && answer.code == "loading" && answer.header("Retry-After") != nil, "\(answer)")
                #expect(answer["details"]?["table"]?.string == "public.big", "\(answer)")
                return false
            }
        }
    }

    @Test("a realtime lookup that takes too long is stopped: 504, and the next one answers")
    func realtimeTime() async throws {
        try await Service.run(["TRAINING_SECONDS": "1", "REALTIME_SECONDS": "0.5"]) { service in
            let flow = try await Flow.save(in: service, flows: 500)
            let sql = """
                SELECT a.user_id, count(*) AS n FROM feature_store.users AS a CROSS JOIN feature_store.quotes AS b CROSS JOIN feature_store.quotes AS c
                CROSS JOIN feature_store.quotes AS d WHERE b.creation_date + c.creation_date > d.creation_date GROUP BY a.user_id
                """
            // It is saved before it runs, and runs too long for training too.
            let saving = try await service.post(
                "/v1.0/query/train?save=true", ["query": .string(sql), "query_name": "slow", "entity_key": "user_id"])
            #expect(saving.status == 504 && saving.code == "warehouse_timeout", "\(saving)")
            let answer = try await service.post("/v1.0/query/realtime", ["name": "slow", "index_key": "user_id", "index_value": .string(flow.user)])
            #expect(answer.status == 504 && answer.code == "realtime_timeout", "\(answer)")
            #expect(try await flow.lookUp().data == [flow.rows[0]])
        }
    }

    @Test("an answer of too many rows is 422 too_many_rows")
    func realtimeRows() async throws {
        try await Service.run(["REALTIME_ROWS": "20"]) { service in
            _ = try await service.call("PUT", "/v1.0/publish?n_flows=200&seed=1")
            let id = try await service.save("SELECT quote_device, quote_id FROM feature_store.quotes", key: "quote_device")
            let answer = try await service.lookUp(id, "quote_device", "mobile")
            #expect(answer.status == 422 && answer.code == "too_many_rows", "\(answer)")
            #expect(try await service.lookUp(id, "quote_device", "none").status == 200)
        }
    }

    @Test("a training statement that takes too long is stopped in the warehouse: 504")
    func trainingTime() async throws {
        let database = try TestPostgres.shared.createDatabase()
        try await Service.run(["DATABASE_URL": try database.url, "TRAINING_SECONDS": "1"]) { service in
            let answer = try await service.train(Self.endless)
            #expect(answer.status == 504 && answer.code == "warehouse_timeout", "\(answer)")
            try await until("no statement goes on") { try Self.running(in: database) == "0" }
            #expect(try await service.train("SELECT 1 AS one").status == 200)
        }
    }

    @Test("a client that goes away cancels its statement")
    func cancel() async throws {
        let database = try TestPostgres.shared.createDatabase()
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let client = Task { try await service.train(Self.endless) }
            try await until("the statement runs") { try Self.running(in: database) == "1" }
            client.cancel()
            _ = await client.result
            try await until("the statement is cancelled") { try Self.running(in: database) == "0" }
        }
    }

    @Test("100,000 training rows stream whole, and in order")
    func stream() async throws {
        let answer = try await SharedFlow.service.train("SELECT g AS n, repeat('é', 20) AS t FROM generate_series(1, 100000) AS g ORDER BY g")
        #expect(answer.status == 200 && answer.data.count == 100_000)
        #expect(answer.data.enumerated().allSatisfy { $1["n"]?.int == $0 + 1 })
    }

    @Test("a statement that fails after rows were sent breaks the answer off: never a short one that looks whole")
    func brokenStream() async throws {
        let service = try await SharedFlow.service
        let whole = try? await service.train("SELECT g AS n, repeat('x', 100) AS t, 1 / (90000 - g) AS late FROM generate_series(1, 100000) AS g")
        #expect(whole == nil || whole?.status == 422, "\(whole?.bytes.count ?? 0) bytes of a statement that failed")
        #expect(try await service.train("SELECT 1 AS one").status == 200)
    }

    private static let endless = "SELECT count(*) AS n FROM generate_series(1, 1000000) AS a CROSS JOIN generate_series(1, 1000000) AS b"

    private static func running(in database: TestDatabase) throws -> String {
        try database.run(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%generate_series%'"
        )
    }
}
