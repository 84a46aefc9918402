import FeatureModel
import Testing
import TestServers

@Suite("Keys")
struct KeyTests {
    private static let tables = """
        CREATE TABLE public.customers (customer_id int PRIMARY KEY, credit numeric(10,2));
        CREATE TABLE public.orders (order_id int PRIMARY KEY, customer_id int NOT NULL, amount numeric(10,2));
        INSERT INTO customers SELECT i, i + 0.5 FROM generate_series(1, 50) i;
        INSERT INTO orders SELECT i, 1 + i % 50, i FROM generate_series(1, 500) i;
        """
    private static let perCustomer = """
        SELECT c.customer_id, c.credit, g.n, g.spent FROM public.customers c
        LEFT JOIN (SELECT customer_id, count(*) AS n, sum(amount) AS spent FROM public.orders GROUP BY customer_id) g ON g.customer_id = c.customer_id
        """
    private static let population = "SELECT customer_id, credit - (SELECT avg(amount) FROM public.orders) AS d FROM public.customers"

    private static func save(_ sql: String, in service: Service, options: String = "") async throws -> Answer {
        try await service.answered("/v1.0/query/train?save=true\(options)", ["query": .string(sql), "entity_key": "customer_id"])
    }

    @Test("a hot table that the key does not reach is key_not_local and named; one that it reaches is served")
    func hotTables() async throws {
        let database = try TestPostgres.shared.createDatabase(Self.tables)
        try await Service.run(["DATABASE_URL": try database.url, "HOT_TABLES": "public.orders"]) { service in
            let reached = try await Self.save(Self.perCustomer, in: service)
            #expect(reached["realtime"]?["servable"] == true, "\(reached)")
            let key = try #require(reached["keys"]?.array?.first)
            #expect(key["column"] == "customer_id" && key["local"] == true, "\(key)")
            let id = try #require(reached["query_id"]?.string)
            #expect(try await service.lookUp(id, "customer_id", 7).data == reached.data.filter { $0["customer_id"]?.int == 7 })

            let unreached = try await Self.save(Self.population, in: service)
            #expect(unreached["realtime"]?["servable"] == false, "\(unreached)")
            let other = try #require(unreached["keys"]?.array?.first)
            #expect(other["local"] == false && other["reason"]?.string?.contains("public.orders") == true, "\(other)")
            let refused = try await service.lookUp(try #require(unreached["query_id"]?.string), "customer_id", 7)
            #expect(refused.status == 422 && refused.code == "key_not_local", "\(refused)")
            #expect(refused["details"]?["tables"]?.array == ["public.orders"], "\(refused)")
            let required = try await service.post(
                "/v1.0/query/train?save=true&require=realtime", ["query": .string(Self.population), "entity_key": "customer_id"])
            #expect(required.status == 422 && required.code == "key_not_local", "\(required)")
        }
    }

    @Test("a scan says how many rows it reads; above the limit it is not servable unless the query is saved with allow_scan, also after a restart")
    func scans() async throws {
        let database = try TestPostgres.shared.createDatabase(Self.tables)
        try await Service.run(["DATABASE_URL": try database.url, "REALTIME_SCAN_ROWS": "100"]) { service in
            let refused = try await Self.save(Self.population, in: service)
            #expect(refused["realtime"]?["servable"] == false, "\(refused)")
            let reason = try #require(refused["realtime"]?["reasons"]?.array?.first)
            #expect(reason["construct"]?.string?.contains("public.orders (500 rows)") == true, "\(reason)")
            #expect(reason["hint"]?.string?.contains("allow_scan") == true, "\(reason)")
            let id = try #require(refused["query_id"]?.string)
            let answer = try await service.lookUp(id, "customer_id", 7)
            #expect(answer.status == 422 && answer.code == "not_servable", "\(answer)")

            let allowed = try await Self.save(Self.population, in: service, options: "&allow_scan=true")
            #expect(allowed["realtime"]?["servable"] == true, "\(allowed)")
            #expect(allowed["keys"]?.array?.first?["local"] == false, "\(allowed)")
            let row = allowed.data.filter { $0["customer_id"]?.int == 7 }
            #expect(try await service.lookUp(id, "customer_id", 7).data == row)
            await service.stop()
            try await service.startAgain()
            #expect(try await service.lookUp(id, "customer_id", 7).data == row)
        }
    }

    @Test("the catalog shows both plans, what a lookup visits, and the index that the warehouse lacks")
    func plans() async throws {
        let database = try TestPostgres.shared.createDatabase(Self.tables)
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let saved = try await Self.save(Self.perCustomer, in: service)
            let index = #"CREATE INDEX ON "public"."orders" ("customer_id")"#
            #expect(saved["realtime"]?["suggested_indexes"]?.array == [.string(index)], "\(saved)")
            let shown = try await service.call("GET", "/v1.0/queries/\(try #require(saved["query_id"]?.string))")
            #expect(shown["key_columns"] == saved["keys"], "\(shown)")
            let lookup = try #require(shown["lookups"]?.array?.first)
            #expect(lookup["key"] == ["customer_id"] && lookup["scans"] == [], "\(lookup)")
            let steps = lookup["plan"]?.array?.compactMap(\.string) ?? []
            #expect(steps.filter { $0.hasPrefix("SEARCH") && $0.contains("=?") }.count >= 2, "\(steps)")
            #expect((lookup["estimated_rows"]?.int ?? .max) < 100, "\(lookup)")
            #expect(shown["warehouse_plan"]?.array?.contains { $0.string?.contains("orders") == true } == true, "\(shown)")
            #expect(shown["suggested_indexes"]?.array == [.string(index)])

            try database.run("CREATE INDEX ON public.orders (customer_id)")
            let again = try await Self.save(Self.perCustomer, in: service)
            #expect(again["realtime"]?["suggested_indexes"] == nil, "\(again)")
        }
    }
}
