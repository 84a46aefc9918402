internal import FeatureModel

/// Why a condition on an output column cannot be said inside a query.
enum PushBarrier: Hashable, Sendable {
    case limit, values, aggregate, window, subquery, wholeGroup, notGrouped, notPartitioned, distinctOn, expression

    var reason: String {
        switch self {
        case .limit: "LIMIT chooses among the rows of all keys"
        case .values: "it is a list of VALUES"
        case .aggregate: "the key is the result of an aggregate"
        case .window: "the key is the result of a window function"
        case .subquery: "the key is the result of a sub-query"
        case .wholeGroup: "an aggregate without GROUP BY is over the rows of all keys"
        case .notGrouped: "the key is no grouping key"
        case .notPartitioned: "a window function runs over rows of other keys: PARTITION BY does not have the key"
        case .distinctOn: "DISTINCT ON does not have the key"
        case .expression: "the key is an expression, not a column, and no index holds its values"
        }
    }
}

/// Says whether the rows of one key can be taken out of a query by a condition inside it, by PostgreSQL's semantics alone: rows, groups
/// and partitions live or die as a whole.
struct PushBarriers {
    let order: TotalOrder

    /// Nil if the condition can go inside.
    func barrier(_ query: Query, _ column: Int) -> PushBarrier? {
        if query.limit != nil || query.offset != nil { return .limit }
        switch query.body {
        case .values: return .values
        // Each side takes what it can, and is filtered around where it cannot.
        case .setOperation(_, _, let left, let right):
            guard let first = barrier(left, column), barrier(right, column) != nil else { return nil }
            return first
        case .select(let select): return barrier(query, select, column)
        }
    }

    private func barrier(_ query: Query, _ select: Select, _ column: Int) -> PushBarrier? {
        let value = select.output[column].withoutTieCheck
        // No key is equal to null: the query has no rows then, see ``PushDown``.
        if value.isNullLiteral { return nil }
        if value.containsAggregate { return .aggregate }
        if value.containsWindow { return .window }
        if value.containsSubquery { return .subquery }
        if case .on(let keys) = select.distinct, !keys.contains(value) { return .distinctOn }
        if select.isGrouped {
            if select.groupBy.isEmpty { return .wholeGroup }
            if !isSame(value, in: select.groupBy, select) { return .notGrouped }
        }
        var windows: [WindowCall] = []
        for value in select.output + query.orderBy.map(\.expression) { value.collectWindows(&windows) }
        if windows.allSatisfy({ isSame(value, in: $0.partition, select) }) { return nil }
        // What the rewriters made of LIMIT and DISTINCT ON is told as what was written.
        if windows.contains(where: \.isWritten) { return .notPartitioned }
        return windows.contains { $0.partition.isEmpty } ? .limit : .distinctOn
    }

    /// Whether all rows that are equal in the keys have the same value: it is one of them, or follows from them.
    private func isSame(_ value: Expr, in keys: [Expr], _ select: Select) -> Bool {
        keys.contains(value) || order.determines(value, from: keys, in: select)
    }
}

extension Expr {
    func collectWindows(_ windows: inout [WindowCall]) {
        if case .window(let window) = operation { windows.append(window) }
        for child in operation.children { child.collectWindows(&windows) }
    }

    var containsSubquery: Bool { contains { $0.operation.subquery != nil } }

    /// The value itself where a check stands before it that answers nothing but an error.
    var withoutTieCheck: Expr {
        guard case .choose(let branches, let otherwise?) = operation,
            branches.allSatisfy({ if case .call(TieGuard.function, _) = $0.value.operation { true } else { false } })
        else { return self }
        return otherwise.withoutTieCheck
    }
}
