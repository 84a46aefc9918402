internal import FeatureModel

/// Recognises window functions whose answer depends on the order of rows that PARTITION BY and ORDER BY leave equal: numbers and offsets,
/// the ends of a frame, aggregates over ROWS.
/// Produces nothing where ``TotalOrder`` proves that there are no such rows. Elsewhere an obstacle or, where the input asks for run-time
/// checks, the SELECT over its own rows with a mark on those that have an equal that differs, and an error in place of any value that
/// would be chance: `… FROM (SELECT …, marks FROM (SELECT parts FROM … WHERE … GROUP BY …))`.
struct WindowTies: QueryRewriter {
    let order: TotalOrder
    let checksTies: Bool
    let newRelation: () -> Int
    private(set) var obstacles: [Obstacle] = []

    init(order: TotalOrder, checksTies: Bool, newRelation: @escaping () -> Int) {
        self.order = order
        self.checksTies = checksTies
        self.newRelation = newRelation
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(let select) = query.body else { return query }
        var windows: [WindowCall] = []
        for value in select.output + query.orderBy.map(\.expression) { value.collectWindows(&windows) }
        let open = windows.filter { window in
            window.isWritten && WindowSensitivity(window) != nil
                && !order.isTotal(window.partition + window.order.map(\.expression), in: select)
        }
        if open.isEmpty { return query }
        let found = obstacles.count
        for window in open where !checksTies || window.order.isEmpty { refuse(window) }
        if (select.output + query.orderBy.map(\.expression)).contains(where: Self.hidesWindow) {
            obstacles.append(Obstacle(construct: "window function before IN (sub-query)", hint: Binder.useTraining))
        }
        return obstacles.count > found ? query : guarded(query, select, Set(open))
    }

    private mutating func refuse(_ window: WindowCall) {
        let isBuiltIn = SQLiteFunctions.byName[window.function] == nil && !["count", "min", "max"].contains(window.function)
        let name = isBuiltIn ? "\(window.function)()" : "aggregate over ROWS"
        let hint =
            "rows that are equal under PARTITION BY and ORDER BY have no order of their own; end ORDER BY with columns that make each row unique"
        let obstacle = Obstacle(construct: "\(name) without \(window.order.isEmpty ? "ORDER BY" : "a total order")", hint: hint)
        if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
    }

    /// The sub-query may refer to relations that move a level down.
    static func hidesWindow(_ value: Expr) -> Bool {
        value.contains { if case .inSubquery(let values, _, _) = $0.operation { values.contains(where: \.containsWindow) } else { false } }
    }

    private func guarded(_ query: Query, _ select: Select, _ open: Set<WindowCall>) -> Query {
        var rows = MarkedRows(newRelation: newRelation)
        func moved(_ value: Expr) -> Expr {
            if !value.containsWindow { return rows.part(value) }
            guard case .window(let window) = value.operation else { return value.mapped(moved) }
            var result = value
            let own = window.mapped { rows.part($0) }
            result.operation = .window(own)
            guard open.contains(window), let sensitivity = WindowSensitivity(window) else { return result }
            return sensitivity.guarded(result, own, &rows)
        }
        var outer = Select(output: select.output.map(moved))
        let orderBy = query.orderBy.map {
            SortKey(expression: moved($0.expression), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst)
        }
        switch select.distinct {
        case .none: break
        case .all: outer.distinct = .all
        case .on(let keys): outer.distinct = .on(keys.map(moved))
        }
        var base = select
        base.distinct = .none
        outer.from = rows.source(over: base)
        var result = query
        result.body = .select(outer)
        result.orderBy = orderBy
        return result
    }
}
