internal import FeatureModel

extension PushDown {
    /// The FROM clause with all that is known about its columns said inside its sub-selects. Outer joins that this makes stricter become
    /// what they are, and `known` learns what holds in every row.
    mutating func pushed(into from: Source, _ known: inout KnownColumns) -> Source {
        var source = from
        while true {
            outputs.learn(source, &known)
            let stricter = OuterJoins.reduced(source, strict: known.relations)
            if stricter == source { break }
            source = stricter
        }
        return pushed(into: source, known, isNested: false)
    }

    /// - Parameter isNested: within a join in parentheses, which SQLite runs on its own before it joins the result.
    private mutating func pushed(into source: Source, _ known: KnownColumns, isNested: Bool) -> Source {
        switch source {
        case .table(let table): return isNested ? restricted(table, known) ?? source : source
        case .series(let id, .elements(let value)): return .series(id: id, .elements(pushed(into: value, known)))
        case .series: return source
        case .query(let id, let query): return .query(id: id, pushed(query, predicates(on: id, query, known), known))
        case .common(let id, let table):
            guard let query = common[table]?.query else { return source }
            let predicates = predicates(on: id, query, known)
            // The same rows are not sought twice for the sake of a constant.
            guard predicates.contains(where: \.value.isKey) else { return source }
            return copy(of: table, with: predicates).map { .common(id: id, table: $0) } ?? source
        case .join(let kind, let left, let right, let on):
            let isRightNested = if case .join = right { true } else { isNested }
            switch kind {
            case .inner:
                let on = on.map { pushed(into: $0, known, isCondition: true) }
                return .join(kind, pushed(into: left, known, isNested: isNested), pushed(into: right, known, isNested: isRightNested), on: on)
            case .left:
                // Rows of the right side that cannot match need not be there; the left side keeps every row.
                var matched = known
                matched.add(on?.conjuncts ?? [])
                outputs.learn(right, &matched)
                matched.add(on?.conjuncts ?? [])
                let newLeft = pushed(into: left, known, isNested: isNested)
                let newRight = OuterJoins.reduced(right, strict: matched.relations)
                return .join(kind, newLeft, pushed(into: newRight, matched, isNested: isRightNested), on: on.map { pushed(into: $0, matched, isCondition: true) })
            case .right, .full:
                let outside = known.without(Set(source.relations))
                return .join(kind, pushed(into: left, outside, isNested: isNested), pushed(into: right, outside, isNested: isRightNested), on: on)
            }
        }
    }

    /// What the sub-select does not say already, and can take.
    private mutating func predicates(on relation: Int, _ query: Query, _ known: KnownColumns) -> [Predicate] {
        let wanted = known.predicates(on: relation, of: query)
        if wanted.isEmpty { return [] }
        let said = outputs.values(of: query)
        return wanted.filter { said[$0.column] != $0.value && canTake($0, query) }
    }

    /// The number of the copy; nil if there are too many.
    private mutating func copy(of table: Int, with predicates: [Predicate]) -> Int? {
        let restriction = Restriction(table: table, predicates: Set(predicates))
        if let copy = copies[restriction] { return copy }
        guard copies.count < Self.maximumCopies, let original = common[table] else { return nil }
        let id = newCommonTable()
        copies[restriction] = id
        var renumbering = Renumbering(newRelation: newRelation, newCommonTable: newCommonTable)
        let query = renumbering.copy(of: original.query)
        numbered.formUnion(NumberedRelations.of(query))
        let copy = CommonTable(id: id, name: "", query: pushed(query, predicates, original.known))
        define(id, copy.query, original.known)
        added.append((table, copy))
        return id
    }

    /// The table's rows as a sub-select under the same number, so that references to its columns stay.
    private func restricted(_ table: TableSource, _ known: KnownColumns) -> Source? {
        guard !numbered.contains(table.id), let definition = definitions[table.table] else { return nil }
        let inner = TableSource(id: newRelation(), table: table.table, columns: table.columns)
        var conditions: [Expr] = []
        let output = table.columns.enumerated().map { index, name -> Expr in
            guard let column = definition.column(named: name), let encoding = Encoding.ofColumn(column.type) else {
                return .null(PostgresType(.unknown), .text)
            }
            let value = Expr(.column(ColumnID(relation: inner.id, index: index)), column.type, encoding, isNullable: column.isNullable)
            if let constant = known[ColumnID(relation: table.id, index: index)], constant.isKey, constant.encoding == encoding {
                conditions.append(.equality(value, constant))
            }
            return value
        }
        guard !conditions.isEmpty else { return nil }
        let columns = zip(table.columns, output).map { QueryColumn(name: $0, $1) }
        return .query(id: table.id, Query(body: .select(Select(output: output, from: .table(inner), predicate: Expr.and(conditions))), columns: columns))
    }
}
