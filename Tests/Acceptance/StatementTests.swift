import FeatureModel
import Testing

@Suite("What a query may be")
struct StatementTests {
    @Test(
        "everything but one reading SELECT is refused with what it is and where",
        arguments: [
            ("DELETE FROM feature_store.users", "delete"),
            ("INSERT INTO feature_store.users VALUES ('a','b','c',1)", "insert"),
            ("UPDATE feature_store.users SET name = ''", "update"),
            ("TRUNCATE feature_store.users", "truncate"),
            ("DROP TABLE feature_store.users", "drop"),
            ("CREATE TABLE t (a int)", "create"),
            ("SELECT 1 AS a; SELECT 2 AS b", "statement"),
            ("SELECT 1 AS a; DROP TABLE feature_store.users", "statement"),
            ("WITH d AS (DELETE FROM feature_store.users RETURNING user_id) SELECT user_id FROM d", "delete"),
            ("SELECT user_id INTO copy FROM feature_store.users", "into"),
            ("SELECT user_id FROM feature_store.users FOR UPDATE", "for update"),
            ("COPY feature_store.users TO PROGRAM 'id'", "copy"),
            ("SET ROLE postgres", "set"),
            ("BEGIN", "transaction"),
            ("DO $$ BEGIN END $$", "do"),
            ("CALL p()", "call"),
            ("EXPLAIN SELECT 1 AS a", "explain"),
            ("LISTEN x", "listen"),
            ("VACUUM", "vacuum"),
            ("SELECT pg_sleep(1)", "pg_sleep"),
            ("SELECT pg_read_file('/etc/passwd') AS f", "pg_read_file"),
            ("SELECT lo_import('/etc/passwd') AS f", "lo_import"),
            ("SELECT current_setting('data_directory') AS f", "current_setting"),
            ("SELECT set_config('search_path', 'x', false) AS f", "set_config"),
            ("SELECT pg_advisory_lock(1) AS f", "pg_advisory_lock"),
            ("SELECT query_to_xml('SELECT 1', true, true, '') AS x", "query_to_xml"),
            ("SELECT table_to_xml('pg_authid', true, true, '') AS x", "table_to_xml"),
            ("SELECT dblink('host=x', 'SELECT 1') AS d", "dblink"),
            ("SELECT pg_terminate_backend(1) AS t", "pg_terminate_backend"),
            ("SELECT nextval('s') AS n", "nextval"),
            ("SELECT rolpassword FROM pg_catalog.pg_authid", "pg_authid"),
            ("SELECT usename FROM pg_user", "pg_user"),
            ("SELECT table_name FROM information_schema.tables", "information_schema"),
            ("SELECT xmin FROM feature_store.users", "xmin"),
            ("SELECT $1 AS parameter", "parameter"),
        ])
    func refused(sql: String, construct: String) async throws {
        let flow = try await SharedFlow.flow
        for path in ["/v1.0/query/train", "/v1.0/query/train?save=true"] {
            let answer = try await flow.service.post(path, ["query": .string(sql)])
            #expect(answer.status == 422, "\(sql): \(answer)")
            #expect(answer.text.lowercased().contains(construct), "\(sql): \(answer)")
            #expect(answer["position"]?["line"]?.int == 1, "\(sql): \(answer)")
            #expect(answer.data.isEmpty)
        }
        #expect(try await flow.service.train("SELECT count(*) > 0 AS there FROM feature_store.users").data == [["there": true]])
    }

    @Test(
        "WITH, VALUES, a leading comment, a trailing semicolon or comment, and % are ordinary SQL",
        arguments: [
            ("WITH a AS (SELECT 1 AS n) SELECT n FROM a", #"{"n":1}"#),
            ("VALUES (1, 'x')", #"{"column1":1,"column2":"x"}"#),
            ("SELECT 1 AS n;", #"{"n":1}"#),
            ("SELECT 1 AS n -- done", #"{"n":1}"#),
            ("SELECT 1 AS n; -- done", #"{"n":1}"#),
            ("/* first */ SELECT 1 AS n", #"{"n":1}"#),
            ("-- first; SELECT 2\nSELECT 1 AS n", #"{"n":1}"#),
            ("SELECT '100 %s' AS n WHERE 'abc' LIKE '%b%' AND 7 % 4 = 3", #"{"n":"100 %s"}"#),
            ("SELECT 'true story about feature_store.users' AS n", #"{"n":"true story about feature_store.users"}"#),
            ("SELECT 'a;b -- c /* d' AS n", #"{"n":"a;b -- c /* d"}"#),
            ("SELECT 'it''s' AS \"Quoted \"\"Name\"", #"{"Quoted \"Name":"it's"}"#),
            ("SELECT E'tab\\t' || U&'\\00e9' || '🙂' AS n", #"{"n":"tab\té🙂"}"#),
            ("SELECT NULL::text AS n, 1.50 AS d, true AS t, DATE '2024-02-29' AS day", #"{"n":null,"d":1.50,"t":true,"day":"2024-02-29"}"#),
        ])
    func ordinary(sql: String, row: String) async throws {
        let answer = try await SharedFlow.service.train(sql)
        #expect(answer.text == #"{"query_id":null,"data":["# + row + "]}", "\(sql)")
    }

    @Test("two output columns of one name are refused with a hint")
    func duplicates() async throws {
        let answer = try await SharedFlow.service.train("SELECT user_id, name AS user_id FROM feature_store.users")
        #expect(answer.status == 422 && answer.code == "duplicate_column" && answer["hint"] != nil, "\(answer)")
    }

    @Test("a syntax error and an unknown column carry PostgreSQL's code and the place in the text")
    func positions() async throws {
        let service = try await SharedFlow.service
        let syntax = try await service.train("SELECT user_id\nFROM feature_store.users\nWHER user_id = 'x'")
        #expect(syntax.status == 422 && syntax["sqlstate"]?.string == "42601", "\(syntax)")
        #expect(syntax["position"]?["line"]?.int == 3)
        let column = try await service.train("SELECT user_id,\n  'é🙂' AS x, nmae FROM feature_store.users")
        #expect(column.status == 422 && column["sqlstate"]?.string == "42703", "\(column)")
        #expect(column["position"]?["line"]?.int == 2 && column["position"]?["column"]?.int == 14, "\(column)")
        let table = try await service.train("SELECT a FROM feature_store.nowhere")
        #expect(table.status == 422 && table.text.contains("nowhere") && table["position"]?["character"]?.int == 15, "\(table)")
    }

    @Test("SQL of 64 KB, 50,000 unions or 5,000 parentheses gets an answer, never a crash")
    func enormous() async throws {
        let service = try await SharedFlow.service
        let pid = service.pid
        let texts = [
            "SELECT '" + String(repeating: "x", count: 65_000) + "' AS n",
            "SELECT 1 AS n" + String(repeating: " UNION ALL SELECT 1", count: 50_000),
            "SELECT " + String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000) + " AS n",
            "SELECT 1" + String(repeating: "+1", count: 30_000) + " AS n",
            "SELECT " + String(repeating: "NOT ", count: 15_000) + "true AS n",
            "SELECT " + String(repeating: "abs(", count: 10_000) + "1" + String(repeating: ")", count: 10_000) + " AS n",
        ]
        for text in texts {
            let answer = try await service.train(text)
            #expect([200, 413, 422].contains(answer.status), "\(text.prefix(40)): \(answer)")
        }
        #expect(try await service.train(texts[0]).status == 200)
        #expect(try await service.send("GET", "/health/live").status == 200 && service.pid == pid)
    }

    @Test("saving succeeds for any permitted SELECT and says whether and why not it is servable")
    func servable() async throws {
        let service = try await SharedFlow.service
        let sql = "SELECT user_id, random() AS r FROM feature_store.users"
        let answer = try await service.answered("/v1.0/query/train?save=true", ["query": .string(sql)])
        #expect(answer["realtime"]?["servable"]?.bool == false, "\(answer)")
        let reason = try #require(answer["realtime"]?["reasons"]?.array?.first)
        #expect(reason["construct"]?.string?.contains("random") == true && reason["hint"]?.string != nil, "\(reason)")
        #expect(reason["position"]?["line"]?.int == 1)
        let required = try await service.post("/v1.0/query/train?save=true&require=realtime", ["query": .string(sql)])
        #expect(required.status == 422 && required.code == "not_servable", "\(required)")
        let id = try #require(answer["query_id"]?.string)
        let served = try await service.lookUp(id, "user_id", "x")
        #expect(served.status == 422 && served.code == "not_servable" && served.text.contains("random"), "\(served)")
    }

    @Test("saving answers, for every output column, whether it is a key")
    func keys() async throws {
        let flow = try await SharedFlow.flow
        let answer = try await flow.service.answered(
            "/v1.0/query/train?save=true", ["query": .string(try Flow.sql()), "entity_key": "user_id"])
        let keys = try #require(answer["keys"]?.array)
        #expect(keys.compactMap { $0["column"]?.string } == flow.rows[0].object?.map(\.key))
        let key = try #require(keys.first)
        #expect(key["column"] == "user_id" && key["local"] == true && key["type"]?.string?.contains("character varying") == true, "\(key)")
        #expect(answer["realtime"]?["servable"] == true)
        let unknown = try await flow.service.post("/v1.0/query/train?save=true", ["query": "SELECT 1 AS one", "entity_key": "two"])
        #expect(unknown.status == 422 && unknown.text.contains("one"), "\(unknown)")
    }
}
