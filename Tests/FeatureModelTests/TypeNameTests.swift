import FeatureModel
import Testing

@Suite struct TypeNameTests {
    @Test(
        "reads the names that PostgreSQL gives its types",
        arguments: [
            ("numeric(12,2)", "numeric(12,2)"), (" Numeric ( 12 , 2 ) ", "numeric(12,2)"), ("decimal(5)", "numeric(5,0)"), ("INT", "integer"),
            ("timestamptz", "timestamp with time zone"), ("timestamp  without time zone", "timestamp without time zone"), ("float", "double precision"),
            ("varchar(5)", "character varying(5)"), ("character varying", "character varying"), ("bool", "boolean"), ("uuid", "uuid"),
        ])
    func known(text: String, expected: String) { #expect(PostgresType(named: text)?.description == expected) }

    @Test(
        "knows no others, and nothing that is more than a name",
        arguments: [
            "", "numeric(", "numeric()", "numeric(0)", "numeric(1001)", "numeric(19,2)", "numeric(3,4)", "numeric(3,-1)", "int[]", "text; DROP TABLE x", "integer) , (1", "json", "my_enum", "int(3)", "text(3)",
            "numeric(1,2,3)", "varchar(0)", "timestamptz(3)", "\"int\"", "intégér",
        ])
    func unknown(text: String) { #expect(PostgresType(named: text) == nil) }
}
