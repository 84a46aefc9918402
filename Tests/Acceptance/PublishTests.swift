import FeatureModel
import Testing
import TestServers

@Suite("Publish")
struct PublishTests {
    private static let tables = ["users", "quotes", "policies", "transactions"]

    @Test("publish makes the four tables with the original's columns")
    func columns() async throws {
        let database = try TestPostgres.shared.createDatabase()
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=10").json == ["msg": "created 10 flows"])
            let listed = try database.run(
                """
                SELECT table_name || ': ' || string_agg(column_name || ' ' || CASE data_type WHEN 'numeric' THEN 'numeric' || coalesce(numeric_scale::text, '')
                    WHEN 'character varying' THEN 'varchar' || coalesce(character_maximum_length::text, '') ELSE data_type END, ', ' ORDER BY ordinal_position)
                FROM information_schema.columns WHERE table_schema = 'feature_store' GROUP BY table_name ORDER BY table_name
                """)
            #expect(
                listed == """
                    policies: policy_id varchar36, user_id varchar36, quote_id varchar36, purchase_time numeric, policy_type varchar, policy_device varchar
                    quotes: quote_id varchar36, user_id varchar36, creation_date numeric, binding_date numeric, quote_type varchar, quote_device varchar, \
                    is_binded boolean, is_paid boolean
                    transactions: transaction_id varchar36, user_id varchar36, ref_id varchar36, ref_type varchar, transaction_time numeric, \
                    successful boolean, card_number varchar, card_expiration_date varchar, card_type varchar
                    users: user_id varchar36, name varchar, address varchar, creation_date numeric
                    """)
        }
    }

    @Test("four in five quotes bind a user, four in five of those pay, and card numbers are masked")
    func shares() async throws {
        let database = try TestPostgres.shared.createDatabase()
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=5000&seed=3").status == 200)
            let shares = try database.run(
                """
                SELECT (SELECT count(*) FROM feature_store.quotes), avg(is_binded::int) BETWEEN 0.77 AND 0.83,
                    (avg(is_paid::int) FILTER (WHERE is_binded)) BETWEEN 0.77 AND 0.83, bool_and(is_binded = (user_id IS NOT NULL)),
                    (SELECT count(*) FROM feature_store.policies) = sum(is_paid::int), (SELECT count(*) FROM feature_store.transactions) = sum(is_paid::int),
                    (SELECT bool_and(card_number ~ '[*]') AND bool_and(card_number !~ '[0-9]{5}') FROM feature_store.transactions)
                FROM feature_store.quotes
                """)
            #expect(shares == "5000|t|t|t|t|t|t")
        }
    }

    @Test("the same seed makes the same flows in another warehouse, another seed other ones, and a used seed is refused")
    func seed() async throws {
        var seen: [String] = []
        for seed in [42, 42, 43] {
            let database = try TestPostgres.shared.createDatabase()
            try await Service.run(["DATABASE_URL": try database.url]) { service in
                let first = try await service.call("PUT", "/v1.0/publish?n_flows=300&seed=\(seed)")
                #expect(first.status == 200, "\(first)")
                let again = try await service.call("PUT", "/v1.0/publish?n_flows=300&seed=\(seed)")
                #expect(again.status == 409 && again.code == "seed_used", "\(again)")
            }
            seen.append(
                try Self.tables.map {
                    try database.run("SELECT md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")) FROM feature_store.\($0) t")
                }.joined())
        }
        #expect(seen[0] == seen[1] && seen[1] != seen[2])
    }

    @Test("publish never goes into existing tables whose columns differ: 409, and nothing is changed")
    func tableDiffers() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE SCHEMA feature_store; CREATE TABLE feature_store.users (user_id int, email text); INSERT INTO feature_store.users VALUES (1, 'a')"
        )
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let answer = try await service.call("PUT", "/v1.0/publish?n_flows=10")
            #expect(answer.status == 409 && answer.code == "table_differs" && answer.text.contains("users"), "\(answer)")
            #expect(try database.run("SELECT count(*), min(email) FROM feature_store.users") == "1|a")
            #expect(try database.run("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'feature_store'") == "1")
        }
    }

    @Test("FLOW_SIMULATION=off disables it, and DB_SCHEMA says where the tables are")
    func settings() async throws {
        try await Service.run(["FLOW_SIMULATION": "off"]) { service in
            let answer = try await service.call("PUT", "/v1.0/publish?n_flows=10")
            #expect(answer.status == 403 && answer.code == "simulation_off", "\(answer)")
        }
        try await Service.run(["DB_SCHEMA": "insurance"]) { service in
            let published = try await service.call("PUT", "/v1.0/publish?n_flows=10")
            #expect(published.status == 200)
            let counted = try await service.train("SELECT count(*) AS n FROM insurance.quotes")
            #expect(counted.data == [["n": 10]])
        }
    }

    @Test("concurrent publishes lose nothing, in the warehouse and in the realtime store")
    func concurrent() async throws {
        try await Service.run { service in
            _ = try await service.call("PUT", "/v1.0/publish?n_flows=1&seed=1")
            let id = try await service.save("SELECT quote_id, user_id, is_paid FROM feature_store.quotes", key: "quote_id")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed in 2...9 {
                    group.addTask {
                        let answer = try await service.call("PUT", "/v1.0/publish?n_flows=250&seed=\(seed)")
                        #expect(answer.status == 200, "\(answer)")
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await service.answered("/v1.0/query/train", ["query_id": .string(id)]).data
            #expect(rows.count == 2_001)
            for row in rows where row["quote_id"]?.string?.hasPrefix("a") == true {
                #expect(try await service.lookUp(id, "quote_id", row["quote_id"] ?? .null).data == [row])
            }
        }
    }

    @Test("10,000 flows are one call, and readable in realtime when it answers")
    func many() async throws {
        try await Service.run { service in
            let flow = try await Flow.save(in: service, flows: 10, seed: 1)
            #expect(try await service.call("PUT", "/v1.0/publish?n_flows=10000&seed=2").json == ["msg": "created 10000 flows"])
            let rows = try await service.answered("/v1.0/query/train", ["query_id": .string(flow.queryID)]).data
            #expect(rows.count > 5_000)
            for row in rows.suffix(50) { #expect(try await flow.lookUp(row["user_id"]?.string).data == [row]) }
            let counted = try await service.train("SELECT count(*) AS n FROM feature_store.quotes")
            #expect(counted.data == [["n": 10_010]])
        }
    }

    @Test(
        "n_flows and seed are whole numbers in their range",
        arguments: ["", "?n_flows=0", "?n_flows=-1", "?n_flows=x", "?n_flows=1000001", "?n_flows=1&seed=x", "?n=1"])
    func parameters(query: String) async throws {
        let answer = try await SharedFlow.service.call("PUT", "/v1.0/publish" + query)
        #expect(answer.status == 400, "\(answer)")
    }
}
