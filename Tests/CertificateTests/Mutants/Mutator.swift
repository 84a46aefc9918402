@testable import SQLDialect

/// Makes one mistake in a query that the rewriters have made, the one with the number asked for; without a number it only counts the
/// mistakes that could be made, and names them.
///
/// A query is walked from the inside out, always in the same order, so that a number means the same mistake every time.
struct Mutator: QueryRewriter {
    let target: Int?
    private(set) var names: [String] = []

    init(target: Int? = nil) { self.target = target }

    /// What could be made of this query.
    static func names(of query: Query) -> [String] {
        var mutator = Mutator()
        _ = mutator.rewrite(query)
        return mutator.names
    }

    static func mutated(_ query: Query, _ target: Int) -> Query {
        var mutator = Mutator(target: target)
        return mutator.rewrite(query)
    }

    mutating func offer<Value>(_ value: inout Value, _ name: String, _ change: (inout Value) -> Void) {
        if names.count == target { change(&value) }
        names.append(name)
    }

    // MARK: Queries

    mutating func rewritten(_ query: Query) -> Query {
        var result = query
        for index in query.orderBy.indices { offerSortKey(&result.orderBy, index, "ORDER BY") }
        if case .literal(.integer(let count))? = query.limit?.operation {
            offer(&result.limit, "LIMIT one more") { $0?.operation = .literal(.integer(count + 1)) }
            if count > 0 { offer(&result.limit, "LIMIT one less") { $0?.operation = .literal(.integer(count - 1)) } }
        }
        if query.offset != nil { offer(&result.offset, "OFFSET dropped") { $0 = nil } }
        switch query.body {
        case .values: break
        case .setOperation(let op, let all, let left, let right):
            offer(&result.body, all ? "\(op.rawValue) ALL without ALL" : "\(op.rawValue) with ALL") {
                // SQLite knows no ALL but that of UNION.
                $0 = .setOperation(all ? op : .union, all: !all, left, right)
            }
            offer(&result.body, "\(op.rawValue) another operation") { $0 = .setOperation(op == .except ? .intersect : .except, all: false, left, right) }
            offer(&result.body, "\(op.rawValue) without its right side") { $0 = left.body }
        case .select(var select):
            offerSelect(&select)
            result.body = .select(select)
        }
        return result
    }

    private mutating func offerSelect(_ select: inout Select) {
        if select.distinct == .all { offer(&select.distinct, "DISTINCT dropped") { $0 = .none } }
        // Groups are different rows anyway if their keys are put out.
        let isDistinct = select.isGrouped && select.groupBy.allSatisfy(select.output.contains)
        if select.distinct == .none, !isDistinct { offer(&select.distinct, "DISTINCT added") { $0 = .all } }
        offerConjuncts(&select.predicate, "WHERE")
        offerConjuncts(&select.having, "HAVING")
        for index in select.groupBy.indices where select.groupBy.count > 1 {
            offer(&select.groupBy, "GROUP BY without a key") { $0.remove(at: index) }
        }
        if let from = select.from {
            var source = from
            var moved: Expr?
            offerSource(&source, &moved)
            select.from = source
            if let moved { select.predicate = Expr.and((select.predicate?.conjuncts ?? []) + [moved]) }
            offerIntoOn(&select)
        }
    }

    private mutating func offerConjuncts(_ condition: inout Expr?, _ place: String) {
        guard let parts = condition?.conjuncts else { return }
        for index in parts.indices where parts.count > 1 || place != "" {
            offer(&condition, "\(place) without a condition") {
                var rest = parts
                rest.remove(at: index)
                $0 = Expr.and(rest)
            }
        }
    }

    private mutating func offerSource(_ source: inout Source, _ moved: inout Expr?) {
        guard case .join(let kind, var left, var right, var on) = source else { return }
        offerSource(&left, &moved)
        offerSource(&right, &moved)
        if let parts = on?.conjuncts, parts.count > 1 { offerConjuncts(&on, "ON") }
        source = .join(kind, left, right, on: on)
        let known = (left, right, on)
        for other: JoinKind in [.inner, .left] where other != kind {
            offer(&source, "\(kind.rawValue) as \(other.rawValue)") { $0 = .join(other, known.0, known.1, on: known.2 ?? .bool(true)) }
        }
        guard kind == .left, let parts = on?.conjuncts, parts.count > 1 else { return }
        for index in parts.indices {
            var join = source, condition = moved
            offer(&join, "condition of LEFT JOIN moved to WHERE") {
                var rest = parts
                condition = rest.remove(at: index)
                $0 = .join(.left, known.0, known.1, on: Expr.and(rest))
            }
            source = join
            moved = condition
        }
    }

    /// A condition of WHERE as one of the last LEFT JOIN's.
    private mutating func offerIntoOn(_ select: inout Select) {
        guard case .join(.left, let left, let right, let on)? = select.from, let parts = select.predicate?.conjuncts else { return }
        for index in parts.indices where !parts[index].contains({ if case .parameter = $0.operation { true } else { false } }) {
            offer(&select, "condition of WHERE moved into LEFT JOIN") {
                var rest = parts
                let condition = rest.remove(at: index)
                $0.predicate = Expr.and(rest)
                $0.from = .join(.left, left, right, on: Expr.and((on?.conjuncts ?? []) + [condition]))
            }
        }
    }

    mutating func offerSortKey(_ keys: inout [SortKey], _ index: Int, _ place: String) {
        offer(&keys, "\(place) the other way round") { $0[index].isDescending.toggle() }
        offer(&keys, "\(place) with nulls at the other end") { $0[index].nullsFirst.toggle() }
        offer(&keys, "\(place) without a key") { $0.remove(at: index) }
    }
}
