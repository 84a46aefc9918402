internal import FeatureModel

/// Produces, for each reference to `request`, a sub-select of one row of parameters; and takes off the statement around the query that says
/// what `request` is, so that the rewriter sees the query itself.
enum RequestSource {
    static func row(of request: RequestRelation) -> Query {
        let values = request.columns.enumerated().map { index, column -> Expr in
            var value = Expr(
                .parameter(Expr.requestNumber(index)), column.type, Encoding.ofColumn(column.type) ?? .text, isNullable: true,
                digits: column.type.encodedDigits)
            value.bringsNegativeZero = value.encoding == .real
            return value
        }
        return Query(body: .select(Select(output: values, from: nil)), columns: zip(request.columns, values).map { QueryColumn(name: $0.name, $1) })
    }

    /// `SELECT * FROM (query)` is the query.
    static func unwrapped(_ query: Query) -> Query {
        guard query.with.isEmpty, query.orderBy.isEmpty, query.limit == nil, query.offset == nil, case .select(let select) = query.body,
            case .query(let id, var inner)? = select.from,
            select == Select(output: inner.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }, from: select.from)
        else { return query }
        for index in inner.columns.indices { inner.columns[index].name = query.columns[index].name }
        return inner
    }
}

extension Select {
    /// The row of a call's request.
    var isRequest: Bool {
        from == nil && predicate == nil && !output.isEmpty
            && output.allSatisfy { if case .parameter(let number) = $0.operation { number < Expr.clockNumber } else { false } }
    }
}
