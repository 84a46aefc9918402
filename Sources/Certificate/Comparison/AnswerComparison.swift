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

    private let floats: Set<String>
    private let printed: PrintedValues
    private let isOrdered: Bool
    private let hasOrderedSum: Bool

    /// - Parameter isOrdered: whether the order of the rows is settled by the query.
    public init(_ statement: RealtimeStatement, isOrdered: Bool) {
        floats = Set(statement.columns.filter { !$0.type.isArray && [.float4, .float8].contains($0.type.kind) }.map(\.name))
        printed = PrintedValues(statement.columns)
        self.isOrdered = isOrdered
        hasOrderedSum = Self.orderedSums.contains { statement.sql.contains($0) }
    }

    /// What adds up floating-point numbers: then the order of the terms shows.
    private static let orderedSums = ["sum", "avg", "stddev", "variance", "var_", "corr", "covar", "regr"]

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
        if hasOrderedSum, ApproximateRows.match(a, b, floats: floats) { return .approximate(rows: a.count) }
        let what = RowDifference.describe(a, b)
        return printed.match(a, b) ? .printedDifferently(what) : .different(what)
    }

    private static func sample(_ rows: [String]) -> String { rows.isEmpty ? "no rows" : "\(rows.count) rows: " + rows.prefix(2).joined(separator: ", ") }

    /// A data exception, or more rows than a scalar sub-query may have: what depends on which rows and columns are evaluated.
    static func isOfData(_ sqlstate: String?) -> Bool { ["22", "21"].contains(sqlstate?.prefix(2)) }
}
