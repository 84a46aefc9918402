internal import FeatureModel

/// Writes a query in SQLite's dialect: every relation under an alias of its own (`t1`, `t2`, …), every column of a sub-select under its
/// position (`c1`, `c2`, …), everything in parentheses, nulls' order and collations spelled out.
struct SQLiteGenerator {
    private(set) var sql = ""
    /// The number of the parameter that takes the time of the request.
    let clockParameter: Int
    private(set) var readsClock = false
    /// The number of the parameter that takes the first value of the request; the others follow.
    var requestParameter: Int { clockParameter + 1 }

    init(clockParameter: Int) { self.clockParameter = clockParameter }

    /// A FULL or RIGHT JOIN has been written. SQLite 3.40 then answers wrongly where it seeks several values at once by an index, `(a, b) IN
    /// (SELECT …)`, in a WHERE behind it, also of a select around it.
    private(set) var addsRowsOnTheLeft = false
    /// How the columns of a relation are called.
    private var columnNames: [Int: [String]] = [:]
    private var openParentheses = 0
    private(set) var deepestParentheses = 0
    private var joinedTables = 0
    private(set) var mostJoinedTables = 0
    private(set) var mostTerms = 0
    private(set) var mostArguments = 0

    mutating func parameter(_ number: Int) {
        if number == Expr.clockNumber { readsClock = true }
        if number > Expr.clockNumber { write("?\(number)") } else { write("?\(clockParameter + Expr.clockNumber - number)") }
    }

    mutating func noteArguments(_ count: Int) { mostArguments = max(mostArguments, count) }

    mutating func write(_ text: String) {
        sql += text
        for mark in text.utf8 {
            if mark == UInt8(ascii: "(") {
                openParentheses += 1
                deepestParentheses = max(deepestParentheses, openParentheses)
            } else if mark == UInt8(ascii: ")") {
                openParentheses -= 1
            }
        }
    }

    /// Text that is one token, so that marks in it do not count.
    mutating func write(token: String) { sql += token }

    mutating func list<Item>(_ items: [Item], _ separator: String = ", ", _ body: (inout Self, Item) -> Void) {
        for (index, item) in items.enumerated() {
            if index > 0 { write(separator) }
            body(&self, item)
        }
    }

    // MARK: Queries

    /// The whole statement; the output columns carry their own names.
    mutating func statement(_ query: Query) {
        self.query(query, names: query.columns.map(\.name))
    }

    /// - Parameter names: of the output; nil for `c1`, `c2`, ….
    mutating func query(_ query: Query, names: [String]? = nil) {
        if !query.with.isEmpty {
            write(query.with.contains(where: \.isRecursive) ? "WITH RECURSIVE " : "WITH ")
            list(query.with) { generator, table in
                generator.write("w\(table.id)")
                if table.isRecursive { generator.write("(\(table.query.columns.indices.map { "c\($0 + 1)" }.joined(separator: ", ")))") }
                generator.write(" AS (")
                generator.query(table.query)
                generator.write(")")
            }
            write(" ")
        }
        let isNested = names == nil
        let names = names ?? query.columns.indices.map { "c\($0 + 1)" }
        switch query.body {
        case .select(let select): self.select(isNested ? select.withoutBareSubqueries : select, names)
        case .values(let rows): values(rows, names)
        case .setOperation(let op, let all, let left, let right):
            terms(op, all, left, right, names)
        }
        orderBy(query.orderBy)
        if let limit = query.limit {
            write(" LIMIT ")
            checked(limit, "pg_limit")
        }
        if let offset = query.offset {
            if query.limit == nil { write(" LIMIT -1") }
            write(" OFFSET ")
            checked(offset, "pg_offset")
        }
    }

    private mutating func checked(_ count: Expr, _ function: String) {
        if case .integer(let number)? = count.literal, number >= 0 {
            write("\(number)")
        } else {
            write("\(function)(")
            expression(count)
            write(")")
        }
    }

    /// SQLite takes set operations from left to right without parentheses, so each side is a sub-select of its own; a chain of the
    /// same UNION on the left is written flat.
    private mutating func terms(_ op: SetOperator, _ all: Bool, _ left: Query, _ right: Query, _ names: [String]) {
        var chain = [right]
        var first = left
        while case .setOperation(op, all, let a, let b) = first.body, first.with.isEmpty, first.limit == nil, first.offset == nil,
            first.orderBy.isEmpty, op == .union
        {
            chain.append(b)
            first = a
        }
        chain.append(first)
        mostTerms = max(mostTerms, chain.count)
        for (index, side) in chain.reversed().enumerated() {
            if index > 0 { write(" \(op.rawValue)\(all ? " ALL" : "") ") }
            term(side, names)
        }
    }

    /// SQLite 3.40 loses the WHERE of the other terms of a UNION ALL in FROM when the last has a FULL JOIN of its own: that gets a sub-select.
    private mutating func term(_ query: Query, _ names: [String]) {
        if case .select(let select) = query.body, query.with.isEmpty, query.orderBy.isEmpty, query.limit == nil, query.offset == nil,
            !(select.from?.hasFullJoin ?? false)
        {
            self.select(select, names)
            return
        }
        write("SELECT ")
        list(Array(query.columns.enumerated())) { generator, column in
            generator.write("c\(column.offset + 1)")
            generator.collation(of: column.element.reference(.output(column.offset)))
            generator.name(names[column.offset])
        }
        write(" FROM (")
        self.query(query)
        write(")")
    }

    private mutating func select(_ select: Select, _ names: [String]) {
        // The sources are named first: their names are needed in the list that stands before them.
        if let from = select.from { nameColumns(from) }
        write(select.distinct == .all ? "SELECT DISTINCT " : "SELECT ")
        list(Array(zip(select.aggregatedOutput, names))) { generator, column in
            generator.expression(column.0)
            generator.collation(of: column.0)
            generator.name(column.1)
        }
        if let from = select.from {
            write(" FROM ")
            let outer = joinedTables
            joinedTables = 0
            source(from)
            mostJoinedTables = max(mostJoinedTables, joinedTables)
            joinedTables = outer
        }
        if let predicate = select.predicate {
            write(" WHERE ")
            expression(predicate)
        }
        if !select.groupBy.isEmpty {
            write(" GROUP BY ")
            list(select.groupBy) { $0.sortable($1) }
        }
        if let having = select.having {
            write(" HAVING ")
            expression(having)
        }
    }

    private mutating func values(_ rows: [[Expr]], _ names: [String]) {
        for (index, row) in rows.enumerated() {
            if index > 0 { write(" UNION ALL ") }
            write("SELECT ")
            list(Array(zip(row, names))) { generator, column in
                generator.expression(column.0)
                generator.collation(of: column.0)
                if index == 0 { generator.name(column.1) }
            }
        }
        if rows.isEmpty { write("SELECT NULL WHERE 0") }
        mostTerms = max(mostTerms, rows.count)
    }

    private mutating func name(_ name: String) {
        write(" AS ")
        write(token: SQLiteNames.quoted(name))
    }

    private mutating func orderBy(_ keys: [SortKey]) {
        guard !keys.isEmpty else { return }
        write(" ORDER BY ")
        sortKeys(keys)
    }

    mutating func sortKeys(_ keys: [SortKey]) {
        list(keys) { generator, key in
            if case .output(let index) = key.expression.operation {
                generator.write("\(index + 1)")
                generator.collation(of: key.expression)
            } else {
                generator.sortable(key.expression)
            }
            generator.write(key.isDescending ? " DESC" : " ASC")
            generator.write(key.nullsFirst ? " NULLS FIRST" : " NULLS LAST")
        }
    }

    /// An expression where SQLite sorts or groups. An integer constant there, also what `0 AND x` is
    /// simplified to, would be taken for a column's number; a constant decides no order and no group.
    mutating func sortable(_ value: Expr) {
        if value.looksAtNothing {
            write("(")
            expression(value)
            write(" + 0)")
        } else {
            expression(value)
        }
        collation(of: value)
    }

    mutating func collation(of value: Expr) {
        if let name = value.sqliteCollation { write(" COLLATE \(name)") }
    }

    // MARK: Sources

    private mutating func nameColumns(_ source: Source) {
        switch source {
        case .table(let table): columnNames[table.id] = table.columns
        case .join(_, let left, let right, _):
            nameColumns(left)
            nameColumns(right)
        case .series(let id, .elements): columnNames[id] = ["value", "key"]
        case .query, .common, .series: break
        }
    }

    static func alias(of relation: Int) -> String { "t\(relation)" }

    private mutating func source(_ source: Source) {
        switch source {
        case .table(let table):
            joinedTables += 1
            write(token: SQLiteNames.quoted(SQLiteNames.mirror(of: table.table)))
            write(" AS \(Self.alias(of: table.id))")
        case .query(let id, let query):
            joinedTables += 1
            write("(")
            self.query(query)
            write(") AS t\(id)")
        case .common(let id, let table):
            joinedTables += 1
            write("w\(table) AS t\(id)")
        case .series(let id, let series):
            joinedTables += 1
            switch series {
            case .counted(let series): self.series(id, series)
            case .elements(let value):
                write("json_each(")
                expression(value)
                write(") AS t\(id)")
            }
        case .join(let kind, let left, let right, let on):
            self.source(left)
            write(" \(kind.rawValue) ")
            if kind == .full || kind == .right { addsRowsOnTheLeft = true }
            if case .join = right {
                write("(")
                self.source(right)
                write(")")
            } else {
                self.source(right)
            }
            if let on {
                write(" ON ")
                expression(on)
            } else if kind != .inner {
                write(" ON 1")
            }
        }
    }

    /// A recursive common table that steps from start to stop; empty as soon as one of the three is null.
    private mutating func series(_ id: Int, _ series: Series.Counted) {
        let ascending = if case .integer(let step)? = series.step.literal { step > 0 } else { true }
        let isWithin = ascending ? "<=" : ">="
        write("(WITH RECURSIVE s\(id)(c1, c2) AS (SELECT c1, c2 FROM (SELECT ")
        expression(series.start)
        write(" AS c1, ")
        expression(series.stop)
        write(" AS c2) WHERE c1 \(isWithin) c2 UNION ALL SELECT ")
        next(series)
        write(", c2 FROM s\(id) WHERE ")
        next(series)
        write(" \(isWithin) c2) SELECT c1 FROM s\(id)) AS t\(id)")
    }

    private mutating func next(_ series: Series.Counted) {
        guard let advance = series.advance else {
            write("(c1 + ")
            expression(series.step)
            return write(")")
        }
        write("\(advance)(c1, ")
        expression(series.step)
        if let zone = series.zone {
            write(", ")
            literal(.text(zone))
        }
        write(")")
    }

    mutating func column(_ id: ColumnID) {
        write("t\(id.relation).")
        if id.index == ColumnID.rowID { return write("rowid") }
        if let names = columnNames[id.relation] { write(token: SQLiteNames.quoted(names[id.index])) } else { write("c\(id.index + 1)") }
    }
}

extension Select {
    /// SQLite 3.40 keeps the value of an uncorrelated sub-query that is an output column, and puts null there at the first row for which an outer
    /// join finds no partner. Inside another expression it keeps a copy.
    fileprivate var withoutBareSubqueries: Select {
        var result = self
        for index in output.indices {
            switch output[index].operation {
            case .scalarSubquery, .exists: result.output[index].operation = .choose([Branch(condition: .bool(true), value: output[index])], otherwise: nil)
            default: break
            }
        }
        return result
    }

    /// SQLite takes a query for an aggregate one only if its output has an aggregate, which GROUP BY () and HAVING do not need.
    fileprivate var aggregatedOutput: [Expr] {
        guard isGrouped, groupBy.isEmpty, !output.contains(where: \.containsAggregate), let first = output.first else { return output }
        let count = Expr(
            .aggregate(Aggregate(function: "count", arguments: [], isDistinct: false, filter: nil)), first.type, .integer, isNullable: false)
        var result = output
        result[0].operation = .choose([Branch(condition: .boolean(.isNotNull(count), isNullable: false), value: first)], otherwise: nil)
        return result
    }
}
