import FeatureModel
import Testing
import TestServers

@Suite("Backends")
struct BackendTests {
    /// The same assertions on every combination: what a user sees does not depend on where things are kept.
    @Test("the whole flow works on every backend", arguments: ["embedded", "PostgreSQL given", "MongoDB given", "both given"])
    func flow(backends: String) async throws {
        var settings: [String: String] = [:]
        let database = try TestPostgres.shared.createDatabase()
        if ["PostgreSQL given", "both given"].contains(backends) { settings["DATABASE_URL"] = try database.url }
        if ["MongoDB given", "both given"].contains(backends) { settings["MONGODB_URI"] = try TestMongo.shared.freshDatabaseURI() }
        try await Service.run(settings) { service in
            let flow = try await Flow.save(in: service, flows: 100, seed: 21)
            #expect(try await flow.lookUp().data == [flow.rows[0]])
            #expect(try await flow.extract(flow.pythonETL).data == [flow.pythonRows[0]])
            #expect(try await flow.extract(flow.sqlETL).data == flow.sqlRows.filter { $0["user_id"]?.string == flow.user })
            #expect(await service.stop() == 0)
            try await service.startAgain()
            #expect(try await flow.lookUp().data == [flow.rows[0]])
            #expect(try await service.save(try Flow.sql()) == flow.queryID, "an id does not change with a restart")
            #expect(
                try await service.post("/v1.0/extract/realtime", ["name": "user_model", "index_key": "user_id", "index_value": .string(flow.user)])
                    .status == 200)
            if settings["DATABASE_URL"] != nil { #expect(try database.run("SELECT count(*) FROM feature_store.quotes") == "100") }
        }
    }

    @Test("a saved query never runs on the write connection: with a reading role alone, reading works and publish is refused clearly")
    func readingRole() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE TABLE public.t (id int PRIMARY KEY, v text); INSERT INTO public.t VALUES (1, 'x')")
        try await Service.run(["DATABASE_URL": try database.readerURL]) { service in
            let id = try await service.save("SELECT id, v FROM public.t", key: "id")
            #expect(try await service.lookUp(id, "id", 1).data == [["id": 1, "v": "x"]])
            let publish = try await service.call("PUT", "/v1.0/publish?n_flows=1")
            #expect((400..<500).contains(publish.status) && publish.code != "internal_error", "\(publish)")
        }
    }

    @Test("two services on one catalog have one identity: the same query gets the same id, and another key is refused")
    func sharedIdentity() async throws {
        let database = try TestPostgres.shared.createDatabase()
        let settings = ["DATABASE_URL": try database.url, "MONGODB_URI": try TestMongo.shared.freshDatabaseURI()]
        try await Service.run(settings) { first in
            let flow = try await Flow.save(in: first, flows: 50, seed: 1)
            try await Service.run(settings) { second in
                let id = try await second.save(try Flow.sql())
                #expect(id == flow.queryID)
                let served = try await second.lookUp(id, "user_id", .string(flow.user))
                #expect(served.data == [flow.rows[0]])
            }
            let other = try Service(settings.merging(["CATALOG_HMAC_KEY": String(repeating: "0123456789abcdef", count: 4)]) { $1 })
            #expect(await other.exitStatus() != 0, "a process whose key differs refuses to start")
            #expect(other.log.contains("CATALOG_HMAC_KEY"), "\(other.log)")
        }
    }

    @Test("nullability is part of the schema: a column that may be null now is named in a 409")
    func nullability() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE TABLE public.t (id int PRIMARY KEY, v int NOT NULL, w int); INSERT INTO public.t VALUES (1, 10, 5)")
        try await Service.run(["DATABASE_URL": try database.url, "DEFINITION_SECONDS": "0.2"]) { service in
            let id = try await service.save("SELECT id, v, w FROM public.t", key: "id")
            let schema = try await service.send("GET", "/v1.0/queries/\(id)")["schema"]?.array?.map { $0["nullable"]?.bool }
            #expect(schema == [false, false, true])
            let etl = try await service.saveETL("SELECT id, v, w FROM input", over: id)
            let body: JSONValue = ["query_id": .string(id), "etl_id": .string(etl), "index_key": "id", "index_value": 1]
            try database.run("ALTER TABLE public.t ALTER COLUMN v DROP NOT NULL")
            var answer = try await service.send("POST", "/v1.0/extract/realtime", body: body.utf8)
            try await until("the new definition is seen") {
                answer = try await service.send("POST", "/v1.0/extract/realtime", body: body.utf8)
                return answer.status == 409
            }
            let named = answer["details"]?["differences"]?.array ?? []
            #expect(named.allSatisfy { $0["column"] == "v" && $0["kind"] == "nullability" } && !named.isEmpty, "\(answer)")
        }
    }

    @Test("an ALTER TABLE that changes the query's half is skew too, and a dropped table is a clear error")
    func definitions() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE TABLE public.t (id int PRIMARY KEY, v int, w int); INSERT INTO public.t VALUES (1, 10, 5), (2, 20, 6)")
        try await Service.run(["DATABASE_URL": try database.url, "DEFINITION_SECONDS": "0.2"]) { service in
            let id = try await service.save("SELECT id, v FROM public.t", key: "id")
            let etl = try await service.saveETL("SELECT id, v FROM input", over: id)
            let body: JSONValue = ["query_id": .string(id), "etl_id": .string(etl), "index_key": "id", "index_value": 1]
            #expect(try await service.answered("/v1.0/extract/realtime", body).data == [["id": 1, "v": 10]])
            try database.run("ALTER TABLE public.t ALTER COLUMN v TYPE text")
            try await until("the new definition is seen") {
                let answer = try await service.send("POST", "/v1.0/extract/realtime", body: body.utf8)
                if answer.status == 409 { #expect(answer.code == "schema_mismatch" && answer.text.contains("\"v\""), "\(answer)") }
                return answer.status == 409
            }
            try database.run("DROP TABLE public.t")
            try await until("the loss is seen") {
                try await service.send("POST", "/v1.0/extract/realtime", body: body.utf8).text.contains("no table")
            }
            for _ in 1...100 {
                let answer = try await service.send("POST", "/v1.0/extract/realtime?on_skew=warn", body: body.utf8)
                #expect((400..<500).contains(answer.status) && answer.text.contains("no table"), "rows of a table that is gone: \(answer)")
            }
            #expect(try await service.send("GET", "/health/live").status == 200)
        }
    }
}
