import Certificate
import FeatureModel
@testable import SQLDialect
import Testing

@Suite("Certifying a query that reads values of the call", .timeLimit(.minutes(3)))
struct RequestCertificateTests {
    private static let relation = RequestRelation([
        .init(name: "amount", type: .numeric(precision: 10, scale: 2)), .init(name: "at", type: PostgresType(.timestamptz)),
    ])
    private static let sql = """
        SELECT c.id, r.amount, count(o.id) FILTER (WHERE o.amount >= r.amount AND o.at < r.at) AS n, r.amount = 100 AS is_hundred
        FROM customers c CROSS JOIN request r LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id, r.amount
        """

    @Test("asks with made-up values, whole and by its key, and finds a sound statement sound", arguments: 1...3)
    func sound(seed: Int) async throws {
        let plain = try await Shop.certify("SELECT c.id, count(o.id) AS n FROM customers c LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id", keys: [["id"]], seed: seed)
        let finding = try await Shop.certify(Self.sql, request: Self.relation, keys: [["id"]], seed: seed)
        #expect(finding.verdict == .identical || finding.verdict == .approximate, "\(finding)")
        #expect(finding.compared > plain.compared, "every scenario is asked with several calls' values: \(finding)")
    }

    @Test("shows the values over which a wrong comparison parts the engines")
    func broken() async throws {
        let finding = try await Shop.certify(Self.sql, request: Self.relation) { query in
            var strict = Strict()
            return strict.rewrite(query)
        }
        let example = try #require(Shop.example(finding), "\(finding)")
        #expect(example.key?.contains("request.amount = ") == true, "\(example)")
    }

    /// `>` in the place of `>=`.
    private struct Strict: QueryRewriter {
        mutating func rewritten(_ expression: Expr) -> Expr {
            guard case .compare(.greaterOrEqual, let a, let b) = expression.operation else { return expression }
            var changed = expression
            changed.operation = .compare(.greater, a, b)
            return changed
        }
    }
}
