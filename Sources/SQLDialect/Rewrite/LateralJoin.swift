internal import FeatureModel

/// Recognises a sub-select in FROM that refers to its neighbours (LATERAL), which SQLite cannot run. Produces, by the sub-select's form:
/// - one row of aggregates: a scalar sub-query in place of each column (``columns(of:)``);
/// - top rows of one table (`ORDER BY … LIMIT n`): a join with the table by row number,
///   `t.rowid IN (SELECT rowid … ORDER BY … LIMIT n)`;
/// - rows as they come, of sources that do not themselves look at the neighbours: the sources, its WHERE in ON (``flattened(_:mayBeNull:)``);
/// - VALUES: their numbers as rows, and each column chosen by the number;
/// - others that are tied to the neighbours by equalities alone: a join on these equalities, LIMIT as `row_number() <= n` over them;
/// - all others: a sub-query that packs its rows into one array, whose elements are rows again.
struct LateralJoin {
    let newRelation: () -> Int
    let newCommonTable: () -> Int
    /// Relations that stand before it in FROM.
    let neighbours: Set<Int>

    /// When outer joins put nulls in place of its columns.
    enum Nulls: Comparable {
        case never
        /// For a neighbour for which it has no row: LEFT JOIN … ON true.
        case withoutRows
        /// Whatever rows it has.
        case always
    }

    struct Joined {
        let source: Source
        let columns: [Expr]
        let conditions: [Expr]
    }

    /// Whether the sub-select refers to its neighbours at all.
    func isCorrelated(_ query: Query) -> Bool {
        var references = OuterReferences(relations: neighbours)
        _ = references.rewrite(query)
        return references.found
    }

    /// For a query that always has exactly one row: its columns as sub-queries.
    func columns(of query: Query) -> [Expr]? {
        guard case .select(let select) = query.body, query.limit == nil, query.offset == nil, query.with.isEmpty else { return nil }
        if select.from == nil, !select.isGrouped, select.predicate == nil, select.distinct != .all, !select.output.contains(where: \.containsWindow) {
            return select.output
        }
        guard select.isGrouped, select.groupBy.isEmpty, select.having == nil else { return nil }
        return query.columns.indices.map { index in
            var single = select
            single.output = [select.output[index]]
            var renumbering = Renumbering(newRelation: newRelation, newCommonTable: newCommonTable)
            let column = query.columns[index]
            let copy = renumbering.copy(of: Query(body: .select(single), columns: [column]))
            return column.reference(.scalarSubquery(copy, provenSingle: true))
        }
    }

    /// - Parameter mayBeNull: an outer join may put nulls in place of its columns.
    func joined(_ query: Query, mayBeNull: Bool) -> Joined? {
        values(query) ?? flattened(query, mayBeNull: mayBeNull) ?? topRows(query) ?? decorrelated(query) ?? packed(query)
    }

    // MARK: VALUES

    private func values(_ query: Query) -> Joined? {
        guard case .values(let rows) = query.body, query.orderBy.isEmpty, query.limit == nil, query.offset == nil, query.with.isEmpty else { return nil }
        let id = newRelation()
        let numbers = rows.indices.map { [Expr.integer(Int64($0))] }
        let source = Query(body: .values(numbers), columns: [QueryColumn(name: "c1", .integer(0))])
        let number = Expr.integer(0).typed(PostgresType(.int4), .integer)
        let columns = query.columns.indices.map { column -> Expr in
            let branches = rows.indices.map { row -> Branch in
                var own = number
                own.operation = .column(ColumnID(relation: id, index: 0))
                return Branch(condition: .boolean(.compare(.equal, own, .integer(Int64(row))), isNullable: false), value: rows[row][column])
            }
            // Without a row there is no number, and the value is null.
            var value = query.columns[column].reference(.choose(branches, otherwise: nil))
            value.isNullable = true
            return value
        }
        return Joined(source: .query(id: id, source), columns: columns, conditions: [])
    }

    // MARK: Rows as they come

    private func flattened(_ query: Query, mayBeNull: Bool) -> Joined? {
        guard case .select(let select) = query.body, !select.isGrouped, select.distinct == .none, query.limit == nil, query.offset == nil,
            query.with.isEmpty, let from = select.from, !select.output.contains(where: \.containsWindow),
            !select.output.contains(where: \.containsSubquery)
        else { return nil }
        // Only a bare column is null where its row is missing.
        var columns = select.output
        let own = Set(from.relations)
        for index in columns.indices where mayBeNull && !(columns[index].column.map { own.contains($0.relation) } ?? false) {
            guard let row = Self.neverNull(in: from) else { return nil }
            let isThere = Branch(condition: .boolean(.isNotNull(row), isNullable: false), value: columns[index])
            columns[index].operation = .choose([isThere], otherwise: nil)
            columns[index].isNullable = true
        }
        if case .series = from {} else {
            var check = OuterReferences(relations: neighbours)
            _ = check.rewrite(Query(body: .select(Select(output: [.bool(true)], from: from)), columns: []))
            if check.found { return nil }
        }
        return Joined(source: from, columns: columns, conditions: select.predicate?.conjuncts ?? [])
    }

    /// A column that is null only where an outer join put nulls in place of the whole row.
    private static func neverNull(in source: Source) -> Expr? {
        switch source {
        case .table(let table): table.columns.contains { $0.lowercased() == "rowid" } ? nil : rowID(table.id)
        case .join(.inner, let left, let right, _): neverNull(in: left) ?? neverNull(in: right)
        case .join(.left, let left, _, _): neverNull(in: left)
        case .series(let id, .elements): Expr(.column(ColumnID(relation: id, index: 1)), PostgresType(.int8), .integer, isNullable: false)
        default: nil
        }
    }

    // MARK: Rows of one table

    private func topRows(_ query: Query) -> Joined? {
        guard case .select(let select) = query.body, case .table(let table)? = select.from, !select.isGrouped, select.distinct == .none,
            query.limit != nil,
            !table.columns.contains(where: { $0.lowercased() == "rowid" }), query.with.isEmpty,
            select.output.allSatisfy({ $0.column?.relation == table.id })
        else { return nil }
        var rows = query
        var inner = select
        inner.output = [Self.rowID(table.id)]
        rows.body = .select(inner)
        rows.columns = [QueryColumn(name: "c1", inner.output[0])]
        var renumbering = Renumbering(newRelation: newRelation, newCommonTable: newCommonTable)
        let copy = renumbering.copy(of: rows)
        let isChosen = Expr.boolean(.inSubquery([Self.rowID(table.id)], copy, negated: false), isNullable: false)
        return Joined(source: .table(table), columns: select.output, conditions: [isChosen])
    }

    private static func rowID(_ relation: Int) -> Expr {
        Expr(.column(ColumnID(relation: relation, index: ColumnID.rowID)), PostgresType(.int8), .integer, isNullable: false)
    }

    // MARK: Equalities

    private func decorrelated(_ query: Query) -> Joined? {
        guard case .select(var select) = query.body, select.distinct == .none, query.offset == nil, query.with.isEmpty, let from = select.from else {
            return nil
        }
        if select.isGrouped, select.groupBy.isEmpty { return nil }
        var pairs: [(inner: Expr, outer: Expr)] = []
        var rest: [Expr] = []
        for condition in select.predicate?.conjuncts ?? [] {
            guard refers(condition) else {
                rest.append(condition)
                continue
            }
            guard case .compare(.equal, let a, let b) = condition.operation else { return nil }
            if refers(b), !refers(a), !isOuter(a, from) {
                pairs.append((a, b))
            } else if refers(a), !refers(b), !isOuter(b, from) {
                pairs.append((b, a))
            } else {
                return nil
            }
        }
        guard !pairs.isEmpty,
            (select.output + select.groupBy + (select.having.map { [$0] } ?? []) + query.orderBy.map(\.expression)).allSatisfy({ !refers($0) })
        else { return nil }
        if (select.output + query.orderBy.map(\.expression)).contains(where: \.containsWindow) { return nil }
        select.predicate = Expr.and(rest)
        let width = select.output.count
        select.output += pairs.map(\.inner)
        if select.isGrouped { select.groupBy += pairs.map(\.inner).filter { !select.groupBy.contains($0) } }
        if let limit = query.limit {
            guard case .integer = limit.literal, !query.tiesAreUnproven else { return nil }
            let number = WindowCall(
                function: "row_number", arguments: [], filter: nil, partition: pairs.map(\.inner), order: query.orderBy, frame: nil)
            select.output.append(Expr(.window(number), PostgresType(.int8), .integer, isNullable: false))
        }
        let inner = Query(body: .select(select), columns: select.output.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) })
        var check = OuterReferences(relations: neighbours)
        _ = check.rewrite(inner)
        if check.found { return nil }
        let id = newRelation()
        func column(_ index: Int) -> Expr { inner.columns[index].reference(.column(ColumnID(relation: id, index: index))) }
        var conditions = pairs.enumerated().map { index, pair in Expr.boolean(.compare(.equal, column(width + index), pair.outer), isNullable: true) }
        if let limit = query.limit {
            conditions.append(.boolean(.compare(.lessOrEqual, column(select.output.count - 1), limit), isNullable: false))
        }
        return Joined(source: .query(id: id, inner), columns: (0..<width).map(column), conditions: conditions)
    }

    // MARK: Any other

    private func packed(_ query: Query) -> Joined? {
        guard !query.columns.isEmpty, !query.columns.contains(where: { $0.encoding == .blob }) else { return nil }
        let rows = newRelation(), id = newRelation()
        let values = query.columns.indices.map { query.columns[$0].reference(.column(ColumnID(relation: rows, index: $0))) }
        let pack = Aggregate(function: "pg_rows_pack", arguments: values, isDistinct: false, filter: nil)
        let packed = Expr(.aggregate(pack), PostgresType(.json), .text, isNullable: true)
        let select = Select(output: [packed], from: .query(id: rows, query), isGrouped: true)
        let whole = Query(body: .select(select), columns: [QueryColumn(name: "c1", packed)])
        let elements = Expr(.scalarSubquery(whole, provenSingle: true), packed.type, .text, isNullable: true)
        return Joined(source: .series(id: id, .elements(elements)), columns: query.columns.indices.map { query.columns[$0].part($0, of: id) }, conditions: [])
    }

    /// Whether the expression, its sub-queries included, refers to a neighbour.
    private func refers(_ value: Expr) -> Bool {
        var references = OuterReferences(relations: neighbours)
        _ = references.rewrite(value)
        return references.found
    }

    /// An expression without any column of the sub-select's own: a constant is on neither side.
    private func isOuter(_ value: Expr, _ from: Source) -> Bool {
        var references = OuterReferences(relations: Set(from.relations))
        _ = references.rewrite(value)
        return !references.found
    }

    private struct OuterReferences: QueryRewriter {
        let relations: Set<Int>
        var found = false

        mutating func rewritten(_ expression: Expr) -> Expr {
            if let column = expression.column, relations.contains(column.relation) { found = true }
            return expression
        }
    }
}
