import SQLDialect
import Testing

/// The second lock: functions as PostgreSQL resolved them.
@Suite struct SignatureTests {
    private func permits(_ name: String, _ arguments: [String] = [], volatile: Bool = false) -> Bool { permits("pg_catalog", name, arguments, volatile: volatile) }

    private func permits(_ schema: String, _ name: String, _ arguments: [String] = [], volatile: Bool = false, extra: [String] = []) -> Bool {
        FunctionPolicy(extra: extra).permits(schema: schema, name: name, arguments: arguments, isVolatile: volatile)
    }

    @Test("permits built-in functions over values, and those behind operators and casts")
    func permitted() {
        #expect(permits("lower", ["text"]))
        #expect(permits("int4pl", ["integer", "integer"]))
        #expect(permits("numeric_add", ["numeric", "numeric"]))
        #expect(permits("texteq", ["text", "text"]))
        #expect(permits("timestamptz_pl_interval", ["timestamp with time zone", "interval"]))
        #expect(permits("date", ["timestamp with time zone"]))
        #expect(permits("array_agg", ["anynonarray"]))
        #expect(permits("json_build_object", ["\"any\""]))
        #expect(permits("unnest", ["anyarray"]))
        #expect(permits("array_to_string", ["text[]", "text"]))
        #expect(permits("count"))
        #expect(permits("random", volatile: true))
    }

    @Test("refuses what is on no list, what is volatile, and what takes more than values")
    func refused() {
        #expect(!permits("pg_sleep", ["double precision"], volatile: true))
        #expect(!permits("current_setting", ["text"]))
        #expect(!permits("query_to_xml", ["text", "boolean", "boolean", "text"], volatile: true))
        #expect(!permits("table_to_xml", ["regclass", "boolean", "boolean", "text"]))
        #expect(!permits("regclass", ["text"]))
        #expect(!permits("text", ["xml"]))
        #expect(!permits("age", ["xid"]))
        #expect(!permits("lower", ["text"], volatile: true))
        #expect(!permits("int8", ["oid"]))
        #expect(!permits("xmlconcat2", ["xml", "xml"]))
        #expect(!permits("lo_create", ["oid"], volatile: true))
    }

    @Test("permits functions of other schemas only where the platform lists them")
    func otherSchemas() {
        #expect(!permits("public", "lower", ["text"]))
        #expect(!permits("public", "dblink", ["text", "text"], volatile: true))
        #expect(permits("public", "dist", ["point"], volatile: true, extra: ["dist"]))
        #expect(permits("geo", "dist", ["integer"], extra: ["geo.dist"]))
        #expect(!permits("evil", "dist", ["integer"], extra: ["geo.dist"]))
        #expect(!permits("pg_catalog", "pg_sleep", ["double precision"], volatile: true, extra: ["pg_sleep", "pg_catalog.pg_sleep"]))
        #expect(!permits("pg_temp_3", "dist", [], extra: ["dist"]))
    }
}
