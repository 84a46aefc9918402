internal import FeatureModel

/// Recognises GROUP BY, DISTINCT and UNION over values that can be equal and print differently (1.5 and 1.50, `1 day` and `24:00:00`):
/// which of them stands for the others is open in PostgreSQL.
/// Produces grouped queries that answer with an error if the values of a group are not printed alike.
struct PrintedKeys: QueryRewriter {
    let newRelation: () -> Int

    mutating func rewritten(_ query: Query) -> Query {
        switch query.body {
        case .select(let select):
            let vary = select.distinct == .all && select.output.contains(where: \.printsVary)
            return vary ? distinct(checked(query, select)) : checked(query, select)
        case .setOperation(let op, all: false, let left, let right):
            return query.columns.contains { $0.reference(.output(0)).printsVary } ? combined(query, op, left, right) : query
        case .setOperation, .values: return query
        }
    }

    // MARK: GROUP BY

    private func checked(_ query: Query, _ select: Select) -> Query {
        let keys = select.groupBy.filter(\.printsVary)
        if keys.isEmpty { return query }
        var select = select
        var result = query
        select.output = select.output.map { Self.checked($0, keys) }
        select.having = select.having.map { Self.checked($0, keys) }
        result.orderBy = query.orderBy.map {
            SortKey(expression: Self.checked($0.expression, keys), isDescending: $0.isDescending, nullsFirst: $0.nullsFirst)
        }
        result.body = .select(select)
        return result
    }

    /// Keys within aggregates are those of each row; for the partition and order of windows equal is equal.
    private static func checked(_ value: Expr, _ keys: [Expr]) -> Expr {
        if keys.contains(value) { return checked(value) }
        switch value.operation {
        case .aggregate: return value
        case .window(var window):
            window.arguments = window.arguments.map { checked($0, keys) }
            window.filter = window.filter.map { checked($0, keys) }
            var result = value
            result.operation = .window(window)
            return result
        default: return value.mapped { checked($0, keys) }
        }
    }

    private static func checked(_ key: Expr) -> Expr {
        func extreme(_ function: String) -> Expr {
            let text = key.encoding == .real ? key.printedNumber : key.asPrinted
            let aggregate = Aggregate(function: function, arguments: [text], isDistinct: false, filter: nil)
            return Expr(.aggregate(aggregate), PostgresType(.text), .text, isNullable: true)
        }
        let message =
            "values that are equal but not printed alike are one group, and which of them to print would be chance; "
            + "cast them to a type with a scale, such as numeric(18,2)"
        var result = key
        let differ = Expr.boolean(.compare(.distinct, extreme("min"), extreme("max")), isNullable: false)
        result.operation = .choose([Branch(condition: differ, value: TieGuard.raise(message, key))], otherwise: key)
        return result
    }

    // MARK: DISTINCT, set operations

    /// The query's rows, taken once by GROUP BY.
    private func distinct(_ query: Query) -> Query {
        guard case .select(var select) = query.body else { return query }
        let places = Dictionary(select.output.enumerated().map { ($1, $0) }) { first, _ in first }
        select.distinct = .none
        return grouped(query, over: Query(body: .select(select), columns: query.columns), vary: select.output.map(\.printsVary), having: { _ in nil }) {
            places[$0]
        }
    }

    /// The rows of both sides together, numbered by side: a group is in the result by the sides that it comes from.
    private func combined(_ query: Query, _ op: SetOperator, _ left: Query, _ right: Query) -> Query {
        let sides = [left, right].enumerated().map { number, side -> Query in
            let id = newRelation()
            let output = side.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) } + [.integer(Int64(number))]
            let columns = output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) }
            return Query(body: .select(Select(output: output, from: .query(id: id, side))), columns: columns)
        }
        let number = QueryColumn(name: "c\(query.columns.count + 1)", .integer(0))
        let inner = Query(body: .setOperation(.union, all: true, sides[0], sides[1]), columns: query.columns + [number])
        func isPresent(_ relation: Int) -> Expr? {
            let side = number.reference(.column(ColumnID(relation: relation, index: query.columns.count)))
            func extreme(_ function: String) -> Expr {
                var result = side
                result.operation = .aggregate(Aggregate(function: function, arguments: [side], isDistinct: false, filter: nil))
                return result
            }
            return switch op {
            case .union: nil
            case .intersect: .boolean(.compare(.less, extreme("min"), extreme("max")), isNullable: false)
            case .except: .boolean(.compare(.equal, extreme("max"), .integer(0)), isNullable: false)
            }
        }
        let vary = query.columns.map { $0.reference(.output(0)).printsVary }
        return grouped(query, over: inner, vary: vary, having: isPresent) { if case .output(let place) = $0.operation { place } else { nil } }
    }

    private func grouped(_ query: Query, over inner: Query, vary: [Bool], having: (Int) -> Expr?, place: (Expr) -> Int?) -> Query {
        let id = newRelation()
        let columns = query.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        let output = zip(columns, vary).map { $1 ? Self.checked($0) : $0 }
        var result = query
        result.body = .select(Select(output: output, from: .query(id: id, inner), isGrouped: true, groupBy: columns, having: having(id)))
        result.orderBy = query.orderBy.map { key in
            let expression = place(key.expression).map { output[$0] } ?? key.expression
            return SortKey(expression: expression, isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        return result
    }
}
