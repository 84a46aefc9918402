/// A copy of a query that can stand beside the original: every relation and common table defined in it gets a number of its own.
/// References to what is defined outside stay.
struct Renumbering: QueryRewriter {
    let newRelation: () -> Int
    let newCommonTable: () -> Int
    private var relations: [Int: Int] = [:]
    private var tables: [Int: Int] = [:]

    init(newRelation: @escaping () -> Int, newCommonTable: @escaping () -> Int) {
        self.newRelation = newRelation
        self.newCommonTable = newCommonTable
    }

    mutating func copy(of query: Query) -> Query { rewrite(collected(query)) }

    mutating func rewritten(_ expression: Expr) -> Expr {
        guard case .column(let id) = expression.operation, let new = relations[id.relation] else { return expression }
        var result = expression
        result.operation = .column(ColumnID(relation: new, index: id.index))
        return result
    }

    mutating func rewritten(_ query: Query) -> Query {
        var result = query
        result.with = query.with.map { CommonTable(id: tables[$0.id] ?? $0.id, name: $0.name, query: $0.query, isRecursive: $0.isRecursive, isMaterialized: $0.isMaterialized) }
        if case .select(var select) = query.body {
            select.from = select.from.map { renumber($0) }
            result.body = .select(select)
        }
        return result
    }

    private func renumber(_ source: Source) -> Source {
        switch source {
        case .table(let table): .table(TableSource(id: relations[table.id] ?? table.id, table: table.table, columns: table.columns))
        case .query(let id, let query): .query(id: relations[id] ?? id, query)
        case .common(let id, let table): .common(id: relations[id] ?? id, table: tables[table] ?? table)
        case .series(let id, let series): .series(id: relations[id] ?? id, series)
        case .join(let kind, let left, let right, let on): .join(kind, renumber(left), renumber(right), on: on)
        }
    }

    /// Gives new numbers to all that is defined inside, before any reference is rewritten.
    private mutating func collected(_ query: Query) -> Query {
        var definitions = DefinitionCollector()
        _ = definitions.rewrite(query)
        for id in definitions.relations { relations[id] = newRelation() }
        for id in definitions.tables { tables[id] = newCommonTable() }
        return query
    }
}

/// Numbers of the relations and common tables that a query defines, at any depth.
private struct DefinitionCollector: QueryRewriter {
    var relations: [Int] = []
    var tables: [Int] = []

    mutating func rewritten(_ query: Query) -> Query {
        tables += query.with.map(\.id)
        if case .select(let select) = query.body, let from = select.from { relations += from.relations }
        return query
    }
}
