internal import FeatureModel

/// The order in which a SELECT reads its rows, where that is settled: its FROM is one sub-select, or common table, that has an ORDER BY.
/// `array_agg(x)` and its like take it if they have no ORDER BY of their own, as PostgreSQL's manual says of a sorted sub-query.
final class ArrivalOrder {
    /// The same FROM, the sort keys among its columns.
    let source: Source
    let keys: [SortKey]
    /// Aggregates that rely on it.
    private(set) var users: [String] = []
    /// An aggregate sorts its input itself, and PostgreSQL 16 lets the others read it as that one sorts it.
    var hasOrderedAggregate = false

    init?(_ source: Source, commonTables: [Int: Query]) {
        let id: Int
        var query: Query
        switch source {
        case .query(let relation, let inner): (id, query) = (relation, inner)
        case .common(let relation, let table):
            guard let inner = commonTables[table] else { return nil }
            (id, query) = (relation, inner)
        case .table, .join, .series: return nil
        }
        let width = query.columns.count
        guard !query.orderBy.isEmpty, let keys = query.addSortKeys(readFrom: id) else { return nil }
        if case .common = source, query.columns.count > width { return nil }
        self.keys = keys
        if case .query = source { self.source = .query(id: id, query) } else { self.source = source }
    }

    func keys(for aggregate: String) -> [SortKey] {
        users.append(aggregate)
        return keys
    }

    /// Whether the rows of a group arrive in it: groups are made by sorting, unless the rows come group by group.
    func holds(within groupBy: [Expr]) -> Bool {
        !hasOrderedAggregate && Set(keys.prefix(groupBy.count).map(\.expression)) == Set(groupBy)
    }
}

extension Query {
    /// Puts sort keys that are no output columns behind these. Gives all of them as columns of the relation that the query is to be, or nil
    /// where DISTINCT or a set operation leaves no room.
    mutating func addSortKeys(readFrom relation: Int) -> [SortKey]? {
        var keys: [SortKey] = []
        for key in orderBy {
            guard let place = place(of: key.expression) else { return nil }
            let column = columns[place].reference(.column(ColumnID(relation: relation, index: place)))
            keys.append(SortKey(expression: column, isDescending: key.isDescending, nullsFirst: key.nullsFirst))
        }
        return keys
    }

    private mutating func place(of key: Expr) -> Int? {
        if case .output(let place) = key.operation { return place }
        guard case .select(var select) = body else { return nil }
        if let place = select.output.firstIndex(of: key) { return place }
        guard select.distinct == .none else { return nil }
        select.output.append(key)
        columns.append(QueryColumn(name: "c\(select.output.count)", key))
        body = .select(select)
        return select.output.count - 1
    }
}
