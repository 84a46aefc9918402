import FeatureModel
import Testing

@testable import SQLDialect

@Suite("A SQL ETL's rows of one key, among all rows and alone")
struct KeySeparationTests {
    /// A query whose rows are those of `quotes`, and an ETL behind it; `key` names columns of the query.
    private func obstacle(_ etl: String, columns: [(String, PostgresType)], key: [String] = ["user_id"]) throws -> String? {
        let sql = """
             WITH input AS (
                     SELECT q.quote_id, q.user_id, q.creation_date, q.quote_type, q.is_paid
                       FROM feature_store.quotes q
                    )
             SELECT \(columns.map { "output.\($0.0)" }.joined(separator: ", "))
               FROM ( \(etl)) output
            """
        switch try Canonical.compiler(sql, columns.map { (name: $0.0, type: $0.1) }).compile(key: key, in: "input") {
        case .statement: return nil
        case .obstacles(let obstacles): return obstacles.map(\.construct).joined(separator: "; ")
        }
    }

    private static let user = ("user_id", Canonical.varchar36), n = ("n", PostgresType(.int8)), type = ("quote_type", PostgresType(.varchar))

    @Test(
        "are the same where every step keeps to one key",
        arguments: [
            "SELECT i.user_id, i.creation_date::bigint AS n FROM input i WHERE i.is_paid",
            "SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id",
            "SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id, i.quote_type",
            "SELECT i.user_id, count(*) OVER (PARTITION BY i.user_id) AS n FROM input i",
            "SELECT x.user_id, x.n FROM ( SELECT i.user_id, row_number() OVER (PARTITION BY i.user_id ORDER BY i.creation_date, i.quote_id) AS n FROM input i) x WHERE x.n = 1",
            "SELECT DISTINCT ON (i.user_id) i.user_id, i.creation_date::bigint AS n FROM input i ORDER BY i.user_id, i.creation_date, i.quote_id",
            "SELECT i.user_id, (SELECT count(*) AS count FROM input j WHERE j.user_id = i.user_id) AS n FROM input i",
            "SELECT a.user_id, b.n FROM (input a JOIN ( SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id) b ON (b.user_id = a.user_id))",
            "SELECT a.user_id, b.n FROM (input a LEFT JOIN ( SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id) b ON (b.user_id = a.user_id))",
            "WITH g AS ( SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id) SELECT a.user_id, (a.n + b.n) AS n FROM (g a JOIN g b ON (b.user_id = a.user_id))",
            "SELECT i.user_id, 1::bigint AS n FROM input i UNION ALL SELECT j.user_id, 2::bigint AS n FROM input j WHERE j.is_paid",
            "SELECT i.user_id, 1::bigint AS n FROM input i EXCEPT SELECT j.user_id, 1::bigint AS n FROM input j WHERE j.is_paid",
            "SELECT i.user_id, v.n FROM (input i CROSS JOIN ( VALUES (1::bigint), (2::bigint)) v(n))",
            "SELECT i.user_id, 1::bigint AS n FROM input i WHERE EXISTS ( SELECT 1 FROM input j WHERE j.user_id = i.user_id AND j.is_paid)",
        ])
    func separate(_ etl: String) throws {
        #expect(try obstacle(etl, columns: [Self.user, Self.n]) == nil)
    }

    @Test("are the same without the key among the ETL's columns")
    func hidden() throws {
        #expect(try obstacle("SELECT upper(x.t)::character varying AS quote_type FROM ( SELECT i.quote_type AS t FROM input i) x", columns: [Self.type]) == nil)
        #expect(try obstacle("SELECT x.n FROM ( SELECT count(*) AS n FROM input i GROUP BY i.user_id) x", columns: [Self.n]) == nil)
        #expect(try obstacle("SELECT DISTINCT i.quote_type FROM input i", columns: [Self.type]) == nil)
    }

    @Test("are the same where what is grouped by has the key follow from it")
    func determined() throws {
        #expect(try obstacle("SELECT i.quote_id AS user_id, count(*) AS n FROM input i GROUP BY i.quote_id", columns: [Self.user, Self.n]) == nil)
    }

    @Test(
        "differ where a step looks at the rows of several",
        arguments: [
            ("SELECT i.user_id, count(*) OVER () AS n FROM input i", "PARTITION BY"),
            ("SELECT i.user_id, rank() OVER (ORDER BY i.creation_date) AS n FROM input i", "PARTITION BY"),
            ("SELECT i.user_id, rank() OVER (PARTITION BY i.quote_type ORDER BY i.creation_date) AS n FROM input i", "PARTITION BY"),
            ("SELECT i.user_id, i.creation_date::bigint AS n FROM input i ORDER BY i.creation_date, i.quote_id LIMIT 1", "LIMIT"),
            ("SELECT max(i.user_id::text)::character varying(36) AS user_id, count(*) AS n FROM input i", "GROUP BY"),
            ("SELECT max(i.user_id::text)::character varying(36) AS user_id, count(*) AS n FROM input i GROUP BY i.quote_type", "no grouping key"),
            ("SELECT DISTINCT ON (i.quote_type) i.user_id, i.creation_date::bigint AS n FROM input i ORDER BY i.quote_type, i.creation_date, i.quote_id", "DISTINCT ON"),
            ("SELECT i.user_id, (SELECT count(*) AS count FROM input j) AS n FROM input i", "no equality"),
            ("SELECT i.user_id, (SELECT count(*) AS count FROM input j WHERE j.quote_type::text = i.quote_type::text) AS n FROM input i", "no equality"),
            ("SELECT a.user_id, b.creation_date::bigint AS n FROM (input a JOIN input b ON (b.quote_type::text = a.quote_type::text))", "no equality"),
            // The key's value, in another column of the input.
            ("SELECT a.user_id, b.creation_date::bigint AS n FROM (input a JOIN input b ON (b.quote_id = a.user_id))", "no equality"),
            ("SELECT i.user_id, v.n FROM (( VALUES (1::bigint), (2::bigint)) v(n) LEFT JOIN input i ON (i.is_paid))", "belong to no key"),
            ("SELECT i.user_id, 1::bigint AS n FROM input i UNION ALL SELECT NULL::character varying(36) AS user_id, 0::bigint AS n", "belong to no key"),
            ("SELECT i.user_id, 1::bigint AS n FROM input i WHERE NOT (EXISTS ( SELECT 1 FROM input j WHERE j.creation_date > i.creation_date))", "no equality"),
            ("SELECT v.user_id, ( SELECT count(*) AS count FROM input i) AS n FROM ( VALUES ('a'::character varying(36))) v(user_id)", "no equality"),
        ])
    func mixed(_ etl: String, _ reason: String) throws {
        let found = try #require(try obstacle(etl, columns: [Self.user, Self.n]))
        #expect(found.hasPrefix("a SQL ETL that mixes the rows of several keys: "), "\(found)")
        #expect(found.contains(reason), "\(found)")
    }

    @Test("differ by INTERSECT and EXCEPT without the key")
    func compared() throws {
        let etl = "SELECT i.quote_type FROM input i WHERE i.is_paid INTERSECT SELECT j.quote_type FROM input j WHERE NOT j.is_paid"
        #expect(try obstacle(etl, columns: [Self.type])?.contains("without the key") == true)
    }

    @Test("are told apart by each column of a key")
    func composite() throws {
        let etl = "SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id"
        #expect(try obstacle(etl, columns: [Self.user, Self.n], key: ["user_id", "quote_type"])?.contains("no grouping key") == true)
        let both = "SELECT i.user_id, count(*) AS n FROM input i GROUP BY i.user_id, i.quote_type"
        #expect(try obstacle(both, columns: [Self.user, Self.n], key: ["user_id", "quote_type"]) == nil)
    }
}
