import FeatureModel
import Testing
import TestServers

@Suite("Same answer")
struct SameAnswerTests {
    static let schemaSQL = """
        CREATE SCHEMA shop;
        CREATE TABLE shop.orders (
            order_id bigint PRIMARY KEY, customer varchar(20) NOT NULL, amount numeric(12,2), weight numeric, paid boolean, note text,
            score double precision, small smallint, ratio real, placed date, at timestamp, seen timestamptz, tag uuid, doc jsonb);
        CREATE INDEX ON shop.orders (customer);
        CREATE TABLE shop.customers (customer varchar(20) PRIMARY KEY, city text, since date);
        INSERT INTO shop.customers VALUES ('anna', 'Malmö', '2020-02-29'), ('bob', NULL, '1999-12-31'), ('o''neil', 'São "Paulo"', NULL), ('nobuys', 'x', NULL);
        INSERT INTO shop.orders VALUES
            (1, 'anna', 10.50, 1.250, true, E'tab\\t"quote" \\\\ é🙂', 1.5, 3, 0.1, '2024-02-29', '2024-02-29 12:00:00.5', '2024-02-29 12:00:00+02',
             'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"b": [1, 2.50], "a": null}'),
            (2, 'anna', 0.00, -0.0010, false, '', 1e300, -32768, 1e-10, '0001-01-01', '1999-12-31 23:59:59.999999', 'epoch', NULL, '[]'),
            (3, 'anna', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (9223372036854775807, 'bob', -9999999999.99, 12345678901234567890.123456789, true, 'true', 0.1, 0, 3.4e38, '9999-12-31',
             '2024-01-01', '2024-07-01 00:00:00.000001+00', NULL, '"x"'),
            (4, 'o''neil', 7.00, 100, false, E'line\\nbreak', -1e-300, 7, 1, '2024-03-01', '2024-03-01', '2024-03-01', NULL, '{}');
        """

    /// Queries by customer, from single columns to joins, grouping and CASE.
    private static let queries = [
        "SELECT * FROM shop.orders",
        "SELECT customer, order_id, amount AS \"Amount \"\"net\"\"\", weight FROM shop.orders WHERE amount > 0 OR amount IS NULL",
        "SELECT customer, count(*) AS n, count(amount) AS with_amount, sum(amount) AS total, min(placed) AS first, max(at) AS last, bool_or(paid) AS any_paid "
            + "FROM shop.orders GROUP BY customer",
        "SELECT customer, avg(amount) AS mean, avg(weight) AS mean_weight, sum(small) AS s, avg(small) AS mean_small FROM shop.orders GROUP BY customer",
        "SELECT c.customer, c.city, o.order_id, o.note, o.amount * 1.25 AS gross, o.amount / 3 AS third, o.small + 1 AS next, -o.weight AS negated "
            + "FROM shop.customers c LEFT JOIN shop.orders o ON o.customer = c.customer",
        "SELECT customer, CASE WHEN amount >= 10 THEN 'big' WHEN amount IS NULL THEN NULL ELSE 'small' END AS size, paid AND amount > 0 AS good, "
            + "coalesce(note, 'none') AS note, order_id IN (1, 3) AS chosen, note LIKE '%qu_te%' AS quotes FROM shop.orders",
        "SELECT customer, amount::text AS printed, small::numeric AS d, score::text AS s, paid::text AS p, amount::bigint AS i, placed::text AS day FROM shop.orders",
        "SELECT customer, count(*) FILTER (WHERE paid) AS paid, count(DISTINCT paid) AS kinds, sum(CASE WHEN paid THEN amount ELSE 0 END) AS paid_amount "
            + "FROM shop.orders GROUP BY customer HAVING count(*) > 0",
        "SELECT customer, since, city IS NULL AS homeless, upper(customer) AS loud, length(customer) AS letters FROM shop.customers",
    ]

    @Test("a row of query/realtime is byte for byte PostgreSQL's row_to_json", arguments: queries)
    func rowToJSON(sql: String) async throws {
        let shop = try await Shop.shared
        let id = try await shop.service.save(sql, key: "customer")
        for customer in ["anna", "bob", "o'neil", "nobuys", "nobody"] {
            let quoted = customer.replacing("'", with: "''")
            let printed = try shop.database.run(
                "SET TimeZone = 'UTC'; SET extra_float_digits = 1; SELECT row_to_json(t) FROM (\(sql)) AS t WHERE customer = '\(quoted)'")
            let expected = printed.split(separator: "\n").map(String.init).sorted()
            let answer = try await shop.service.lookUp(id, "customer", .string(customer))
            #expect(answer.status == 200, "\(sql): \(answer)")
            #expect(answer.rowTexts.sorted() == expected, "\(sql) for \(customer)")
        }
    }

    @Test("a row of query/train is byte for byte PostgreSQL's row_to_json", arguments: queries)
    func training(sql: String) async throws {
        let shop = try await Shop.shared
        let printed = try shop.database.run("SET TimeZone = 'UTC'; SET extra_float_digits = 1; SELECT row_to_json(t) FROM (\(sql)) AS t")
        let answer = try await shop.service.train(sql)
        #expect(answer.status == 200, "\(sql): \(answer)")
        #expect(answer.rowTexts.sorted() == printed.split(separator: "\n").map(String.init).sorted(), "\(sql)")
    }

    @Test("a total ORDER BY gives PostgreSQL's row order, nulls included")
    func order() async throws {
        let shop = try await Shop.shared
        let sql = "SELECT customer, order_id, amount FROM shop.orders ORDER BY amount DESC, order_id"
        let id = try await shop.service.save(sql, key: "customer")
        let printed = try shop.database.run("SELECT row_to_json(t) FROM (\(sql)) AS t WHERE customer = 'anna'")
        #expect(try await shop.service.lookUp(id, "customer", "anna").rowTexts == printed.split(separator: "\n").map(String.init))
    }

    @Test("a view is expanded, and its tables are what is mirrored")
    func views() async throws {
        let shop = try await Shop.shared
        try shop.database.run(
            "CREATE OR REPLACE VIEW shop.big AS SELECT customer, amount FROM shop.orders WHERE amount > 5; GRANT SELECT ON shop.big TO PUBLIC")
        let id = try await shop.service.save("SELECT customer, sum(amount) AS total FROM shop.big GROUP BY customer", key: "customer")
        #expect(try await shop.service.lookUp(id, "customer", "anna").text == #"{"data":[{"customer":"anna","total":10.50}]}"#)
    }

    @Test(
        "what cannot be answered exactly is saved and not servable, with the reason",
        arguments: [
            ("SELECT customer, string_agg(note, ',') AS notes FROM shop.orders GROUP BY customer", "string_agg"),
            ("SELECT customer, amount FROM shop.orders LIMIT 1", "limit"),
            ("SELECT customer, random() AS r FROM shop.orders", "random"),
            ("SELECT customer, normalize(note) AS r FROM shop.orders", "normalize"),
        ])
    func refusedNotApproximated(sql: String, construct: String) async throws {
        let shop = try await Shop.shared
        let answer = try await shop.service.answered("/v1.0/query/train?save=true", ["query": .string(sql), "entity_key": "customer"])
        #expect(answer["realtime"]?["servable"] == false, "\(answer)")
        #expect(answer["realtime"]?.description.lowercased().contains(construct) == true, "\(answer)")
        #expect(answer.data.count > 0)
    }

    @Test("a division by zero fails in both places as PostgreSQL fails, and is nobody's 500")
    func divisionByZero() async throws {
        let database = try TestPostgres.shared.createDatabase(
            "CREATE TABLE ratios (id int PRIMARY KEY, a int, b int); INSERT INTO ratios VALUES (1, 7, 2)")
        try await Service.run(["DATABASE_URL": try database.url]) { service in
            let id = try await service.save("SELECT id, a / b AS ratio FROM public.ratios", key: "id")
            #expect(try await service.lookUp(id, "id", 1).text == #"{"data":[{"id":1,"ratio":3}]}"#)
            try database.run("INSERT INTO ratios VALUES (2, 1, 0)")
            await service.stop()
            try await service.startAgain()
            let trained = try await service.post("/v1.0/query/train", ["query_id": .string(id)])
            #expect(trained.status == 422 && trained["sqlstate"]?.string == "22012", "\(trained)")
            let served = try await service.lookUp(id, "id", 2)
            #expect(served.status == 422 && served["sqlstate"]?.string == "22012", "\(served)")
            #expect(try await service.lookUp(id, "id", 1).status == 200)
        }
    }
}

/// A service over a database with a shop in it.
struct Shop: Sendable {
    let service: Service
    let database: TestDatabase

    static var shared: Shop { get async throws { try await started.value } }
    private static let started = Task {
        let database = try TestPostgres.shared.createDatabase(SameAnswerTests.schemaSQL)
        return Shop(service: try await Service.ready(["DATABASE_URL": try database.url]), database: database)
    }
}
