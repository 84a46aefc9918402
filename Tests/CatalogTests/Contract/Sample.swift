import Catalog
import FeatureModel
import Foundation

/// Records for tests, with what is awkward to store in them.
enum Sample {
    static let project = ObjectName("staging")!
    static let other = ObjectName("production")!
    /// Text that breaks careless quoting: every kind of quote, extended JSON, a NUL, a line separator, a character beyond the basic plane.
    static let awkward = "it's \"so\" \\ `x` {\"$oid\": \"1\"} $set.a\u{0}b\u{2028}\t\r\n\u{1F600} é e\u{301}"

    static func name(_ text: String) -> ObjectName { ObjectName(text)! }

    static func queryID(_ number: Int) -> QueryID { QueryID(hex(number))! }
    static func etlID(_ number: Int) -> ETLID { ETLID(hex(number))! }
    private static func hex(_ number: Int) -> String { "abcdef" + String(repeating: "0", count: 18 - String(number).count) + String(number) }

    static func date(_ milliseconds: Int) -> Date { Timestamp.date(milliseconds: 1_767_225_600_000 + Int64(milliseconds)) }

    static func query(_ number: Int, sql: String = "SELECT 1", digest: String = "d", at milliseconds: Int = 0) -> QueryContent {
        QueryContent(id: queryID(number), sql: sql, canonicalDigest: digest, createdAt: date(milliseconds), createdBy: "ada")
    }

    static func etl(_ number: Int, source: String = "SELECT * FROM input", at milliseconds: Int = 0) -> ETLContent {
        ETLContent(
            id: etlID(number), language: .sql, source: source, origin: "request", canonicalDigest: "d", createdAt: date(milliseconds),
            createdBy: "ada")
    }

    static func draft(_ name: String, query: Int, etl: Int? = nil, project: ObjectName = project) -> NameDraft {
        NameDraft(project: project, name: self.name(name), queryID: queryID(query), etlID: etl.map(etlID), owner: "ada")
    }

    static let schema = Schema([
        Schema.Field(name: awkward, type: .numeric(precision: 10, scale: 2), isNullable: false),
        Schema.Field(name: "$date", type: PostgresType(.text, isArray: true)),
        Schema.Field(name: "mood", type: PostgresType(otherNamed: "public.mood")),
    ])

    static func binding(
        query: Int, etl: Int? = nil, project: ObjectName = project, sql: String? = awkward, digest: String = "e3b0", isServable: Bool = false
    ) -> Binding {
        let users = TableName(schema: "feature_store", name: "users")
        return Binding(
            queryID: queryID(query), etlID: etl.map(etlID), project: project, definitionsDigest: digest, schema: schema, canonicalSQL: sql,
            tables: [
                TableDefinition(
                    name: TableName(schema: "feature_store", name: awkward), kind: .table,
                    columns: [TableDefinition.Column(name: "id", type: PostgresType(.varchar, modifier: 40), isNullable: false, collation: "sv_SE")],
                    primaryKey: ["id"], uniqueKeys: [["a", "b"], []],
                    foreignKeys: [TableDefinition.ForeignKey(columns: ["user_id"], references: users, referencedColumns: ["user_id"])],
                    indexes: [["a"]], viewSQL: awkward, hasRowSecurity: true, estimatedRows: 5_000_000_000)
            ],
            isServable: isServable,
            obstacles: [Obstacle(construct: "random()", position: SourcePosition(line: 1, column: 8, character: 8), hint: awkward)],
            keys: [["user_id"], ["a", "b"]], keyColumns: schema, hasBinaryCollation: false, timeZone: "Europe/Berlin",
            options: ServingOptions(allowsScan: true, isCached: true),
            report: ServingReport(
                columns: [.init(column: awkward, type: "text", isLocal: false, reason: awkward), .init(column: "a", type: "integer", isLocal: true, reason: nil)],
                lookups: [.init(key: ["a", "b"], plan: ["SEARCH t1", awkward], scans: [.init(table: users, rows: 5_000_000_000), .init(table: users, rows: nil)], estimatedRows: nil)],
                warehousePlan: [awkward], suggestedIndexes: ["CREATE INDEX ON \"a\".\"b\" (\"c\")"]),
            updatedAt: date(123), certificate: certificate)
    }

    static let certificate = CertificateRecord(
        verdict: .different, seed: 7,
        basis: .init(
            version: 1, statementsDigest: "aa", definitionsDigest: "e3b0", serverVersion: 150_018, collation: "C", characterType: "C.UTF-8",
            timeZone: "UTC"),
        keys: [["user_id"], ["a", "b"]], compared: 3, rows: 40, bothFailed: 1, declined: 0, oneFailed: 2, reason: nil,
        example: .init(
            scenario: "edges of users.name", key: awkward, difference: awkward,
            tables: [.init(name: "feature_store.users", columns: [awkward, "b"], rows: [[awkward, nil], [nil, ""]])], postgres: [awkward], realtime: []),
        milliseconds: 230, at: date(125))

    static func baseline(rows: Int = 10) -> BaselineDraft {
        BaselineDraft(
            schema: schema, inputSchema: Schema([]), rowCount: rows, runtime: "python 3.11.2, pandas 1.5.3", createdAt: date(rows), createdBy: awkward
        )
    }

    static func event(_ number: Int, query: Int = 1, project: ObjectName = project) -> SkewEvent {
        SkewEvent(
            project: project, queryID: queryID(query), etlID: number.isMultiple(of: 2) ? nil : etlID(7), baseline: number,
            differences: [SkewEvent.Difference(column: awkward, kind: "retyped", saved: "int", served: nil)], outcome: "refused", principal: "ada",
            at: date(number))
    }
}
