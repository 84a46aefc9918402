internal import FeatureModel

/// Recognises LIMIT whose ORDER BY does not provably order rows totally (``Query/tiesAreUnproven``), where the input asks for run-time checks.
/// Produces `row_number() <= n` over the ordered rows, with an error as soon as rows that are equal under ORDER BY stand on both sides of
/// the limit: which of them are kept would be chance.
struct TieGuard: QueryRewriter {
    let newRelation: () -> Int

    /// What stands for a value that would be chance.
    static let function = "pg_raise"

    static func raise() -> Expr {
        raise("rows that are equal under ORDER BY stand on both sides of LIMIT or DISTINCT ON; order by a unique column as well", .bool(true))
    }

    /// An error in place of a value.
    static func raise(_ message: String, _ value: Expr) -> Expr {
        var result = value
        result.operation = .call(function, [.text("P0001"), .text(message)])
        return result
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard query.tiesAreUnproven, let limit = query.limit, query.offset == nil else { return query }
        let width = query.columns.count
        let (inner, keys) = orderedColumns(query)
        let id = newRelation()
        func column(_ index: Int) -> Expr { inner.columns[index].reference(.column(ColumnID(relation: id, index: index))) }
        let order = zip(query.orderBy, keys).map { SortKey(expression: column($1), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }

        func window(_ function: String, partition: [Expr], order: [SortKey]) -> Expr {
            let call = WindowCall(function: function, arguments: [], filter: nil, partition: partition, order: order, frame: nil)
            return Expr(.window(call), PostgresType(.int8), .integer, isNullable: false)
        }
        let numbered = Select(
            output: inner.columns.indices.map(column) + [
                window("row_number", partition: [], order: order), window("rank", partition: [], order: order),
                window("count", partition: order.map(\.expression), order: []),
            ], from: .query(id: id, inner))
        let middle = Query(body: .select(numbered), columns: numbered.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) })
        let outerID = newRelation()
        func outer(_ index: Int) -> Expr { middle.columns[index].reference(.column(ColumnID(relation: outerID, index: index))) }
        let number = outer(inner.columns.count), rank = outer(inner.columns.count + 1), peers = outer(inner.columns.count + 2)
        let last = Expr(.arithmetic("+", rank, peers), PostgresType(.int8), .integer, isNullable: false)
        let isKept = Self.choose(
            [(.compare(.greater, number, limit), .bool(false)), (.compare(.greater, last, Self.successor(of: limit)), Self.raise())])

        var select = Select(output: (0..<width).map(outer), from: .query(id: outerID, middle))
        select.predicate = isKept
        let outerOrder = zip(query.orderBy, keys).map { SortKey(expression: outer($1), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
        return Query(with: query.with, body: .select(select), orderBy: outerOrder, columns: query.columns)
    }

    static func choose(_ branches: [(Operation, Expr)]) -> Expr {
        let all = branches.map { Branch(condition: .boolean($0, isNullable: false), value: $1) }
        return .boolean(.choose(all, otherwise: .bool(true)), isNullable: false)
    }

    private static func successor(of limit: Expr) -> Expr {
        Expr(.arithmetic("+", limit, .integer(1, .int8)), PostgresType(.int8), .integer, isNullable: false)
    }

    /// The query without order and limit, its order keys among its columns, and where they are.
    private func orderedColumns(_ query: Query) -> (Query, [Int]) {
        var inner = query
        inner.with = []
        inner.limit = nil
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
