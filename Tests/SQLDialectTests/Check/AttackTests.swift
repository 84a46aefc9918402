import FeatureModel
import SQLDialect
import Testing

/// Texts that must not pass, with the character at which each is refused.
@Suite struct AttackTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        let sql: String
        let code: SQLDialectError.Code
        /// 1-based.
        let character: Int

        /// - Parameter marked: the text with `»` before the place that the refusal must name.
        init(_ code: SQLDialectError.Code, _ marked: String) {
            sql = marked.replacing("»", with: "")
            self.code = code
            character = marked.unicodeScalars.prefix { $0 != "»" }.count + 1
        }

        var testDescription: String { sql }
    }

    private func expectRefusal(_ attack: Attack) throws {
        let error = try #require(throws: SQLDialectError.self) { try CheckedQuery.check(attack.sql, as: .query) }
        #expect(error.kind == attack.code, "\(error)")
        #expect(error.position?.character == attack.character, "\(error) at \(error.position?.character ?? 0)")
        #expect(error.fault == .refused)
        #expect(error.kind == .syntax || error.hint != nil)
    }

    static let statements = [
        "INSERT INTO t VALUES (1)", "UPDATE t SET a = 1", "DELETE FROM t", "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", "TRUNCATE t",
        "CREATE TABLE t (a int)", "CREATE TABLE t AS SELECT 1", "CREATE TEMP VIEW v AS SELECT 1", "CREATE FUNCTION f() RETURNS int AS 'SELECT 1' LANGUAGE sql",
        "CREATE EXTENSION dblink", "ALTER TABLE t ADD b int", "DROP TABLE t", "COPY t TO '/tmp/x'", "COPY (SELECT 1) TO PROGRAM 'id'", "COPY t FROM PROGRAM 'id'",
        "DO $$ BEGIN PERFORM 1; END $$", "CALL p()", "SET role postgres", "SET LOCAL transaction_read_only = off", "RESET ALL", "SHOW ALL", "LISTEN c", "NOTIFY c",
        "UNLISTEN *", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "PREPARE p AS SELECT 1", "EXECUTE p", "DEALLOCATE p", "DECLARE c CURSOR FOR SELECT 1",
        "FETCH 1 FROM c", "MOVE 1 FROM c", "CLOSE c", "EXPLAIN SELECT 1", "EXPLAIN ANALYZE DELETE FROM t", "VACUUM", "ANALYZE", "CLUSTER", "REINDEX TABLE t", "CHECKPOINT",
        "LOAD 'x'", "LOCK TABLE t", "GRANT ALL ON t TO u", "REVOKE ALL ON t FROM u", "CREATE ROLE r", "ALTER SYSTEM SET x = 1", "CREATE DATABASE d",
        "DROP DATABASE d", "DISCARD ALL", "REFRESH MATERIALIZED VIEW v", "COMMENT ON TABLE t IS 'x'", "SECURITY LABEL ON TABLE t IS 'x'", "IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y",
        "CREATE PUBLICATION p", "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "REASSIGN OWNED BY a TO b", "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
        "WITH x AS (SELECT 1) DELETE FROM t", "SET CONSTRAINTS ALL DEFERRED",
    ]

    @Test("refuses every statement that is no SELECT, where it begins", arguments: statements)
    func noSelect(sql: String) throws {
        try expectRefusal(Attack(.statementNotPermitted, "»" + sql))
        try expectRefusal(Attack(.statementNotPermitted, "/* a /* nested */ comment */ -- and\n  »" + sql + ";"))
        try expectRefusal(Attack(.severalStatements, "SELECT 1; »" + sql))
    }

    static let hidden: [Attack] = [
        Attack(.severalStatements, "SELECT 1;»SELECT 2"), Attack(.severalStatements, "SELECT ';' ; -- ;\n »SELECT 2;"),
        Attack(.severalStatements, "SELECT $$;$$; /*;*/ »DROP TABLE t"),
        Attack(.noStatement, "»"), Attack(.noStatement, "» -- nothing"), Attack(.noStatement, "»;;"),
        Attack(.statementNotPermitted, "SELECT 1 »INTO t"), Attack(.statementNotPermitted, "SELECT a »INTO TEMP t FROM u"),
        Attack(.statementNotPermitted, "SELECT 'for update' FROM t »FOR UPDATE"), Attack(.statementNotPermitted, "SELECT * FROM t »FOR SHARE OF t NOWAIT"),
        Attack(.statementNotPermitted, "SELECT * FROM t »FOR NO KEY UPDATE"), Attack(.statementNotPermitted, "SELECT * FROM t »for /* x */ key SHARE"),
        Attack(.statementNotPermitted, "SELECT * FROM (SELECT * FROM t »FOR UPDATE SKIP LOCKED) x"),
        Attack(.statementNotPermitted, "WITH »x AS (DELETE FROM t RETURNING *) SELECT * FROM x"),
        Attack(.statementNotPermitted, "WITH »x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x"),
        Attack(.statementNotPermitted, "WITH »x AS (UPDATE t SET a = 1 RETURNING *) SELECT 1"),
        Attack(.statementNotPermitted, "SELECT * FROM (WITH a AS (SELECT 1), »b AS (DELETE FROM t) SELECT 1) x"),
        Attack(.statementNotPermitted, "VALUES (»DEFAULT)"),
        Attack(.parameterNotPermitted, "SELECT * FROM t WHERE a = »$1"), Attack(.syntax, "SELECT 1 WHER »x = 1"),
    ]

    @Test("refuses what hides within a SELECT", arguments: hidden)
    func hiddenStatements(attack: Attack) throws { try expectRefusal(attack) }

    static let functions: [Attack] = [
        "SELECT »pg_sleep(10)", "SELECT »PG_SLEEP(10)", "SELECT »\"pg_sleep\"(10)", "SELECT »pg_catalog.pg_sleep(10)", "SELECT »\"pg_catalog\".\"pg_sleep\"(10)",
        "SELECT »U&\"pg\\005fsleep\"(10)", "SELECT »U&\"pg!005fsleep\" UESCAPE '!' (10)", "SELECT »pg_sleep /* ( */ (10)", "SELECT »public.pg_sleep(10)",
        "SELECT 'é', »pg_sleep(10)", "SELECT 1 ORDER BY »pg_sleep(10)", "SELECT 1 LIMIT »nextval('s')", "SELECT 1 OFFSET »nextval('s')",
        "SELECT 1 FETCH FIRST (»nextval('s')) ROWS ONLY", "SELECT sum(a) FILTER (WHERE »lo_unlink(1) = 1) FROM t", "SELECT sum(a) OVER (ORDER BY »pg_sleep(1)) FROM t",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY »pg_sleep(1))", "SELECT sum(a) OVER (ROWS »nextval('s') PRECEDING) FROM t",
        "SELECT * FROM »pg_sleep(10)", "SELECT * FROM t, LATERAL »dblink('x', 'y') AS d(a int)", "SELECT * FROM ROWS FROM (generate_series(1, 2), »pg_ls_dir('.'))",
        "VALUES (»lo_create(0))", "SELECT * FROM t JOIN u ON »pg_sleep(1) IS NULL", "SELECT * FROM t GROUP BY »pg_sleep(1)", "SELECT 1 HAVING »pg_sleep(1) IS NULL",
        "SELECT DISTINCT ON (»pg_sleep(1)) 1", "SELECT CASE WHEN »pg_sleep(1) IS NULL THEN 1 END", "SELECT ARRAY[»pg_sleep(1)]", "SELECT a[»nextval('s')] FROM t",
        "SELECT coalesce(»nextval('s'), 1)", "SELECT (»nextval('s'))::int", "WITH x AS (SELECT »pg_sleep(1)) SELECT 1", "SELECT 1 UNION SELECT »nextval('s')",
        "SELECT EXISTS (SELECT »pg_sleep(1))", "SELECT string_agg(a, b ORDER BY »pg_sleep(1)) FROM t", "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY »nextval('s'))",
        "SELECT * FROM t TABLESAMPLE system (»nextval('s'))", "SELECT * FROM t TABLESAMPLE system (1) REPEATABLE (»nextval('s'))", "SELECT abs(n => »nextval('s'))",
        "SELECT »lo_import('/etc/passwd')", "SELECT »lo_export(1, '/tmp/x')", "SELECT »lo_get(1)", "SELECT »lo_from_bytea(0, 'x')", "SELECT »dblink_connect('x')",
        "SELECT »pg_read_file('/etc/passwd')", "SELECT »pg_stat_file('x')", "SELECT »pg_terminate_backend(1)", "SELECT »pg_cancel_backend(1)", "SELECT »pg_reload_conf()",
        "SELECT »pg_notify('c', 'x')", "SELECT »pg_advisory_lock(1)", "SELECT »pg_advisory_xact_lock(1)", "SELECT »pg_try_advisory_lock(1)", "SELECT »set_config('a', 'b', false)",
        "SELECT »current_setting('data_directory')", "SELECT »pg_show_all_settings()", "SELECT »setval('s', 1)", "SELECT »currval('s')", "SELECT »lastval()",
        "SELECT »query_to_xml('DELETE FROM t', true, true, '')", "SELECT »table_to_xml('t', true, true, '')", "SELECT »database_to_xml(true, true, '')",
        "SELECT »schema_to_xml('s', true, true, '')", "SELECT »cursor_to_xml('c', 1, true, true, '')", "SELECT »query_to_xml_and_xmlschema('x', true, true, '')",
        "SELECT »ts_stat('DELETE FROM t')", "SELECT »ts_rewrite('a', 'SELECT 1')", "SELECT »txid_current()", "SELECT »pg_current_xact_id()", "SELECT »inet_server_addr()",
        "SELECT »has_table_privilege('t', 'x')", "SELECT »version()", "SELECT »current_database()", "SELECT »current_user", "SELECT »session_user", "SELECT »current_catalog",
        "SELECT »current_schema", "SELECT »current_schemas(true)", "SELECT »user", "SELECT »current_role", "SELECT »setseed(0.5)", "SELECT »pg_get_viewdef('v')",
        "SELECT »pg_relation_size('t')", "SELECT »to_regclass('t')", "SELECT »obj_description(1, 'x')", "SELECT »pg_export_snapshot()", "SELECT »pg_switch_wal()",
        "SELECT »pg_logical_emit_message(true, 'a', 'b')", "SELECT »pg_replication_origin_create('x')", "SELECT »gin_clean_pending_list('i')", "SELECT »my_function(1)",
        "SELECT »int4pl(1, 2)", "SELECT »xpath('x', y)", "SELECT »xmlagg(a) FROM t", "SELECT 1 »OPERATOR(public.+) 2", "SELECT »a.b.abs(1)",
        "SELECT * FROM t TABLESAMPLE »evil(1)", "SELECT »xmlelement(name a)", "SELECT »xmlserialize(content a AS text)", "SELECT * FROM t WHERE a »OPERATOR(x.=) ANY (SELECT 1)",
    ].map { sql in Attack(.functionNotPermitted, sql) }

    @Test("refuses functions that are on no list, wherever they stand and however they are written", arguments: functions)
    func calls(attack: Attack) throws { try expectRefusal(attack) }

    static let dots: [Attack] = [
        Attack(.functionNotPermitted, "SELECT (»0.1::float8).pg_sleep"), Attack(.functionNotPermitted, "SELECT (»5).pg_sleep"),
        Attack(.functionNotPermitted, "SELECT (»'s'::text).nextval"), Attack(.functionNotPermitted, "SELECT (»'x'::text).dblink"),
        Attack(.functionNotPermitted, "SELECT (»'x'::text).\"lo_import\""), Attack(.functionNotPermitted, "SELECT (»a[1]).pg_read_file FROM t"),
        Attack(.functionNotPermitted, "SELECT »g.pg_sleep FROM generate_series(1, 2) AS g"), Attack(.functionNotPermitted, "SELECT »g.dblink FROM unnest(ARRAY['x']) AS g"),
        Attack(.functionNotPermitted, "SELECT »generate_series.my_function FROM generate_series(1, 2)"), Attack(.functionNotPermitted, "SELECT »t.pg_sleep FROM t"),
        Attack(.functionNotPermitted, "SELECT (SELECT »g.my_function) FROM t JOIN unnest(ARRAY[1]) g ON true"),
    ]

    @Test("refuses functions that are called through a dot", arguments: dots)
    func attributeNotation(attack: Attack) throws { try expectRefusal(attack) }

    static let names: [Attack] = [
        Attack(.relationNotPermitted, "SELECT * FROM »pg_class"), Attack(.relationNotPermitted, "SELECT * FROM »\"pg_authid\""),
        Attack(.relationNotPermitted, "SELECT * FROM »pg_catalog.pg_shadow"), Attack(.relationNotPermitted, "SELECT * FROM »information_schema.tables"),
        Attack(.relationNotPermitted, "TABLE »pg_stat_activity"), Attack(.relationNotPermitted, "SELECT * FROM »pg_toast.pg_toast_1"),
        Attack(.relationNotPermitted, "SELECT * FROM »pg_temp.t"), Attack(.relationNotPermitted, "SELECT * FROM »db.public.t"),
        Attack(.relationNotPermitted, "SELECT (SELECT count(*) FROM »pg_roles)"), Attack(.relationNotPermitted, "SELECT * FROM t WHERE a IN (SELECT oid FROM »pg_proc)"),
        Attack(.relationNotPermitted, "SELECT * FROM (WITH pg_class AS (SELECT 1) SELECT 1) x, »pg_class"),
        Attack(.relationNotPermitted, "WITH pg_class AS (SELECT * FROM »pg_class) SELECT * FROM pg_class"),
        Attack(.columnNotPermitted, "SELECT »ctid FROM t"), Attack(.columnNotPermitted, "SELECT »t.xmin FROM t"), Attack(.columnNotPermitted, "SELECT 1 FROM t WHERE »\"tableoid\" = 1"),
        Attack(.columnNotPermitted, "SELECT (»t).cmax FROM t"),
        Attack(.typeNotPermitted, "SELECT 'pg_class'::»regclass"), Attack(.typeNotPermitted, "SELECT CAST('x' AS »pg_catalog.regproc)"),
        Attack(.typeNotPermitted, "SELECT »regclass 'pg_class'"), Attack(.typeNotPermitted, "SELECT 1::»oid"), Attack(.typeNotPermitted, "SELECT NULL::»pg_class"),
        Attack(.typeNotPermitted, "SELECT NULL::»_regclass"), Attack(.typeNotPermitted, "SELECT NULL::»regtype[]"), Attack(.typeNotPermitted, "SELECT '<a/>'::»xml"),
        Attack(.typeNotPermitted, "SELECT 'c'::»refcursor"), Attack(.typeNotPermitted, "SELECT * FROM json_to_record('{}') AS x(a »regrole)"),
        Attack(.typeNotPermitted, "SELECT NULL::»information_schema.sql_identifier"),
    ]

    @Test("refuses system relations, columns and types", arguments: names)
    func systemNames(attack: Attack) throws { try expectRefusal(attack) }

    @Test("says the nearest permitted function", arguments: [("substrng", "substring"), ("date_trnc", "date_trunc"), ("LENGHT", "length"), ("row_numbr", "row_number")])
    func nearest(written: String, meant: String) throws {
        let error = try #require(throws: SQLDialectError.self) { try CheckedQuery.check("SELECT \(written)(a) FROM t", as: .query) }
        #expect(error.hint == "did you mean \(meant)?")
        #expect(error.message == "function \(written.lowercased()) is not permitted")
    }
}
