internal import FeatureModel

/// Recognises `SELECT DISTINCT ON (keys) … ORDER BY keys, others`.
/// Produces `SELECT … FROM (SELECT …, row_number() OVER (PARTITION BY keys ORDER BY others) AS n …) WHERE n = 1 ORDER BY …`.
struct DistinctOn: QueryRewriter {
    let newRelation: () -> Int

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(var select) = query.body, case .on(let keys) = select.distinct else { return query }
        let within = query.orderBy.filter { !keys.contains($0.expression) }
        let number = Expr(
            .window(WindowCall(function: "row_number", arguments: [], filter: nil, partition: keys, order: within, frame: nil)),
            PostgresType(.int8), .integer, isNullable: false)
        select.distinct = .none
        let peers = WindowCall(function: "count", arguments: [], filter: nil, partition: keys + within.map(\.expression), order: [], frame: nil)
        let width = select.output.count
        select.output += query.orderBy.map(\.expression)
        if query.tiesAreUnproven { select.output.append(Expr(.window(peers), PostgresType(.int8), .integer, isNullable: false)) }
        select.output.append(number)
        let id = newRelation()
        let inner = Query(body: .select(select), columns: select.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) })
        var result = query
        func column(_ index: Int) -> Expr { inner.columns[index].reference(.column(ColumnID(relation: id, index: index))) }

        let position = column(select.output.count - 1), one = Expr.integer(1, .int8)
        var isFirst = Expr.boolean(.compare(.equal, position, one), isNullable: false)
        if query.tiesAreUnproven {
            let count = column(select.output.count - 2)
            isFirst = TieGuard.choose([(.compare(.notEqual, position, one), .bool(false)), (.compare(.greater, count, one), TieGuard.raise())])
            result.tiesAreUnproven = false
        }
        result.body = .select(Select(output: (0..<width).map(column), from: .query(id: id, inner), predicate: isFirst))
        result.orderBy = query.orderBy.enumerated().map { index, key in
            SortKey(expression: column(width + index), isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        return result
    }
}
