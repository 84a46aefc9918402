public import FeatureModel

/// What the certificate says about a query.
public enum Verdict: Sendable, Hashable {
    /// The engines gave the same answer to every question.
    case identical
    /// The same but for what PostgreSQL itself leaves to the order of rows: the last digits of floating-point sums, and which of equal values
    /// that print differently (1.0, 1.00) is shown.
    case approximate
    case different(Counterexample)
    /// Why the engines could not be compared.
    case notComparable(String)
}

/// What was asked, and what came of it.
public struct Finding: Sendable, Hashable {
    public let verdict: Verdict
    public let seed: Int
    /// Questions that both engines answered with rows, and how many those were together.
    public var compared = 0
    public var rows = 0
    /// Questions to which both engines gave an error of one class.
    public var bothFailed = 0
    /// Questions that the store declines by its own account: rows tie where the answer would be chance, or it would hold a NaN.
    public var declined = 0
    /// Lookups by key that only one engine answers: SQL leaves open whether what the answer does not need is evaluated.
    public var oneFailed = 0
    /// Scenarios that could not be tried, e.g. because a statement took too long, with the first reason.
    public var skipped = 0
    public var firstSkipped: String?

    public init(verdict: Verdict, seed: Int) {
        self.verdict = verdict
        self.seed = seed
    }

    /// The same counts with another verdict.
    func concluding(_ verdict: Verdict) -> Finding {
        var finding = Finding(verdict: verdict, seed: seed)
        finding.compared = compared
        finding.rows = rows
        finding.bothFailed = bothFailed
        finding.declined = declined
        finding.oneFailed = oneFailed
        finding.skipped = skipped
        finding.firstSkipped = firstSkipped
        return finding
    }
}

/// The fewest rows found over which the engines part.
public struct Counterexample: Sendable, Hashable {
    public struct Table: Sendable, Hashable {
        public let name: TableName
        /// The columns that the query reads.
        public let columns: [String]
        public let rows: [[String?]]
    }

    /// The scenario that it was found in.
    public let scenario: String
    public let tables: [Table]
    /// `customer_id = 7`; nil for the whole query.
    public let key: String?
    /// What parts them.
    public let difference: String
    /// Rows as `row_to_json` prints them, or the error.
    public let postgres: [String]
    public let realtime: [String]

    public init(scenario: String, tables: [Table], key: String?, difference: String, postgres: [String], realtime: [String]) {
        self.scenario = scenario
        self.tables = tables
        self.key = key
        self.difference = difference
        self.postgres = postgres
        self.realtime = realtime
    }
}
