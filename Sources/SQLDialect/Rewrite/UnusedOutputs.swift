internal import FeatureModel

/// Recognises output columns of sub-selects, and of common tables that stand for one, which nothing refers to.
/// Produces null in their place, as PostgreSQL's planner does: what they cost is not paid, what they raise is not raised, and rows that
/// differ in them alone do not differ.
struct UnusedOutputs: QueryRewriter {
    private let used: Used
    private let inlined: Set<Int>

    /// - Parameter inlined: common tables that PostgreSQL puts in the place of their one reference; all others are computed whole.
    static func dropped(_ query: Query, inlined: Set<Int>) -> Query {
        var result = query
        // What only an unused column refers to is unused in its turn.
        while true {
            var pass = UnusedOutputs(used: Used(result), inlined: inlined)
            let next = pass.rewrite(result)
            if next == result { return result }
            result = next
        }
    }

    /// The common tables that are referred to once and are neither MATERIALIZED nor recursive.
    static func inlined(in query: Query) -> Set<Int> {
        let used = Used(query)
        return Set(used.tables.filter { !$0.isMaterialized && !$0.isRecursive && used.references[$0.id]?.count == 1 }.map(\.id))
    }

    mutating func rewritten(_ query: Query) -> Query {
        var result = query
        for index in query.with.indices where inlined.contains(query.with[index].id) {
            let indexes = (used.references[query.with[index].id] ?? []).reduce(into: Set<Int>()) { $0.formUnion(used.columns[$1] ?? []) }
            result.with[index].query = Self.dropped(query.with[index].query, but: indexes)
        }
        guard case .select(var select) = query.body else { return result }
        select.from = select.from.map(dropped)
        result.body = .select(select)
        return result
    }

    private func dropped(_ source: Source) -> Source {
        switch source {
        case .table, .common, .series: source
        case .query(let id, let query): .query(id: id, Self.dropped(query, but: used.columns[id] ?? []))
        case .join(let kind, let left, let right, let on): .join(kind, dropped(left), dropped(right), on: on)
        }
    }

    private static func dropped(_ query: Query, but used: Set<Int>) -> Query {
        // DISTINCT and set operations look at every column; the row of a call's request costs nothing.
        guard case .select(var select) = query.body, select.distinct != .all, !select.isRequest else { return query }
        let sorted = query.orderBy.compactMap { if case .output(let index) = $0.expression.operation { index } else { nil } }
        for (index, value) in select.output.enumerated() where !used.contains(index) && !sorted.contains(index) && !value.isLiteral && !value.raises {
            select.output[index] = .null(value.type, value.encoding)
        }
        var result = query
        result.body = .select(select)
        return result
    }

    /// What a statement refers to.
    private struct Used: QueryRewriter {
        /// By relation.
        private(set) var columns: [Int: Set<Int>] = [:]
        /// The relations that stand for a common table.
        private(set) var references: [Int: [Int]] = [:]
        private(set) var tables: [CommonTable] = []

        init(_ query: Query) { _ = rewrite(query) }

        mutating func rewritten(_ expression: Expr) -> Expr {
            if let column = expression.column { columns[column.relation, default: []].insert(column.index) }
            return expression
        }

        mutating func rewritten(_ query: Query) -> Query {
            tables += query.with
            if case .select(let select) = query.body, let from = select.from { collect(from) }
            return query
        }

        private mutating func collect(_ source: Source) {
            switch source {
            case .common(let id, let table): references[table, default: []].append(id)
            case .join(_, let left, let right, _):
                collect(left)
                collect(right)
            case .table, .query, .series: break
            }
        }
    }
}

extension Expr {
    /// It refuses an answer that would be chance.
    fileprivate var raises: Bool { contains { if case .call(TieGuard.function, _) = $0.operation { true } else { false } } }
}
