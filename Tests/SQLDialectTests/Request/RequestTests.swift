import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Values that come with the call") struct RequestTests {
    private static let amount = RequestColumn(name: "amount", type: .numeric(precision: 12, scale: 2))
    private static let at = RequestColumn(name: "at", type: PostgresType(.timestamptz))
    private static let relation = RequestRelation([amount, at])
    private static let sql = "SELECT u.user_id, r.amount FROM feature_store.users u, request r"

    private func form(_ sql: String, _ columns: [RequestColumn]?) throws -> [UInt8] {
        try CheckedQuery.check(sql, as: .query, request: columns.map(RequestRelation.init)).canonicalForm()
    }

    @Test("are part of the query's content: names, types and order; a query without them keeps its id")
    func identity() throws {
        let plain = try form(Self.sql, nil)
        #expect(plain == (try CheckedQuery.check(Self.sql, as: .query).canonicalForm()))
        let forms = [
            plain, try form(Self.sql, [Self.amount, Self.at]), try form(Self.sql, [Self.at, Self.amount]), try form(Self.sql, [Self.amount]),
            try form(Self.sql, [RequestColumn(name: "amount", type: PostgresType(.numeric)), Self.at]),
            try form(Self.sql, [RequestColumn(name: "amounts", type: Self.amount.type), Self.at]),
        ]
        #expect(Set(forms).count == forms.count)
        #expect(try form("select U.user_id, R.amount from feature_store.users U, request R -- x", [Self.amount, Self.at]) == forms[1])
    }

    @Test("are no relation of the warehouse, but for one that is named with its schema")
    func relations() throws {
        func names(_ sql: String) throws -> [String] {
            try CheckedQuery.check(sql, as: .query, request: Self.relation).relations.map { ($0.schema.map { $0 + "." } ?? "") + $0.name }
        }
        #expect(try names("SELECT * FROM request, a WHERE x > (SELECT amount FROM request)") == ["a"])
        #expect(try names("SELECT * FROM public.request, request") == ["public.request"])
        #expect(try CheckedQuery.check("SELECT * FROM request", as: .query).relations.map(\.name) == ["request"])
    }

    @Test("leave the text as it stands, and errors in their places")
    func text() throws {
        let sql = "SELECT amount,\n  nope FROM request"
        let typed = Self.relation.typed(sql)
        #expect(typed.contains("\n" + sql + "\n"))
        let place = try #require(typed.utf8.firstRange(of: Array("nope".utf8))?.lowerBound)
        let outer = SourcePosition(utf8Offset: typed.utf8.distance(from: typed.utf8.startIndex, to: place), in: typed)
        #expect(Self.relation.position(in: sql, of: outer) == SourcePosition(utf8Offset: 17, in: sql))
        #expect(Self.relation.position(in: sql, of: SourcePosition(line: 1, column: 3, character: 3)) == nil)
        #expect(Self.relation.filled("x", ["it's", nil]).contains("CAST('it''s' AS numeric(12,2)) AS \"amount\", CAST(NULL AS timestamp with time zone) AS \"at\""))
    }

    private func compile(_ body: String, _ output: [(name: String, type: PostgresType)], key: [String]) throws -> RealtimeStatement {
        let canonical = """
             WITH request AS (
                     SELECT NULL::numeric(12,2) AS amount,
                        NULL::timestamp with time zone AS at
                    )
             SELECT \(output.map { "query.\($0.name)" }.joined(separator: ", "))
               FROM ( \(body)) query;
            """
        let compiler = try ServingCompiler(
            ServingInput(
                canonicalSQL: canonical, views: [:], tables: Canonical.tables, output: output, hasBinaryCollation: true, timeZone: "UTC", request: Self.relation,
                checksTies: true))
        guard case .statement(let statement) = compiler.compile(key: key) else {
            Issue.record("\(compiler.compile(key: key))")
            throw SQLDialectError(.notServable, "refused")
        }
        return statement
    }

    @Test("become parameters behind the key's and the clock's, and the wrapper is gone")
    func parameters() throws {
        let statement = try compile(
            "SELECT u.user_id, r.amount FROM feature_store.users u, request r WHERE r.at > now() ORDER BY u.user_id LIMIT 3",
            [("user_id", Canonical.varchar36), ("amount", Self.amount.type)], key: ["user_id"])
        #expect(statement.clockParameter == 2 && statement.firstRequestParameter == 3)
        #expect(statement.requestParameters.map(\.column) == ["amount", "at"] && statement.requestParameters.map(\.encoding) == [.scaled(2), .microseconds])
        #expect(statement.sql.contains("?1") && statement.sql.contains("?2") && statement.sql.contains("?3") && statement.sql.contains("?4"), "\(statement.sql)")
        #expect(!statement.sql.contains("WITH") && statement.tables == [TableName(schema: "feature_store", name: "users")])
    }

    @Test("need no key; what is reached through them is sought by index, and shared with other keys")
    func reach() throws {
        let plain = try compile(
            "SELECT u.user_id, r.amount FROM feature_store.users u, request r", [("user_id", Canonical.varchar36), ("amount", Self.amount.type)], key: ["user_id"])
        #expect(plain.reach.unreached.isEmpty && plain.reach.shared.isEmpty, "\(plain.reach)")
        let joined = try compile(
            "SELECT u.user_id, q.quote_id FROM feature_store.users u, request r LEFT JOIN feature_store.quotes q ON q.creation_date = r.amount",
            [("user_id", Canonical.varchar36), ("quote_id", Canonical.varchar36)], key: ["user_id"])
        let quotes = TableName(schema: "feature_store", name: "quotes")
        #expect(joined.reach.unreached.isEmpty && joined.reach.shared == [quotes], "\(joined.reach)")
        #expect(joined.wantedIndexes.contains { $0.table == quotes && $0.columns == ["creation_date"] }, "\(joined.wantedIndexes)")
        #expect(joined.keyedTables.map(\.table) == [TableName(schema: "feature_store", name: "users")])
    }
}
