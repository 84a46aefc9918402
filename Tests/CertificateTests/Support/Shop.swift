import Certificate
import Differential
import FeatureModel
@testable import SQLDialect

/// Two small tables with keys and a foreign key, and certificates of queries over them.
enum Shop {
    static let engines = Task { () throws -> TwoEngines in
        try await TwoEngines(
            setup: """
                CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, since date, score float8);
                CREATE TABLE orders (id bigint PRIMARY KEY, customer int REFERENCES customers (id), amount numeric(10,2), at timestamptz, status text, UNIQUE (customer, at));
                INSERT INTO customers SELECT n, 'c' || n, date '2024-01-01' + n, n / 2.0 FROM generate_series(1, 20) n;
                INSERT INTO orders SELECT n, n % 20 + 1, n * 1.5, timestamptz '2024-01-01' + n * interval '1 hour', 'paid' FROM generate_series(1, 100) n;
                """)
    }

    /// - Parameter broken: what a rewriter that errs would make of the query.
    static func certify(
        _ sql: String, request: RequestRelation? = nil, keys: [[String]] = [], seed: Int = 1, broken: (@Sendable (Query) -> Query)? = nil, brokenKey: (@Sendable (Query) -> Query)? = nil
    ) async throws -> Finding {
        let engines = try await engines.value
        var compiled = try await engines.compiled(sql, request: request)
        if let broken { compiled.compiler.query = broken(compiled.compiler.query) }
        compiled.compiler.mutation = brokenKey
        guard let subject = try await engines.subject(compiled, keys: keys) else { throw NotServable() }
        return try await engines.certifier.certify(subject, sample: try await engines.sample(subject, rows: 20), seed: seed)
    }

    struct NotServable: Error {}

    static func example(_ finding: Finding) -> Counterexample? { if case .different(let example) = finding.verdict { example } else { nil } }
}
