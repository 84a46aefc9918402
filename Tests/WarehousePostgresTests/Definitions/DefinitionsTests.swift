import FeatureModel
import Testing
import TestServers
import Warehouse
import WarehousePostgres

@Suite("Definitions", .timeLimit(.minutes(2)))
struct DefinitionsTests {
    static let fixture = Result {
        try WarehouseFixture(
            #"""
            CREATE SCHEMA feature_store; CREATE SCHEMA other; CREATE TYPE other.mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS int;
            CREATE TABLE feature_store.users (user_id varchar(36) PRIMARY KEY, name text NOT NULL, balance numeric(10,2), born timestamp(3), "Odd "" name" int UNIQUE);
            CREATE TABLE quotes (quote_id int, part int, user_id varchar(36) REFERENCES feature_store.users, at timestamptz, note text COLLATE "C",
                PRIMARY KEY (quote_id, part), UNIQUE (at, user_id));
            CREATE INDEX by_user ON quotes (user_id, at); CREATE INDEX by_lower ON quotes (lower(note), at); CREATE INDEX mixed ON quotes (at, lower(note), part);
            CREATE UNIQUE INDEX partial ON quotes (note) WHERE part = 1; CREATE INDEX covering ON quotes (part) INCLUDE (at);
            CREATE TABLE other.strange (m other.mood, ms other.mood[], p positive, i inet, a numeric(5,1)[]); ALTER TABLE other.strange ENABLE ROW LEVEL SECURITY;
            CREATE VIEW inner_view AS SELECT user_id, count(*) AS quotes FROM quotes GROUP BY user_id;
            CREATE VIEW outer_view (who, many) AS SELECT u.name, i.quotes FROM feature_store.users u LEFT JOIN inner_view i USING (user_id);
            CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one;
            CREATE TABLE parts (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE parts_2024 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE feature_store.shadow (a int); CREATE TABLE public.shadow (b int);
            ALTER TABLE quotes DROP COLUMN at CASCADE; ALTER TABLE quotes ADD at timestamptz;
            CREATE INDEX late ON quotes (at);
            """#, asReader: true)
    }

    private func read(_ names: String...) async throws -> ResolvedDefinitions {
        try await Self.fixture.get().warehouse.definitions(
            of: names.map { name in
                let parts = name.split(separator: ".").map(String.init)
                return RelationReference(schema: parts.count > 1 ? parts[0] : nil, name: parts[parts.count - 1])
            })
    }

    @Test("say columns, keys and indexes of a table, to a role that may only select")
    func table() async throws {
        let users = try #require(try await read("users").tables.first)
        #expect(users.name == TableName(schema: "feature_store", name: "users"))
        #expect(users.kind == .table)
        #expect(users.columns.map(\.name) == ["user_id", "name", "balance", "born", "Odd \" name"])
        #expect(
            users.columns.map(\.type.description) == ["character varying(36)", "text", "numeric(10,2)", "timestamp(3) without time zone", "integer"])
        #expect(users.columns.map(\.isNullable) == [false, false, true, true, true])
        #expect(users.primaryKey == ["user_id"])
        #expect(users.uniqueKeys == [["Odd \" name"]])
        #expect(users.viewSQL == nil)
        #expect(!users.hasRowSecurity)

        let quotes = try #require(try await read("public.quotes").tables.first)
        #expect(quotes.columns.map(\.name) == ["quote_id", "part", "user_id", "note", "at"])
        #expect(quotes.columns.map(\.collation) == [nil, nil, nil, "C", nil])
        #expect(quotes.primaryKey == ["quote_id", "part"])
        #expect(quotes.uniqueKeys == [])
        #expect(quotes.indexes == [["at"]])
        #expect(quotes.foreignKeys == [.init(columns: ["user_id"], references: users.name, referencedColumns: ["user_id"])])
        #expect(quotes.estimatedRows == -1)
    }

    @Test("list the plain columns that begin an index, up to an expression; partial indexes don't count")
    func indexes() async throws {
        let fixture = try WarehouseFixture(
            """
            CREATE TABLE t (a int, b text, c int);
            CREATE INDEX i1 ON t (a, lower(b), c); CREATE INDEX i2 ON t (lower(b), a); CREATE INDEX i3 ON t (c, a); CREATE INDEX i4 ON t (b) INCLUDE (c);
            CREATE UNIQUE INDEX i5 ON t (a, c); CREATE UNIQUE INDEX i6 ON t (b) WHERE a > 1; CREATE UNIQUE INDEX i7 ON t (c, lower(b));
            """)
        let table = try #require(try await fixture.warehouse.definitions(of: [.init(schema: nil, name: "t")]).tables.first)
        #expect(table.indexes == [["a"], ["c", "a"], ["b"], ["c"]])
        #expect(table.uniqueKeys == [["a", "c"]])
    }

    @Test("follow views to what they stand on, and print them with schemas")
    func views() async throws {
        let resolved = try await read("outer_view")
        #expect(resolved.tables.map(\.name.description) == ["feature_store.users", "public.inner_view", "public.outer_view", "public.quotes"])
        let outer = try #require(resolved.tables.first { $0.name.name == "outer_view" })
        #expect(outer.kind == .view)
        #expect(outer.columns.map(\.name) == ["who", "many"])
        #expect(outer.viewSQL?.contains("feature_store.users u") == true)
        #expect(outer.viewSQL?.contains("public.inner_view i") == true)
        #expect(resolved.meaning == [RelationReference(schema: nil, name: "outer_view"): outer.name])
    }

    @Test("name types that are not built in with their schema")
    func strangeTypes() async throws {
        let strange = try #require(try await read("other.strange").tables.first)
        #expect(
            strange.columns.map(\.type) == [
                PostgresType(otherNamed: "other.mood", labels: ["sad", "happy"]), PostgresType(otherNamed: "other.mood", isArray: true),
                PostgresType(otherNamed: "public.positive"),
                PostgresType(otherNamed: "inet"),
                PostgresType(.numeric, modifier: PostgresType.numeric(precision: 5, scale: 1).modifier, isArray: true),
            ])
        #expect(strange.hasRowSecurity)
        let described = try await Self.fixture.get().warehouse.describe("SELECT m, ms, 1 AS n FROM other.strange")
        #expect(
            described.map(\.type) == [
                PostgresType(otherNamed: "other.mood", labels: ["sad", "happy"]), PostgresType(otherNamed: "other.mood", isArray: true), PostgresType(.int4),
            ])
    }

    @Test("know partitioned tables and materialized views, and the search path's order")
    func kinds() async throws {
        let resolved = try await read("parts", "stored", "shadow")
        #expect(
            Dictionary(uniqueKeysWithValues: resolved.tables.map { ($0.name.description, $0.kind) })
                == ["public.parts": .partitioned, "public.stored": .materializedView, "feature_store.shadow": .table])
        #expect(resolved.tables.first { $0.name.name == "parts" }?.primaryKey == ["id", "day"])
    }

    @Test("name the table that does not exist", arguments: ["nothing", "feature_store.nothing", "by_user"])
    func unknown(name: String) async throws {
        let error = await #expect(throws: WarehouseError.self) { try await read("users", name) }
        #expect(error?.kind == .unknownTable)
        #expect(error?.message.contains("'\(name)'") == true)
    }

    @Test("the environment says version, collation, zone and path")
    func environment() async throws {
        let environment = try await Self.fixture.get().warehouse.environment()
        #expect(environment.versionNumber >= 150_000)
        #expect(environment.collation == "C.UTF-8")
        #expect(environment.characterType == "C.UTF-8")
        #expect(environment.timeZone == "UTC")
        #expect(environment.searchPath == ["feature_store", "public"])
    }

    @Test("describe gives names and types without running anything")
    func describe() async throws {
        let columns = try await Self.fixture.get().warehouse.describe(
            "SELECT u.*, 'x' AS literal, NULL AS nothing, pg_sleep(1000) AS s, 1 AS \"A b\" FROM users u;")
        #expect(columns.map(\.name) == ["user_id", "name", "balance", "born", "Odd \" name", "literal", "nothing", "s", "A b"])
        #expect(columns[5].type == PostgresType(.text))
        #expect(columns[6].type == PostgresType(.text))
        #expect(columns[2].type == .numeric(precision: 10, scale: 2))
    }
}
