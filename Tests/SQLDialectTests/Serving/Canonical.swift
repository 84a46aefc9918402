import FeatureModel

@testable import SQLDialect

/// Compiles canonical texts, as `pg_get_viewdef` of PostgreSQL 15 wrote them, over the tables of the flow and one table of all types.
enum Canonical {
    static let schema = "feature_store"

    private static func column(_ name: String, _ type: PostgresType, _ isNullable: Bool = true) -> TableDefinition.Column {
        TableDefinition.Column(name: name, type: type, isNullable: isNullable)
    }

    static let varchar36 = PostgresType(.varchar, modifier: 40)

    static let tables: [TableDefinition] = [
        TableDefinition(
            name: TableName(schema: schema, name: "users"), kind: .table,
            columns: [
                column("user_id", varchar36, false), column("name", PostgresType(.varchar, modifier: 204)), column("address", PostgresType(.text)),
                column("creation_date", PostgresType(.numeric)),
            ], primaryKey: ["user_id"]),
        TableDefinition(
            name: TableName(schema: schema, name: "quotes"), kind: .table,
            columns: [
                column("quote_id", varchar36, false), column("user_id", varchar36), column("creation_date", PostgresType(.numeric)),
                column("binding_date", PostgresType(.numeric)), column("quote_type", PostgresType(.varchar)), column("is_binded", PostgresType(.bool)),
                column("is_paid", PostgresType(.bool)),
            ], primaryKey: ["quote_id"], indexes: [["user_id"]]),
        TableDefinition(
            name: TableName(schema: "public", name: "k"), kind: .table,
            columns: [
                column("id", PostgresType(.int4), false), column("i8", PostgresType(.int8)), column("n", PostgresType(.numeric)),
                column("m", .numeric(precision: 10, scale: 2)), column("f", PostgresType(.float8)), column("t", PostgresType(.text)),
                column("d", PostgresType(.date)), column("ts", PostgresType(.timestamp)), column("tz", PostgresType(.timestamptz)),
                column("iv", PostgresType(.interval)), column("b", PostgresType(.bool)), column("jb", PostgresType(.jsonb)),
                column("c", PostgresType(.bpchar, modifier: 8)), column("z", PostgresType(.timetz)),
            ], primaryKey: ["id"]),
    ]

    static func compiler(
        _ sql: String, _ output: [(name: String, type: PostgresType)], binary: Bool = true, views: [TableName: String] = [:], zone: String = "UTC",
        checksTies: Bool = false
    ) throws -> ServingCompiler {
        try ServingCompiler(
            ServingInput(
                canonicalSQL: sql, views: views, tables: tables, output: output, hasBinaryCollation: binary, timeZone: zone, checksTies: checksTies))
    }

    /// The whole query's SQL, or that for a key; the obstacles' constructs if there are any.
    static func compile(
        _ sql: String, _ output: [(name: String, type: PostgresType)], key: [String] = [], binary: Bool = true, views: [TableName: String] = [:],
        zone: String = "UTC"
    ) throws -> (sql: String?, obstacles: [String], statement: RealtimeStatement?) {
        switch try compiler(sql, output, binary: binary, views: views, zone: zone).compile(key: key) {
        case .statement(let statement): (statement.sql, [], statement)
        case .obstacles(let obstacles): (nil, obstacles.map(\.construct), nil)
        }
    }

    /// One expression over `public.k`: what it becomes, or the obstacles in brackets.
    static func expression(_ text: String, _ type: PostgresType, binary: Bool = true, zone: String = "UTC") throws -> String {
        let result = try compile("SELECT \(text) AS x FROM public.k", [("x", type)], binary: binary, zone: zone)
        guard let sql = result.sql else { return "[" + result.obstacles.joined(separator: "; ") + "]" }
        return String(sql.dropFirst("SELECT ".count).dropLast(" AS \"x\" FROM \"public.k\" AS t1".count))
    }
}
