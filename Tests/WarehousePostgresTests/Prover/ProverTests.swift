import EmbeddedPostgres
import FeatureModel
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("The prover", .timeLimit(.minutes(2)))
struct ProverTests {
    static let fixture = Result {
        try WarehouseFixture(
            """
            CREATE SCHEMA feature_store;
            CREATE TABLE feature_store.users (user_id varchar(36) PRIMARY KEY, name text, balance numeric(10,2), born date, tags text[], wait interval hour to minute);
            CREATE TABLE public.quotes (quote_id int PRIMARY KEY, user_id varchar(36), price numeric, is_paid boolean);
            CREATE VIEW a_view AS SELECT user_id, sum(price) AS total FROM quotes GROUP BY user_id;
            CREATE VIEW z_view AS SELECT upper(u.name) AS name, v.total FROM feature_store.users u JOIN a_view v USING (user_id);
            CREATE TYPE mood AS ENUM ('sad', 'it''s'); CREATE TABLE moody (m mood); CREATE TYPE pair AS (a int, b int); CREATE TABLE paired (p pair);
            CREATE TABLE swedish (name text COLLATE "C");
            """)
    }

    static let prover = Result { try PostgresProver(url: try TestPostgres.shared.server.connectionString(role: .prover)) }

    private func type(_ sql: String, reading names: String..., timeZone: String? = nil) async throws -> TypedStatement {
        let warehouse = try Self.fixture.get().warehouse
        let tables = try await warehouse.definitions(of: names.map { RelationReference(schema: nil, name: $0) }).tables
        var environment = try await warehouse.environment()
        if let timeZone {
            environment = WarehouseEnvironment(
                versionNumber: environment.versionNumber, collation: environment.collation, characterType: environment.characterType,
                timeZone: timeZone,
                searchPath: environment.searchPath)
        }
        return try await Self.prover.get().type(sql, over: tables, environment: environment)
    }

    private func signatures(_ statement: TypedStatement) -> Set<String> {
        Set(statement.functions.map { "\($0.schema).\($0.name)(\($0.arguments.joined(separator: ", ")))\($0.volatility.rawValue)" })
    }

    @Test("expands, qualifies and types a statement as the warehouse does")
    func canonical() async throws {
        let sql = "SELECT u.*, 'x' AS literal, balance > 1 AS rich FROM users u WHERE name LIKE 'A%' ORDER BY born DESC; -- done"
        let typed = try await type(sql, reading: "users")
        #expect(typed.columns == (try await Self.fixture.get().warehouse.describe(sql)))
        #expect(typed.canonicalSQL.hasPrefix("SELECT u.user_id,"))
        #expect(typed.canonicalSQL.contains("'x'::text AS literal"))
        #expect(typed.canonicalSQL.contains("(u.balance > (1)::numeric) AS rich"))
        #expect(typed.canonicalSQL.contains("FROM feature_store.users u"))
        #expect(!typed.canonicalSQL.hasSuffix(";"))
        #expect(typed.canonicalViews.isEmpty)
        #expect(
            signatures(typed) == ["pg_catalog.textlike(text, text)i", "pg_catalog.numeric_gt(numeric, numeric)i", "pg_catalog.numeric(integer)i"])
    }

    @Test("expands views of views, and finds the functions in them")
    func views() async throws {
        let typed = try await type("SELECT name, total::float8 FROM z_view", reading: "z_view")
        #expect(typed.canonicalViews.keys.map(\.description).sorted() == ["public.a_view", "public.z_view"])
        #expect(typed.canonicalViews[TableName(schema: "public", name: "a_view")]?.contains("sum(quotes.price)") == true)
        #expect(
            signatures(typed).isSuperset(of: [
                "pg_catalog.upper(text)i", "pg_catalog.sum(numeric)i", "pg_catalog.float8(numeric)i", "pg_catalog.texteq(text, text)i",
            ]))
    }

    @Test(
        "finds functions wherever they stand",
        arguments: [
            ("SELECT * FROM generate_series(1, 3) g", "pg_catalog.generate_series(integer, integer)i"),
            ("SELECT row_number() OVER (ORDER BY quote_id) AS r FROM quotes", "pg_catalog.row_number()i"),
            ("SELECT 1 AS a WHERE (1, 2) < (3, 4)", "pg_catalog.int4lt(integer, integer)i"),
            ("SELECT quote_id IN (1, 2) AS b FROM quotes", "pg_catalog.int4eq(integer, integer)i"),
            ("SELECT nullif(price, 0) AS b FROM quotes", "pg_catalog.numeric_eq(numeric, numeric)i"),
            ("SELECT 1 AS a FROM quotes ORDER BY pg_sleep(0)::text LIMIT length('abc')", "pg_catalog.length(text)i"),
            ("SELECT (SELECT max(price) FROM quotes) AS m", "pg_catalog.max(numeric)i"),
            ("SELECT current_setting('x') AS m", "pg_catalog.current_setting(text)s"),
            ("SELECT count(*) FILTER (WHERE random() > 0.5) AS m FROM quotes", "pg_catalog.random()v"),
            ("SELECT quote_id FROM quotes TABLESAMPLE bernoulli (10)", "pg_catalog.bernoulli(internal)v"),
            ("SELECT now() AS t", "pg_catalog.now()s"),
        ])
    func functions(sql: String, signature: String) async throws {
        #expect(signatures(try await type(sql, reading: "quotes")).contains(signature))
    }

    @Test("a name that looks like a tree's field is not taken for one")
    func disguised() async throws {
        let typed = try await type("SELECT 1 AS \":funcid 1598 :opno 96\", ' :funcid 1598 ' AS b", reading: "quotes")
        #expect(typed.functions.isEmpty)
    }

    @Test("knows primary keys, on which GROUP BY may lean")
    func functionalDependence() async throws {
        let typed = try await type(
            "SELECT u.user_id, u.name, count(*) AS n FROM users u JOIN quotes q USING (user_id) GROUP BY u.user_id", reading: "users", "quotes")
        #expect(typed.columns.map(\.name) == ["user_id", "name", "n"])
        #expect(typed.columns[0].type == PostgresType(.varchar, modifier: 40))
    }

    @Test("copies types with their modifiers and collations")
    func modifiers() async throws {
        let sql = "SELECT wait, tags, balance, s.name FROM users, swedish s"
        #expect(try await type(sql, reading: "users", "swedish").columns == (try await Self.fixture.get().warehouse.describe(sql)))
    }

    @Test("folds nothing by its own clock zone but the environment's")
    func timeZone() async throws {
        let typed = try await type("SELECT timestamptz '2024-01-01 00:00' AS t", reading: "quotes", timeZone: "Asia/Tokyo")
        #expect(typed.canonicalSQL.contains("'2024-01-01 00:00:00+09'::timestamp with time zone"))
    }

    @Test(
        "refuses with PostgreSQL's words and the place in the user's text",
        arguments: [
            ("SELECT 'é' AS a,\n  nn FROM quotes", "42703", 20), ("SELECT 1 AS a, 2 AS a", "42701", nil), ("SELECT no_such(1)", "42883", 8),
            ("SELECT 1; SELECT 2", "42601", nil),
            ("SELECT 1; COMMIT; DROP TABLE x", "42601", nil), ("SELECT $1", "42P02", 8), ("SELEC", "42601", 1),
            ("SELECT 1 FROM unknown_table", "42P01", 15),
            ("SELECT quote_id, price FROM quotes GROUP BY price", "42803", 8),
            ("WITH w AS (INSERT INTO quotes VALUES (1) RETURNING 1) SELECT * FROM w", "0A000", nil),
        ] as [(String, String, Int?)])
    func refuses(sql: String, sqlstate: String, character: Int?) async throws {
        let error = await #expect(throws: WarehouseError.self) { try await type(sql, reading: "quotes") }
        #expect(error?.kind == .statementRefused)
        #expect(error?.sqlstate == sqlstate)
        #expect(error?.position?.character == character)
    }

    @Test("copies enums with their values")
    func enums() async throws {
        let typed = try await type("SELECT m FROM moody WHERE m < 'it''s'", reading: "moody")
        #expect(typed.columns.map(\.type) == [PostgresType(otherNamed: "public.mood", labels: ["sad", "it's"])])
    }

    @Test("says which column has a type it has no copy of")
    func strangeType() async throws {
        let error = await #expect(throws: WarehouseError.self) { try await type("SELECT 1 AS a FROM paired", reading: "paired") }
        #expect(error?.kind == .statementRefused)
        #expect(error?.message == "Column public.paired.p is of type public.pair, of which the prover has no copy.")
    }

    @Test("leaves nothing behind, and many at once do not meet")
    func leavesNothing() async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<20 { group.addTask { _ = try await type("SELECT \(number) AS n, * FROM users", reading: "users") } }
            try await group.waitForAll()
        }
        #expect(
            try TestPostgres.shared.run("SELECT count(*) FROM pg_class WHERE relname IN ('users', 'featurestore_statement')", in: "postgres") == "0")
    }

    @Test("its role can do nothing on the machine")
    func harmless() throws {
        let url = try TestPostgres.shared.server.connectionString(role: .prover)
        for statement in [
            "COPY (SELECT 1) TO PROGRAM 'cat'", "SELECT pg_read_file('/etc/passwd')", "CREATE ROLE r", "CREATE DATABASE d", "CREATE EXTENSION dblink",
        ] {
            #expect(throws: Psql.StatementFailed.self) { try Psql.run(statement, on: url) }
        }
    }
}
