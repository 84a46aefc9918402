internal import FeatureModel

/// Recognises `SELECT DISTINCT ON (keys) … ORDER BY keys, others`.
/// Produces `SELECT … FROM (SELECT …, row_number() OVER (PARTITION BY keys ORDER BY others) AS n …) WHERE n = 1 ORDER BY …`.
struct DistinctOn: QueryRewriter {
    let newRelation: () -> Int

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(var select) = query.body, case .on(let keys) = select.distinct else { return query }
        let within = query.orderBy.filter { !keys.contains($0.expression) }
        func place(_ function: String) -> Expr {
            let call = WindowCall(function: function, arguments: [], filter: nil, partition: keys, order: within, frame: nil)
            return Expr(.window(call), PostgresType(.int8), .integer, isNullable: false)
        }
        select.distinct = .none
        let width = select.output.count
        // Rows that are equal under ORDER BY are no matter where they are the same in all that is put out.
        let hasWindow = select.output.contains(where: \.containsWindow)
        let shown = hasWindow ? [] : select.output.filter { !$0.isLiteral }.map(\.asPrinted)
        func peers(_ partition: [Expr]) -> Expr {
            let call = WindowCall(function: "count", arguments: [], filter: nil, partition: partition, order: [], frame: nil)
            return Expr(.window(call), PostgresType(.int8), .integer, isNullable: false)
        }
        let peerKeys = keys + within.map(\.expression)
        select.output += query.orderBy.map(\.expression)
        if query.tiesAreUnproven { select.output += [peers(peerKeys), peers(peerKeys + shown), place("rank")] }
        select.output.append(place("row_number"))
        let id = newRelation()
        let inner = Query(body: .select(select), columns: select.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) })
        var result = query
        func column(_ index: Int) -> Expr { inner.columns[index].reference(.column(ColumnID(relation: id, index: index))) }

        let position = column(select.output.count - 1), one = Expr.integer(1, .int8)
        var isFirst = Expr.boolean(.compare(.equal, position, one), isNullable: false)
        if query.tiesAreUnproven {
            let marks = (select.output.count - 4..<select.output.count - 1).map(column)
            let differ = Expr.boolean(.compare(.greater, marks[0], hasWindow ? one : marks[1]), isNullable: false)
            let leads = Expr.boolean(.compare(.equal, marks[2], one), isNullable: false)
            // Every row of the equal ones raises, not only the one that chance put first: a key's condition may leave only another.
            isFirst = TieGuard.choose([(.and([leads, differ]), TieGuard.raise()), (.compare(.notEqual, position, one), .bool(false))])
            // The limit behind it has ties of its own.
            result.tiesAreUnproven = query.limit != nil || query.offset != nil
        }
        result.body = .select(Select(output: (0..<width).map(column), from: .query(id: id, inner), predicate: isFirst))
        result.orderBy = query.orderBy.enumerated().map { index, key in
            SortKey(expression: column(width + index), isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        return result
    }
}
