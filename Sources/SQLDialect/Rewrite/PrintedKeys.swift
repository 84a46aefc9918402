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
        case .setOperation(.union, all: true, _, _), .values: return query
        case .setOperation(let op, let all, let left, let right):
            return query.columns.contains { $0.reference(.output(0)).printsVary } ? combined(query, op, all: all, left, right) : query
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
        let text = key.asPrinted
        return checked(key, .boolean(.compare(.distinct, text.aggregated("min"), text.aggregated("max")), isNullable: false))
    }

    private static func checked(_ key: Expr, _ differ: Expr) -> Expr {
        let message =
            "values that are equal but not printed alike are one group, and which of them to print would be chance; "
            + "cast them to a type with a scale, such as numeric(18,2)"
        var result = key
        result.operation = .choose([Branch(condition: differ, value: TieGuard.raise(message, key))], otherwise: key)
        return result
    }

    // MARK: DISTINCT, set operations

    /// The query's rows, taken once by GROUP BY.
    private func distinct(_ query: Query) -> Query {
        guard case .select(var select) = query.body else { return query }
        let places = Dictionary(select.output.enumerated().map { ($1, $0) }) { first, _ in first }
        select.distinct = .none
        let vary = select.output.map(\.printsVary)
        let inner = Query(body: .select(select), columns: query.columns)
        return grouped(query, over: inner, by: query.columns.count, having: { _ in nil }) { vary[$0] ? Self.checked($1) : $1 } place: { places[$0] }
    }

    /// The rows of both sides together, numbered by side: a group is in the result by the sides that it comes from. With ALL the rows of a
    /// side that are equal are numbered, too, and a row and its number make a group. All that are put out of equal rows print like one of them.
    private func combined(_ query: Query, _ op: SetOperator, all: Bool, _ left: Query, _ right: Query) -> Query {
        let sides = [left, right].enumerated().map { number, side -> Query in
            let id = newRelation()
            return Self.named(side.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) } + [.integer(Int64(number))], from: .query(id: id, side))
        }
        let width = query.columns.count, sidePlace = all ? width + 1 : width
        let number = QueryColumn(name: "c\(width + 1)", .integer(0))
        var inner = Query(body: .setOperation(.union, all: true, sides[0], sides[1]), columns: query.columns + [number])
        let vary = query.columns.map { $0.reference(.output(0)).printsVary }
        if all { inner = numbered(inner, vary, leftAlone: op == .except) }
        func isPresent(_ relation: Int) -> Expr? {
            let side = number.reference(.column(ColumnID(relation: relation, index: sidePlace)))
            return switch op {
            case .union: nil
            case .intersect: .boolean(.compare(.less, side.aggregated("min"), side.aggregated("max")), isNullable: false)
            case .except: .boolean(.compare(.equal, side.aggregated("max"), .integer(0)), isNullable: false)
            }
        }
        let marks = inner.columns
        return grouped(query, over: inner, by: sidePlace, having: isPresent) { place, key in
            if !vary[place] { return key }
            guard all, let relation = key.column?.relation else { return Self.checked(key) }
            let mark = width + 2 + vary[..<place].count(where: \.self)
            return Self.checked(key, marks[mark].reference(.column(ColumnID(relation: relation, index: mark))).aggregated("max"))
        } place: { if case .output(let place) = $0.operation { place } else { nil } }
    }

    /// The rows with their numbers among the equals of their side, and for each column whose print varies whether it does among a row's equals.
    /// - Parameter leftAlone: only what the left side prints is looked at.
    private func numbered(_ rows: Query, _ vary: [Bool], leftAlone: Bool) -> Query {
        let id = newRelation()
        let columns = rows.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        let row = Array(columns.dropLast())
        func extreme(_ function: String, _ value: Expr) -> Expr {
            let window = WindowCall(function: function, arguments: [value], filter: nil, partition: row, order: [], frame: nil)
            return Expr(.window(window), value.type, value.encoding, isNullable: true)
        }
        let marks = row.indices.filter { vary[$0] }.map { place -> Expr in
            var text = row[place].asPrinted
            if leftAlone {
                let isLeft = Expr.boolean(.compare(.equal, columns[row.count], .integer(0)), isNullable: false)
                text = Expr(.choose([Branch(condition: isLeft, value: text)], otherwise: nil), text.type, text.encoding, isNullable: true)
            }
            return .boolean(.compare(.distinct, extreme("min", text), extreme("max", text)), isNullable: false)
        }
        let number = Expr(CountedRows.number(among: columns), PostgresType(.int8), .integer, isNullable: false)
        return Self.named(row + [number, columns[row.count]] + marks, from: .query(id: id, rows))
    }

    private static func named(_ output: [Expr], from source: Source) -> Query {
        let columns = output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) }
        return Query(body: .select(Select(output: output, from: source)), columns: columns)
    }

    /// - Parameters:
    ///   - count: how many of the columns of `inner` make a group.
    ///   - checked: what is put out for a column of the query.
    ///   - place: which of them an order key is.
    private func grouped(
        _ query: Query, over inner: Query, by count: Int, having: (Int) -> Expr?, checked: (Int, Expr) -> Expr, place: (Expr) -> Int?
    ) -> Query {
        let id = newRelation()
        let keys = inner.columns[..<count].enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        let output = query.columns.indices.map { checked($0, query.columns[$0].reference(keys[$0].operation)) }
        var result = query
        result.body = .select(Select(output: output, from: .query(id: id, inner), isGrouped: true, groupBy: keys, having: having(id)))
        result.orderBy = query.orderBy.map { key in
            let expression = place(key.expression).map { output[$0] } ?? key.expression
            return SortKey(expression: expression, isDescending: key.isDescending, nullsFirst: key.nullsFirst)
        }
        return result
    }
}

extension Expr {
    /// The least or greatest of a group.
    fileprivate func aggregated(_ function: String) -> Expr {
        var result = self
        result.operation = .aggregate(Aggregate(function: function, arguments: [self], isDistinct: false, filter: nil))
        result.isNullable = true
        return result
    }
}
