import Certificate
import FeatureModel
@testable import SQLDialect
import Testing
import Warehouse

@Suite("Certifying", .timeLimit(.minutes(3)))
struct CertifierTests {
    private static let sql = """
        SELECT c.id, count(o.id) AS n, sum(o.amount) FILTER (WHERE o.status = 'paid') AS paid, max(o.at) AS last, avg(c.score) AS score
        FROM customers c LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id
        """

    @Test("says that a sound statement answers as PostgreSQL, whole and by its key", arguments: 1...5)
    func sound(seed: Int) async throws {
        let finding = try await Shop.certify(Self.sql, keys: [["id"]], seed: seed)
        #expect(finding.verdict == .identical || finding.verdict == .approximate, "\(finding)")
        #expect(finding.compared > 50 && finding.rows > 200 && finding.skipped == 0, "\(finding)")
    }

    @Test("what the clock says is compared at the same moment")
    func clock() async throws {
        let finding = try await Shop.certify("SELECT c.id, now() AS at, now() - c.since AS age FROM customers c", keys: [["id"]])
        #expect(finding.verdict == .identical && finding.compared > 10, "\(finding)")
    }

    @Test("the same seed asks the same and gets the same")
    func seed() async throws {
        let one = try await Shop.certify(Self.sql, keys: [["id"]], seed: 42)
        #expect(try await Shop.certify(Self.sql, keys: [["id"]], seed: 42) == one)
    }

    @Test("a covariance that is nothing but rounding does not part the engines, and a wrong one does")
    func rounding() async throws {
        // Without DISTINCT PostgreSQL would add up the rows as they stand, as the store does.
        let sql = "SELECT customer, status, count(DISTINCT status) AS n, covar_pop(amount::float8, 0.1) AS c FROM orders GROUP BY ROLLUP (customer, status)"
        let finding = try await Shop.certify(sql)
        #expect(finding.verdict == .approximate && finding.compared > 10, "\(finding)")
        let wrong = try await Shop.certify(sql) { query in
            var others = Exchanged(function: "pg_covar_pop", other: "pg_regr_avgx")
            return others.rewrite(query)
        }
        #expect(Shop.example(wrong) != nil, "\(wrong)")
        let scaled = try await Shop.certify("SELECT covar_pop(amount::float8, id) AS c FROM orders") { query in
            var others = Exchanged(function: "pg_covar_pop", other: "pg_covar_samp")
            return others.rewrite(query)
        }
        #expect(Shop.example(scaled) != nil, "\(scaled)")
    }

    /// One aggregate in the place of another.
    private struct Exchanged: QueryRewriter {
        let function: String
        let other: String

        mutating func rewritten(_ expression: Expr) -> Expr {
            guard case .aggregate(let aggregate) = expression.operation, aggregate.function == function else { return expression }
            var result = expression
            result.operation = .aggregate(
                Aggregate(function: other, arguments: aggregate.arguments, isDistinct: aggregate.isDistinct, filter: aggregate.filter))
            return result
        }
    }

    @Test("an outer join made an inner one is shown by one row that joins nothing")
    func innerJoin() async throws {
        let finding = try await Shop.certify("SELECT c.id, o.amount FROM customers c LEFT JOIN orders o ON o.customer = c.id") { query in
            var query = query
            guard case .select(var select) = query.body, case .join(.left, let left, let right, let on)? = select.from else { return query }
            select.from = .join(.inner, left, right, on: on)
            query.body = .select(select)
            return query
        }
        let example = try #require(Shop.example(finding), "\(finding)")
        #expect(example.tables.map(\.rows.count) == [1] && example.tables.first?.name.name == "customers", "\(example)")
        #expect(example.postgres.count == 1 && example.realtime.isEmpty)
    }

    @Test("nulls sorted to the other end of a window are shown by two rows")
    func nullsOrder() async throws {
        let finding = try await Shop.certify("SELECT id, row_number() OVER (ORDER BY since, id) AS n FROM customers") { query in
            Mutator.mutated(query, Mutator.names(of: query).firstIndex { $0.hasPrefix("window ORDER BY with nulls") } ?? 0)
        }
        let example = try #require(Shop.example(finding), "\(finding)")
        #expect(example.tables.first?.rows.count == 2 && example.tables.first?.columns == ["id", "since"], "\(example)")
    }

    @Test("an order that is settled is compared, one that is not is not")
    func order() async throws {
        let reversed: @Sendable (Query) -> Query = { query in
            var query = query
            query.orderBy[0].isDescending.toggle()
            return query
        }
        let settled = try await Shop.certify("SELECT id, name FROM customers ORDER BY id", broken: reversed)
        #expect(Shop.example(settled)?.difference.contains("another order") == true, "\(settled)")
        let open = try await Shop.certify("SELECT name, since FROM customers ORDER BY since", broken: reversed)
        #expect(open.verdict == .identical, "\(open)")
    }

    @Test("a key's predicate that is left out, or stands where other rows are needed, is shown with the key")
    func key() async throws {
        let sql = "SELECT customer, amount, rank() OVER (ORDER BY amount) AS place FROM orders"
        for (name, query) in [("a key's predicate left out", Self.sql), ("a key's predicate where it does not belong", sql)] {
            let finding = try await Shop.certify(query, keys: [[query == sql ? "customer" : "id"]], brokenKey: { query in
                guard let index = KeyMutator.names(of: query).firstIndex(of: name) else { return query }
                return KeyMutator.mutated(query, index)
            })
            #expect(Shop.example(finding)?.key != nil, "\(name): \(finding)")
        }
    }

    @Test("a statement that answers what PostgreSQL refuses is shown by the row that it refuses")
    func missingCheck() async throws {
        let finding = try await Shop.certify("SELECT id, (amount * 1000)::int AS cents FROM orders") { query in
            Mutator.mutated(query, Mutator.names(of: query).lastIndex(of: "constant one more") ?? 0)
        }
        let example = try #require(Shop.example(finding), "\(finding)")
        #expect(example.postgres == ["22003: integer out of range"] && example.realtime.count == 1, "\(example)")
    }

    @Test("a condition that PostgreSQL meets an error in, and the answer does not need, is no difference")
    func lazy() async throws {
        // PostgreSQL reads all customers d and casts every name; the store, and PostgreSQL over large tables, those alone that an order names.
        let sql = """
            SELECT c.id, x.n FROM customers c LEFT JOIN (
                SELECT o.customer AS k, count(*) AS n FROM orders o JOIN customers d ON d.id = o.customer + 0 WHERE length(d.name) / (d.score - 1) > 0 GROUP BY o.customer
            ) x ON x.k = c.id
            """
        let finding = try await Shop.certify(sql)
        #expect(Shop.example(finding) == nil && finding.oneFailed > 0, "\(finding)")
    }

    @Test("a statement that PostgreSQL fails on whatever the rows is shown without any")
    func constants() async throws {
        let finding = try await Shop.certify("SELECT c.id FROM customers c WHERE c.name = 'nobody' AND c.id = 2147483647 + 1", keys: [["id"]])
        let example = try #require(Shop.example(finding), "\(finding)")
        #expect(example.scenario == "no rows" && example.postgres == ["22003: integer out of range"], "\(example)")
        // What only some rows meet is not.
        #expect(Shop.example(try await Shop.certify("SELECT c.id, 1 / (c.id - 7) AS x FROM customers c")) == nil)
    }

    @Test("an answer that is chance must be declined")
    func chance() async throws {
        let sql = "SELECT id, status FROM orders ORDER BY status LIMIT 2"
        let sound = try await Shop.certify(sql)
        #expect(sound.verdict == .identical && sound.declined > 0, "\(sound)")
        let finding = try await Shop.certify(sql) { query in
            Mutator.mutated(query, Mutator.names(of: query).firstIndex(of: "tie guard removed") ?? 0)
        }
        #expect(Shop.example(finding)?.difference.contains("order in which rows are stored") == true, "\(finding)")
    }

    @Test("equal values that print differently are no difference where PostgreSQL's own print is chance")
    func printed() async throws {
        let finding = try await Shop.certify("SELECT customer, max(amount * 1.0 / 3 * 3) AS m, min(at - timestamptz '2024-01-01') AS i FROM orders GROUP BY customer", keys: [["customer"]])
        #expect(Shop.example(finding) == nil, "\(finding)")
    }
}
