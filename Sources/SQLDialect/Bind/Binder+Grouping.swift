internal import FeatureModel

extension Binder {
    /// The grouping sets of a GROUP BY clause: each item gives a list of sets, and the sets of all items are combined with each other.
    /// One set for an ordinary GROUP BY.
    func groupingSets(_ items: NodeList, _ scope: Scope, output: [Expr]) -> [[Expr]] {
        var sets: [[Expr]] = [[]]
        var keys: [(signs: Int, value: Expr)] = []
        for item in items {
            let own = groupingSets(of: item, scope, output, &keys)
            guard sets.count * own.count <= 256 else {
                unsupported("more than 256 grouping sets")
                return [[]]
            }
            sets = sets.flatMap { set in own.map { more in set + more.filter { !set.contains($0) } } }
        }
        // To PostgreSQL x and +x are two keys, of which a set may leave out one.
        let isAmbiguous = sets.count > 1 && keys.contains { key in keys.contains { $0.value == key.value && $0.signs != key.signs } }
        if isAmbiguous { unsupported("GROUPING SETS over two forms of one expression") }
        return sets
    }

    private func groupingSets(of node: Node, _ scope: Scope, _ output: [Expr], _ keys: inout [(signs: Int, value: Expr)]) -> [[Expr]] {
        guard node.kind == .groupingSet else { return [groupingKeys(node, scope, output, &keys)] }
        let parts = node.list("content").map { part in part.kind == .groupingSet ? [] : groupingKeys(part, scope, output, &keys) }
        switch node.string("kind") ?? "" {
        case "GROUPING_SET_EMPTY": return [[]]
        case "GROUPING_SET_SIMPLE": return [parts.flatMap(\.self)]
        case "GROUPING_SET_ROLLUP": return (0...parts.count).reversed().map { parts.prefix($0).flatMap(\.self) }
        case "GROUPING_SET_CUBE":
            guard parts.count <= 8 else { break }
            return (0..<(1 << parts.count)).reversed().map { mask in
                parts.indices.filter { mask >> (parts.count - 1 - $0) & 1 == 1 }.flatMap { parts[$0] }
            }
        case "GROUPING_SET_SETS": return node.list("content").flatMap { groupingSets(of: $0, scope, output, &keys) }
        default: break
        }
        unsupported("GROUPING SETS of this form")
        return [[]]
    }

    /// One expression, or several in parentheses.
    private func groupingKeys(_ node: Node, _ scope: Scope, _ output: [Expr], _ keys: inout [(signs: Int, value: Expr)]) -> [Expr] {
        if node.kind == .rowExpr { return node.list("args").flatMap { groupingKeys($0, scope, output, &keys) } }
        if case .int(let position)? = node.constant, output.indices.contains(position - 1) { return [output[position - 1]] }
        let value = bind(node, scope)
        if !value.isPoison { keys.append((signs(in: node), value)) }
        return [value]
    }

    /// How many times it says +x.
    private func signs(in node: Node) -> Int {
        (node.kind == .expression && node["lexpr"] == nil && node.strings("name").last == "+" ? 1 : 0) + node.children.reduce(0) { $0 + signs(in: $1) }
    }

    /// `GROUPING(a, b)`, resolved by ``GroupingSets`` for each set; 0 where there are no sets.
    func bind(grouping node: Node, _ scope: Scope) -> Expr {
        let arguments = node.list("args").map { bind($0, scope) }
        if arguments.contains(where: \.isPoison) { return .poison }
        return Expr(.call(GroupingSets.marker, arguments), PostgresType(.int4), .integer, isNullable: false)
    }
}
