internal import FeatureModel

extension Binder {
    /// The grouping sets of a GROUP BY clause: each item gives a list of sets, and the sets of all items are combined with each other.
    /// One set for an ordinary GROUP BY.
    func groupingSets(_ items: NodeList, _ scope: Scope, output: [Expr]) -> [[Expr]] {
        var sets: [[Expr]] = [[]]
        for item in items {
            let own = groupingSets(of: item, scope, output)
            guard sets.count * own.count <= 256 else {
                unsupported("more than 256 grouping sets")
                return [[]]
            }
            sets = sets.flatMap { set in own.map { more in set + more.filter { !set.contains($0) } } }
        }
        return sets
    }

    private func groupingSets(of node: Node, _ scope: Scope, _ output: [Expr]) -> [[Expr]] {
        guard node.kind == .groupingSet else { return [groupingKeys(node, scope, output)] }
        let parts = node.list("content").map { part in part.kind == .groupingSet ? [] : groupingKeys(part, scope, output) }
        switch node.string("kind") ?? "" {
        case "GROUPING_SET_EMPTY": return [[]]
        case "GROUPING_SET_SIMPLE": return [parts.flatMap(\.self)]
        case "GROUPING_SET_ROLLUP": return (0...parts.count).reversed().map { parts.prefix($0).flatMap(\.self) }
        case "GROUPING_SET_CUBE":
            guard parts.count <= 8 else { break }
            return (0..<(1 << parts.count)).reversed().map { mask in
                parts.indices.filter { mask >> (parts.count - 1 - $0) & 1 == 1 }.flatMap { parts[$0] }
            }
        case "GROUPING_SET_SETS": return node.list("content").flatMap { groupingSets(of: $0, scope, output) }
        default: break
        }
        unsupported("GROUPING SETS of this form")
        return [[]]
    }

    /// One expression, or several in parentheses.
    private func groupingKeys(_ node: Node, _ scope: Scope, _ output: [Expr]) -> [Expr] {
        if node.kind == .rowExpr { return node.list("args").flatMap { groupingKeys($0, scope, output) } }
        if case .int(let position)? = node.constant, output.indices.contains(position - 1) { return [output[position - 1]] }
        return [bind(node, scope)]
    }

    /// `GROUPING(a, b)`, resolved by ``GroupingSets`` for each set; 0 where there are no sets.
    func bind(grouping node: Node, _ scope: Scope) -> Expr {
        let arguments = node.list("args").map { bind($0, scope) }
        if arguments.contains(where: \.isPoison) { return .poison }
        return Expr(.call(GroupingSets.marker, arguments), PostgresType(.int4), .integer, isNullable: false)
    }
}
