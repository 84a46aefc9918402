internal import FeatureModel
public import SQLDialect
public import Warehouse

/// Compares what PostgreSQL and the realtime store said to one question. PostgreSQL's `row_to_json` is the standard, byte for byte.
public struct AnswerComparison: Sendable {
    public enum Outcome: Sendable, Hashable {
        /// As a multiset, and in order where the order is total; the number of rows.
        case identical(rows: Int)
        /// The same but for the last digits of floating-point sums, by at most 1e-12 relative.
        case approximate(rows: Int)
        /// The same but for floating-point sums and what is made of them, by more: rounding where terms cancel out, or a wrong answer
        /// (``isRounding(_:_:)``).
        case roundedDifferently(rows: Int, String)
        /// SQLSTATEs of one class: PostgreSQL's, or `PostgreSQL's, not the store's` where only the class is the same.
        case bothFail(String)
        /// The store declines, by its own account: rows tie where the answer would be chance, or the answer holds a NaN, which SQLite has not.
        case declined
        /// One engine answers, the other fails with an error of data. SQL leaves open whether rows and columns that the answer does not need
        /// are evaluated.
        case oneFails(String)
        /// Equal values are printed differently (1.0 and 1.00): which of them min, max or a group shows may be PostgreSQL's own chance.
        case printedDifferently(String)
        case different(String)
    }

    private let approximate: ApproximateRows
    private let printed: PrintedValues
    private let isOrdered: Bool
    private let hasOrderedSum: Bool

    /// - Parameter isOrdered: whether the order of the rows is settled by the query.
    public init(_ statement: RealtimeStatement, isOrdered: Bool) {
        approximate = ApproximateRows(statement.columns)
        printed = PrintedValues(statement.columns)
        self.isOrdered = isOrdered
        hasOrderedSum = Self.orderedSums.contains { statement.sql.contains($0) }
    }

    /// What adds up floating-point numbers: then the order of the terms shows.
    private static let orderedSums = [
        "pg_sum_float", "pg_avg_float", "pg_var_samp_float", "pg_var_pop_float", "pg_stddev_samp_float", "pg_stddev_pop_float", "pg_corr", "pg_covar",
        "pg_regr",
    ]

    /// What the tie guard raises.
    public static let tie = "P0001"
    private static let cannotBeHeld = "cannot be held in the realtime store"

    public func compare(_ expected: EngineAnswer, _ found: EngineAnswer) -> Outcome {
        switch (expected, found) {
        case (.rows(let expected), .rows(let found)): return compare(expected, found)
        case (_, .failed(Self.tie?, _)): return .declined
        case (.rows, .failed("22003", let message)) where message.hasSuffix(Self.cannotBeHeld): return .declined
        case (.failed(let code, let message), .rows(let found)):
            let what = "PostgreSQL fails with \(code ?? "no SQLSTATE") \(message), the realtime store answers \(Self.sample(found))"
            return Self.isOfData(code) ? .oneFails(what) : .different(what)
        case (.rows(let expected), .failed(let code, let message)):
            let what = "the realtime store fails with \(code ?? "no SQLSTATE") \(message), PostgreSQL answers \(Self.sample(expected))"
            return Self.isOfData(code) ? .oneFails(what) : .different(what)
        case (.failed(let code, let message), .failed(let other, let otherMessage)):
            if let code, let other, code.prefix(2) == other.prefix(2) { return .bothFail(other == code ? code : "\(code), not \(other)") }
            return .different("PostgreSQL fails with \(code ?? "no SQLSTATE") \(message), the realtime store with \(other ?? "no SQLSTATE") \(otherMessage)")
        }
    }

    private func compare(_ expected: [String], _ found: [String]) -> Outcome {
        if expected == found { return .identical(rows: expected.count) }
        let (a, b) = (expected.sorted(), found.sorted())
        if a == b { return isOrdered ? .different("the same rows in another order: " + RowDifference.order(expected, found)) : .identical(rows: a.count) }
        if hasOrderedSum, approximate.match(a, b) { return .approximate(rows: a.count) }
        let what = RowDifference.describe(a, b)
        if hasOrderedSum, approximate.matchElsewhere(a, b) { return .roundedDifferently(rows: a.count, what) }
        return printed.match(a, b) ? .printedDifferently(what) : .different(what)
    }

    /// Whether an answer that is ``Outcome/roundedDifferently(rows:_:)`` is PostgreSQL's but for rounding.
    ///
    /// Where terms cancel out, what is left of a sum is rounding, and no number of digits says how much. How large the terms were does: PostgreSQL's
    /// answer must lie among those that they could come to.
    /// - Parameter found: the store's answer, and those with the least and the most that rounding could have made of each sum.
    public func isRounding(_ expected: EngineAnswer, _ found: [EngineAnswer]) -> Bool {
        guard case .rows(let rows) = expected else { return false }
        let others = found.compactMap { if case .rows(let rows) = $0 { rows } else { nil } }
        return others.count == found.count && approximate.isRounding(rows, others)
    }

    private static func sample(_ rows: [String]) -> String { rows.isEmpty ? "no rows" : "\(rows.count) rows: " + rows.prefix(2).joined(separator: ", ") }

    /// A data exception, or more rows than a scalar sub-query may have: what depends on which rows and columns are evaluated.
    static func isOfData(_ sqlstate: String?) -> Bool { ["22", "21"].contains(sqlstate?.prefix(2)) }
}
