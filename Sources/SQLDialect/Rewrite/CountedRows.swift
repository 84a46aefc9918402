internal import FeatureModel

/// Recognises INTERSECT ALL and EXCEPT ALL, which SQLite does not have, over values that print alike where they are equal.
/// Produces INTERSECT and EXCEPT of rows that are numbered among their equals. ``PrintedKeys`` has those over other values.
struct CountedRows: QueryRewriter {
    let newRelation: () -> Int

    mutating func rewritten(_ query: Query) -> Query {
        guard case .setOperation(let op, all: true, let left, let right) = query.body, op != .union else { return query }
        let number = QueryColumn(name: "c\(query.columns.count + 1)", .integer(0, .int8))
        let numbered = [left, right].map { side -> Query in
            let id = newRelation()
            let row = side.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
            let output = row + [number.reference(Self.number(among: row))]
            return Query(body: .select(Select(output: output, from: .query(id: id, side))), columns: side.columns + [number])
        }
        let id = newRelation()
        let columns = query.columns
        let combined = Query(body: .setOperation(op, all: false, numbered[0], numbered[1]), columns: columns + [number])
        let output = columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        var result = query
        result.body = .select(Select(output: output, from: .query(id: id, combined)))
        result.orderBy = query.orderBy.map { key in
            let expression = if case .output(let place) = key.expression.operation { output[place] } else { key.expression }
            return SortKey(expression: expression, isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        return result
    }

    /// The place of a row among those that are equal to it.
    static func number(among row: [Expr]) -> Operation {
        .window(WindowCall(function: "row_number", arguments: [], filter: nil, partition: row, order: [], frame: nil))
    }
}
