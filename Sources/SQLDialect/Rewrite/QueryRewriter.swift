/// Rebuilds a query from the inside out: a pass says what becomes of a query or an expression whose parts are already done.
protocol QueryRewriter {
    mutating func rewritten(_ query: Query) -> Query
    mutating func rewritten(_ expression: Expr) -> Expr
}

extension QueryRewriter {
    mutating func rewritten(_ query: Query) -> Query { query }
    mutating func rewritten(_ expression: Expr) -> Expr { expression }

    mutating func rewrite(_ query: Query) -> Query {
        var result = query
        for index in query.with.indices { result.with[index].query = rewrite(query.with[index].query) }
        switch query.body {
        case .select(let select): result.body = .select(rewrite(select))
        case .values(let rows): result.body = .values(rows.map { rewrite($0) })
        case .setOperation(let op, let all, let left, let right): result.body = .setOperation(op, all: all, rewrite(left), rewrite(right))
        }
        result.orderBy = rewrite(query.orderBy)
        result.limit = query.limit.map { rewrite($0) }
        result.offset = query.offset.map { rewrite($0) }
        return rewritten(result)
    }

    private mutating func rewrite(_ select: Select) -> Select {
        var result = select
        result.from = select.from.map { rewrite($0) }
        result.output = rewrite(select.output)
        result.predicate = select.predicate.map { rewrite($0) }
        result.groupBy = rewrite(select.groupBy)
        result.having = select.having.map { rewrite($0) }
        if case .on(let keys) = select.distinct { result.distinct = .on(rewrite(keys)) }
        return result
    }

    private mutating func rewrite(_ source: Source) -> Source {
        switch source {
        case .table, .common: source
        case .query(let id, let query): .query(id: id, rewrite(query))
        case .join(let kind, let left, let right, let on): .join(kind, rewrite(left), rewrite(right), on: on.map { rewrite($0) })
        case .series(let id, .elements(let value)): .series(id: id, .elements(rewrite(value)))
        case .series(let id, .counted(let series)):
            .series(
                id: id,
                .counted(
                    Series.Counted(
                        start: rewrite(series.start), stop: rewrite(series.stop), step: rewrite(series.step), advance: series.advance,
                        zone: series.zone)))
        }
    }

    private mutating func rewrite(_ parts: [Expr]) -> [Expr] { parts.map { rewrite($0) } }

    private mutating func rewrite(_ keys: [SortKey]) -> [SortKey] {
        keys.map { SortKey(expression: rewrite($0.expression), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst) }
    }

    mutating func rewrite(_ value: Expr) -> Expr {
        switch value.operation {
        case .column, .output, .literal, .parameter, .poison: return rewritten(value)
        default: break
        }
        var result = value.mapped { rewrite($0) }
        switch result.operation {
        case .exists(let query): result.operation = .exists(rewrite(query))
        case .scalarSubquery(let query, let provenSingle): result.operation = .scalarSubquery(rewrite(query), provenSingle: provenSingle)
        case .inSubquery(let values, let query, let negated): result.operation = .inSubquery(values, rewrite(query), negated: negated)
        default: break
        }
        return rewritten(result)
    }
}
