internal import FeatureModel

/// Columns of which it is known what constant they are equal to in every row that counts.
struct KnownColumns: Hashable, Sendable {
    private var values: [ColumnID: Expr] = [:]

    subscript(column: ColumnID) -> Expr? { values[column] }

    /// The constant that an expression is equal to: its own, or that of the column that it is.
    func value(of expression: Expr) -> Expr? {
        if let column = expression.column { return values[column] }
        return expression.isConstant ? expression : nil
    }

    /// The relations that have such a column. A row in which it is null does not count.
    var relations: Set<Int> { Set(values.keys.map(\.relation)) }

    /// Takes what the conditions say, directly and through equal columns.
    mutating func add(_ conditions: [Expr]) {
        var size = -1
        while size != values.count {
            size = values.count
            for case .compare(.equal, let a, let b) in conditions.map(\.operation) {
                learn(a, b)
                learn(b, a)
            }
        }
    }

    mutating func add(_ column: ColumnID, _ value: Expr) {
        if values[column] == nil { values[column] = value }
    }

    private mutating func learn(_ side: Expr, _ other: Expr) {
        guard let column = side.column, values[column] == nil, side.encoding == other.encoding, let value = value(of: other) else { return }
        values[column] = value
    }

    /// What these say about the output of a query that stands in FROM.
    func predicates(on relation: Int, of query: Query) -> [PushDown.Predicate] {
        query.columns.indices.compactMap { index in
            guard let value = values[ColumnID(relation: relation, index: index)], value.encoding == query.columns[index].encoding else { return nil }
            return PushDown.Predicate(column: index, value: value)
        }
    }

    func without(_ relations: Set<Int>) -> KnownColumns {
        var result = KnownColumns()
        result.values = values.filter { !relations.contains($0.key.relation) }
        return result
    }
}

extension Expr {
    /// A parameter or a literal that is not null.
    var isConstant: Bool {
        switch operation {
        case .parameter: true
        case .literal(let literal): literal != .null
        default: false
        }
    }

    /// A key: the clock and the values of the request are parameters, too, but say nothing about whose rows are meant.
    var isKey: Bool { if case .parameter(let number) = operation { number > Expr.clockNumber } else { false } }
}

extension Source {
    /// Conditions that hold in every row of a join: of its inner joins, but not of those that may be replaced by nulls.
    var conditionsThatHold: [Expr] {
        guard case .join(let kind, let left, let right, let on) = self else { return [] }
        return switch kind {
        case .inner: left.conditionsThatHold + right.conditionsThatHold + (on?.conjuncts ?? [])
        case .left: left.conditionsThatHold
        case .right: right.conditionsThatHold
        case .full: []
        }
    }
}
