import FeatureModel
import Testing

@testable import SQLDialect

@Suite("Orders that are settled")
struct TotalOrderTests {
    private func isTotal(_ sql: String, _ type: PostgresType = PostgresType(.int4)) throws -> Bool {
        try Canonical.compiler(sql, [("v", type)]).isTotallyOrdered
    }

    @Test("a group of what can only be one value is one row, unless an outer join may put nulls beside it")
    func outerJoins() throws {
        let one = "( VALUES (5,1)) r(n, v)"
        #expect(try isTotal("SELECT r.v FROM (public.k JOIN \(one) ON ((r.n = k.id))) GROUP BY r.v"))
        #expect(try isTotal("SELECT r.v FROM (\(one) LEFT JOIN public.k ON ((r.n = k.id))) GROUP BY r.v"))
        for join in ["public.k LEFT JOIN \(one)", "public.k FULL JOIN \(one)", "\(one) RIGHT JOIN public.k", "\(one) FULL JOIN public.k"] {
            #expect(try !isTotal("SELECT r.v FROM (\(join) ON ((r.n = k.id))) GROUP BY r.v"), "\(join)")
        }
    }

    @Test("rows that an outer join does not find are told apart by a key that is never null")
    func keys() throws {
        func sql(_ key: String) -> String {
            "SELECT g.v FROM (public.k LEFT JOIN ( SELECT \(key) AS i, count(*)::integer AS v FROM public.k x GROUP BY \(key)) g ON ((g.v = k.id))) GROUP BY g.i, g.v ORDER BY g.i"
        }
        #expect(try isTotal(sql("x.id")))
        #expect(try !isTotal(sql("x.i8")))
    }
}
