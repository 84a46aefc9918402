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
        guard !query.orderBy.isEmpty, let places = query.addSortKeys() else { return nil }
        if case .common = source, query.columns.count > width { return nil }
        keys = zip(query.orderBy, places).map { key, place in
            let column = query.columns[place].reference(.column(ColumnID(relation: id, index: place)))
            return SortKey(expression: column, isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        if case .query = source { self.source = .query(id: id, query) } else { self.source = source }
    }

    func keys(for aggregate: String) -> [SortKey] {
        users.append(aggregate)
        return keys
    }

    /// An aggregate for which the order is not settled after all: groups are made by sorting, unless the rows come group by group.
    func refused(groupBy: [Expr]) -> String? {
        let isByGroup = Set(keys.prefix(groupBy.count).map(\.expression)) == Set(groupBy)
        return isByGroup && !hasOrderedAggregate ? nil : users.first
    }
}

extension Query {
    /// Puts sort keys that are no output columns behind these; their places, or nil where DISTINCT or a set operation leaves no room.
    mutating func addSortKeys() -> [Int]? {
        var places: [Int] = []
        for key in orderBy {
            if case .output(let place) = key.expression.operation {
                places.append(place)
                continue
            }
            guard case .select(var select) = body else { return nil }
            if let place = select.output.firstIndex(of: key.expression) {
                places.append(place)
                continue
            }
            guard select.distinct == .none else { return nil }
            places.append(select.output.count)
            select.output.append(key.expression)
            columns.append(QueryColumn(name: "c\(select.output.count)", key.expression))
            body = .select(select)
        }
        return places
    }
}
