extension Operation {
    /// The expressions directly below, those of sub-queries left out.
    var children: [Expr] {
        switch self {
        case .column, .output, .literal, .parameter, .exists, .scalarSubquery, .poison: []
        case .call(_, let parts), .and(let parts), .or(let parts), .coalesce(let parts): parts
        case .compare(_, let a, let b), .arithmetic(_, let a, let b), .nullIf(let a, let b): [a, b]
        case .not(let part), .isNull(let part), .isNotNull(let part), .isBoolean(let part, _, _), .toReal(let part), .toDigits(let part): [part]
        case .choose(let branches, let otherwise): branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
        case .inList(let part, let items, _): [part] + items
        case .inSubquery(let values, _, _): values
        case .aggregate(let aggregate): aggregate.arguments + (aggregate.filter.map { [$0] } ?? [])
        case .window(let window): window.arguments + (window.filter.map { [$0] } ?? []) + window.partition + window.order.map(\.expression)
        }
    }

    var subquery: Query? {
        switch self {
        case .exists(let query), .scalarSubquery(let query, _), .inSubquery(_, let query, _): query
        default: nil
        }
    }
}

extension Expr {
    /// Whether this or anything below it, sub-queries left out, is so.
    func contains(_ isSo: (Expr) -> Bool) -> Bool { isSo(self) || operation.children.contains { $0.contains(isSo) } }

    /// It looks at no row, nor at a parameter.
    var looksAtNothing: Bool {
        !contains { part in
            switch part.operation {
            case .column, .output, .parameter, .aggregate, .window, .exists, .scalarSubquery, .inSubquery: true
            default: false
            }
        }
    }

    var containsAggregate: Bool { contains { if case .aggregate = $0.operation { true } else { false } } }
    var containsWindow: Bool { contains { if case .window = $0.operation { true } else { false } } }
    var containsPoison: Bool { contains(\.isPoison) }
}

extension Expr {
    /// The same operation over changed parts; sub-queries stay as they are.
    func mapped(_ change: (Expr) -> Expr) -> Expr {
        var result = self
        result.operation =
            switch operation {
            case .column, .output, .literal, .parameter, .poison, .exists, .scalarSubquery: operation
            case .call(let function, let parts): .call(function, parts.map(change))
            case .compare(let op, let a, let b): .compare(op, change(a), change(b))
            case .arithmetic(let op, let a, let b): .arithmetic(op, change(a), change(b))
            case .and(let parts): .and(parts.map(change))
            case .or(let parts): .or(parts.map(change))
            case .not(let part): .not(change(part))
            case .isNull(let part): .isNull(change(part))
            case .isNotNull(let part): .isNotNull(change(part))
            case .isBoolean(let part, let flag, let negated): .isBoolean(change(part), value: flag, negated: negated)
            case .choose(let branches, let otherwise):
                .choose(branches.map { Branch(condition: change($0.condition), value: change($0.value)) }, otherwise: otherwise.map(change))
            case .coalesce(let parts): .coalesce(parts.map(change))
            case .nullIf(let a, let b): .nullIf(change(a), change(b))
            case .inList(let part, let items, let negated): .inList(change(part), items.map(change), negated: negated)
            case .toReal(let part): .toReal(change(part))
            case .toDigits(let part): .toDigits(change(part))
            case .inSubquery(let values, let query, let negated): .inSubquery(values.map(change), query, negated: negated)
            case .aggregate(let aggregate): .aggregate(aggregate.mapped(change))
            case .window(let window): .window(window.mapped(change))
            }
        return result
    }
}

extension Aggregate {
    func mapped(_ change: (Expr) -> Expr) -> Aggregate {
        var result = self
        result.arguments = arguments.map(change)
        result.filter = filter.map(change)
        return result
    }
}

extension WindowCall {
    func mapped(_ change: (Expr) -> Expr) -> WindowCall {
        var result = self
        result.arguments = arguments.map(change)
        result.filter = filter.map(change)
        result.partition = partition.map(change)
        result.order = order.map { SortKey(expression: change($0.expression), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
        return result
    }
}
