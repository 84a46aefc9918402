internal import FeatureModel

/// The rows of a query with their places in its order: `SELECT … FROM (SELECT …, row_number() … FROM (query))`, its LIMIT left out.
struct NumberedRows {
    private let original: Query
    private let source: Query
    private let relation: Int
    /// Where the order keys are among the columns.
    private let keys: [Int]
    private let width: Int

    /// Of a row: its number, its rank, how many are equal to it under ORDER BY, and how many of these are the same in all columns.
    let number: Expr, rank: Expr, peers: Expr, same: Expr

    /// - Parameter counts: whether `peers` and `same` are asked for.
    init(_ query: Query, newRelation: () -> Int, counts: Bool) {
        original = query
        width = query.columns.count
        let (inner, keys) = Self.orderedColumns(query)
        self.keys = keys
        let id = newRelation()
        func column(_ index: Int) -> Expr { inner.columns[index].reference(.column(ColumnID(relation: id, index: index))) }
        let order = zip(query.orderBy, keys).map { SortKey(expression: column($1), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
        func window(_ function: String, partition: [Expr], order: [SortKey]) -> Expr {
            let call = WindowCall(function: function, arguments: [], filter: nil, partition: partition, order: order, frame: nil)
            return Expr(.window(call), PostgresType(.int8), .integer, isNullable: false)
        }
        var places = [window("row_number", partition: [], order: order), window("rank", partition: [], order: order)]
        if counts {
            let equal = order.map(\.expression)
            let shown = (0..<width).map { column($0).asPrinted }
            places += [window("count", partition: equal, order: []), window("count", partition: equal + shown, order: [])]
        }
        let output = inner.columns.indices.map(column) + places
        source = Query(
            body: .select(Select(output: output, from: .query(id: id, inner))),
            columns: output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) })
        let outer = newRelation()
        relation = outer
        let columns = source.columns
        func place(_ index: Int) -> Expr {
            let at = min(inner.columns.count + index, columns.count - 1)
            return columns[at].reference(.column(ColumnID(relation: outer, index: at)))
        }
        (number, rank, peers, same) = (place(0), place(1), place(2), place(3))
    }

    /// Those rows that meet the condition, in order.
    func query(where condition: Expr) -> Query {
        func column(_ index: Int) -> Expr { source.columns[index].reference(.column(ColumnID(relation: relation, index: index))) }
        var select = Select(output: (0..<width).map(column), from: .query(id: relation, source))
        select.predicate = condition
        let order = zip(original.orderBy, keys).map { SortKey(expression: column($1), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
        return Query(with: original.with, body: .select(select), orderBy: order, columns: original.columns)
    }

    /// The query without order and limit, its order keys among its columns, and where they are.
    private static func orderedColumns(_ query: Query) -> (Query, [Int]) {
        var inner = query
        inner.with = []
        inner.limit = nil
        inner.offset = nil
        inner.orderBy = []
        inner.tiesAreUnproven = false
        let keys = query.orderBy.map { key -> Int in
            if case .output(let index) = key.expression.operation { return index }
            guard case .select(var select) = inner.body else { return 0 }
            if let index = select.output.firstIndex(of: key.expression) { return index }
            select.output.append(key.expression)
            inner.body = .select(select)
            inner.columns.append(QueryColumn(name: "c\(select.output.count)", key.expression))
            return select.output.count - 1
        }
        return (inner, keys)
    }
}
