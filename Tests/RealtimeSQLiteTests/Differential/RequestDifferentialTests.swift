import Differential
import FeatureModel
import SQLDialect
import Testing

@Suite("A query that reads values of the call gives PostgreSQL's rows", .serialized)
struct RequestDifferentialTests {
    private static let engines = Task {
        try await TwoEngines(
            setup: """
                CREATE TABLE customers (id int PRIMARY KEY, name text, since timestamptz, credit numeric(12,2));
                CREATE TABLE orders (id int PRIMARY KEY, customer int, merchant text, amount numeric(12,2), at timestamptz, score float8);
                CREATE TABLE merchants (merchant text PRIMARY KEY, risk numeric);
                INSERT INTO customers SELECT n, 'c' || n % 7, timestamptz '2024-01-01' + n * interval '1 day', n * 10.25 FROM generate_series(1, 30) n;
                INSERT INTO orders SELECT n, 1 + n % 30, 'm' || n % 5, n * 1.25, timestamptz '2024-03-01' + n * interval '7 hours', n / 3.0 FROM generate_series(1, 300) n;
                INSERT INTO merchants SELECT 'm' || n, n * 0.1 FROM generate_series(0, 3) n;
                """)
    }

    private static let relation = RequestRelation([
        .init(name: "amount", type: .numeric(precision: 12, scale: 2)), .init(name: "at", type: PostgresType(.timestamptz)),
        .init(name: "merchant", type: PostgresType(.text)), .init(name: "n", type: PostgresType(.int4)), .init(name: "f", type: PostgresType(.float8)),
        .init(name: "flag", type: PostgresType(.bool)), .init(name: "d", type: PostgresType(.date)), .init(name: "u", type: PostgresType(.numeric)),
        .init(name: "iv", type: PostgresType(.interval)),
    ])

    private static let rows: [[String?]] = [
        ["12.50", "2024-03-20 10:00:00+00", "m1", "3", "0.1", "true", "2024-02-29", "1.500", "1 day"],
        ["0.00", "2024-05-01 00:00:00+00", "m4", "-7", "1e300", "false", "1969-12-31", "-0.001", "-02:00:00"],
        [nil, nil, nil, nil, nil, nil, nil, nil, nil],
        ["9999999999.99", "2023-01-01 00:00:00+00", "it's ü", "2147483647", "-5", "true", "2024-12-31", "100", "1 mon"],
    ]

    private static let queries = [
        "SELECT c.id, r.amount, r.at, r.merchant, r.n, r.f, r.flag, r.d, r.u, r.iv FROM customers c, request r",
        "SELECT c.id, request.amount / nullif(c.credit, 0) AS share, request.amount > c.credit AS above, request.at - c.since AS age FROM customers c CROSS JOIN request",
        """
        SELECT c.id, count(o.id) FILTER (WHERE o.at < r.at) AS before, sum(o.amount) FILTER (WHERE o.amount > r.amount) AS larger,
            r.amount / avg(o.amount) AS ratio FROM customers c JOIN request r ON true LEFT JOIN orders o ON o.customer = c.id GROUP BY c.id, r.amount
        """,
        """
        WITH recent AS (SELECT * FROM orders WHERE at < (SELECT at FROM request)), last AS (
            SELECT DISTINCT ON (customer) customer, id, amount FROM recent ORDER BY customer, at DESC, id)
        SELECT c.id, l.amount, coalesce(l.amount, 0) + r.amount AS total FROM customers c CROSS JOIN request r LEFT JOIN last l ON l.customer = c.id
        """,
        "SELECT c.id, m.risk, coalesce(m.risk, r.u) AS risk2 FROM customers c CROSS JOIN request r LEFT JOIN merchants m ON m.merchant = r.merchant",
        "SELECT c.id, r.merchant FROM customers c LEFT JOIN request r ON r.n > c.id",
        """
        SELECT id, at, rank() OVER (PARTITION BY customer ORDER BY abs(extract(epoch FROM at - (SELECT at FROM request))), id) AS place
        FROM orders WHERE customer IN (SELECT id FROM customers, request WHERE credit > request.amount)
        """,
        "SELECT c.id, c.since + r.iv AS later, c.id::int8 + r.n AS sum, c.name || '-' || r.merchant AS label, r.f * 2 AS f2, to_char(r.at, 'YYYY-MM') AS month FROM customers c, request r ORDER BY c.id LIMIT 5",
        "SELECT x.merchant AS id, x.n FROM (SELECT orders.merchant, count(*) AS n FROM orders, request r WHERE orders.at >= r.at OR r.at IS NULL GROUP BY orders.merchant) x",
        "SELECT amount, merchant FROM request WHERE flag",
        "SELECT amount AS id FROM request UNION ALL SELECT credit FROM customers, request WHERE credit < amount",
    ]

    @Test("whole, for values of every type and for nulls", arguments: queries)
    func whole(sql: String) async throws {
        let verdicts = try await Self.engines.value.compare(sql, Self.relation, Self.rows)
        #expect(verdicts.count == Self.rows.count)
        for verdict in verdicts { #expect(verdict.isSame, "\(verdict)\n\(sql)") }
        #expect(verdicts.contains { if case .identical(let rows) = $0 { rows > 0 } else { if case .approximate(let rows) = $0 { rows > 0 } else { false } } }, "\(verdicts)")
    }

    @Test("by a key", arguments: queries.filter { $0.contains("c.id") })
    func keyed(sql: String) async throws {
        for key in ["1", "17", "999"] {
            let verdicts = try await Self.engines.value.compare(sql, Self.relation, Self.rows, key: [("id", key)])
            for verdict in verdicts { #expect(verdict.isSame, "by id = \(key): \(verdict)\n\(sql)") }
        }
    }

    @Test("in training each row sent gives its own rows of the answer", arguments: queries)
    func training(sql: String) async throws {
        let engines = try await Self.engines.value
        let values = Self.rows.map { row in
            JSONValue.object(zip(Self.relation.columns, row).map { .init($0.name, $1.map { .string($0) } ?? .null) })
        }
        var expected: [String] = []
        for row in Self.rows { expected += try await engines.filled(sql, Self.relation, row) }
        let found = try await engines.trained(sql, Self.relation, json: JSONValue.array(values).description)
        #expect(found.sorted() == expected.sorted())
        #expect(try await engines.trained(sql, Self.relation, json: "[]").isEmpty)
    }
}

extension Verdict {
    fileprivate var isSame: Bool {
        switch self {
        case .identical, .approximate, .bothFail: true
        default: false
        }
    }
}
