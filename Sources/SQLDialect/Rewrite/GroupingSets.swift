internal import FeatureModel

/// Recognises GROUPING SETS, ROLLUP and CUBE.
/// Produces a UNION ALL of one grouped SELECT per set, in which the keys that are not in the set are null outside of aggregates and
/// `GROUPING(…)` is a constant; window functions run over that union.
struct GroupingSets {
    static let marker = "grouping"

    let newRelation: () -> Int
    let newCommonTable: () -> Int

    /// - Parameter query: its body is the SELECT without grouping; its ORDER BY is in the terms of that SELECT.
    func expanded(_ query: Query, sets: [[Expr]]) -> Query {
        guard case .select(var select) = query.body else { return query }
        if sets.count > 1, (select.output + query.orderBy.map(\.expression)).contains(where: \.containsWindow) {
            return windowed(query, select, sets)
        }
        let all = sets.flatMap(\.self)
        if sets.count == 1 {
            select.groupBy = sets[0]
            select = substituted(select, set: sets[0], all: all)
            var result = query
            result.orderBy = query.orderBy.map { substituted($0, sets[0], all) }
            result.body = .select(select)
            return result
        }
        // Order keys that are no output columns become hidden ones.
        let width = select.output.count
        select.output += query.orderBy.map(\.expression)
        var columns = select.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) }
        for index in columns.indices where all.contains(where: { key in select.output[index].contains { $0 == key } }) {
            columns[index].isNullable = true
        }
        let branches = sets.enumerated().map { number, set -> Query in
            var branch = substituted(select, set: set, all: all)
            branch.groupBy = set
            branch.isGrouped = true
            let query = Query(body: .select(branch), columns: columns)
            // Each branch reads relations of its own.
            var renumbering = Renumbering(newRelation: newRelation, newCommonTable: newCommonTable)
            return number == 0 ? query : renumbering.copy(of: query)
        }
        let union = branches.dropFirst().reduce(branches[0]) { Query(body: .setOperation(.union, all: true, $0, $1), columns: columns) }
        let id = newRelation()
        func column(_ index: Int) -> Expr { columns[index].reference(.column(ColumnID(relation: id, index: index))) }
        var outer = Select(output: (0..<width).map(column), from: .query(id: id, union))
        outer.distinct = select.distinct
        let order = query.orderBy.enumerated().map { index, key in
            SortKey(expression: column(width + index), isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        let named = query.columns.enumerated().map { index, column in
            var result = columns[index]
            result.name = column.name
            return result
        }
        return Query(with: query.with, body: .select(outer), orderBy: order, limit: query.limit, offset: query.offset, columns: named)
    }

    private func windowed(_ query: Query, _ select: Select, _ sets: [[Expr]]) -> Query {
        var parts: [Expr] = []
        let id = newRelation()
        func part(_ value: Expr) -> Expr {
            if value.isLiteral { return value }
            let place = parts.firstIndex(of: value) ?? parts.count
            if place == parts.count { parts.append(value) }
            var result = value.read(from: ColumnID(relation: id, index: place))
            result.isNullable = true
            return result
        }
        func lifted(_ value: Expr) -> Expr {
            if !value.containsWindow { return part(value) }
            var result = value
            // What was proven of a key's nulls is not so of the sets without it.
            if case .window(let window) = value.operation {
                result.operation = .window(window.mapped(part))
            } else {
                result = value.mapped(lifted)
                result.isNullable = true
            }
            return result
        }
        var outer = Select(output: select.output.map(lifted))
        outer.distinct = select.distinct
        let order = query.orderBy.map { SortKey(expression: lifted($0.expression), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
        var inner = select
        inner.distinct = .none
        inner.output = parts.isEmpty ? [.bool(true)] : parts
        let columns = inner.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) }
        outer.from = .query(id: id, expanded(Query(body: .select(inner), columns: columns), sets: sets))
        let named = zip(query.columns, outer.output).map { QueryColumn(name: $0.name, $1) }
        return Query(with: query.with, body: .select(outer), orderBy: order, limit: query.limit, offset: query.offset, columns: named)
    }

    private func substituted(_ select: Select, set: [Expr], all: [Expr]) -> Select {
        var result = select
        result.distinct = .none
        result.output = select.output.map { substituted($0, set, all) }
        result.having = select.having.map { substituted($0, set, all) }
        if all.count == set.count { result.distinct = select.distinct }
        return result
    }

    private func substituted(_ key: SortKey, _ set: [Expr], _ all: [Expr]) -> SortKey {
        SortKey(expression: substituted(key.expression, set, all), isDescending: key.isDescending, nullsFirst: key.nullsFirst)
    }

    private func substituted(_ value: Expr, _ set: [Expr], _ all: [Expr]) -> Expr {
        replaced(value, set, all.filter { !set.contains($0) })
    }

    /// Goes from the outside in: a key is kept or replaced as a whole, whatever keys it is made of, and what is inside an aggregate stays.
    private func replaced(_ value: Expr, _ set: [Expr], _ absent: [Expr]) -> Expr {
        if set.contains(value) { return value }
        if absent.contains(value) { return .null(value.type, value.encoding) }
        switch value.operation {
        case .aggregate: return value
        case .call(Self.marker, let keys): return .integer(keys.reduce(Int64(0)) { $0 << 1 | (set.contains($1) ? 0 : 1) })
        default: return value.mapped { replaced($0, set, absent) }
        }
    }
}
