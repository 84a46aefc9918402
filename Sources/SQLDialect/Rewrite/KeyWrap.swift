internal import FeatureModel

/// Recognises the whole query and its key columns.
/// Produces the query restricted to the rows of one key, as `SELECT * FROM (query) WHERE key = ?` would, its ORDER BY kept:
/// the predicate goes inside wherever that provably gives the same rows, and around where it does not.
struct KeyWrap {
    /// What an output column must be equal to: a parameter, or a constant of the same encoding.
    typealias Predicate = (column: Int, value: Expr)

    let newRelation: () -> Int
    let newCommonTable: () -> Int
    /// The common tables in reach, by number.
    private var common: [Int: Query] = [:]
    /// Copies of common tables that carry a predicate, until they find their place beside the original.
    private var added: [(original: Int, copy: CommonTable)] = []

    init(newRelation: @escaping () -> Int, newCommonTable: @escaping () -> Int) {
        self.newRelation = newRelation
        self.newCommonTable = newCommonTable
    }

    mutating func wrapped(_ query: Query, _ predicates: [Predicate]) -> Query {
        CommonTablesInUse.pruned(filtered(query, predicates))
    }

    // MARK: Predicates on a query's output

    private mutating func filtered(_ query: Query, _ predicates: [Predicate]) -> Query {
        for table in query.with { common[table.id] = table.query }
        var result = withPredicates(query, predicates)
        // A copy stands where the original does, for it sees what that sees.
        var own = Set(query.with.map(\.id))
        for (original, copy) in added where own.contains(original) {
            own.insert(copy.id)
            result.with.append(copy)
        }
        added.removeAll { own.contains($0.original) }
        return result
    }

    private mutating func withPredicates(_ query: Query, _ predicates: [Predicate]) -> Query {
        if query.limit != nil || query.offset != nil { return around(query, predicates) }
        switch query.body {
        case .select(let select):
            guard isTransparent(select, predicates) else { return around(query, predicates) }
            var result = query
            result.body = .select(restricted(select, predicates.map { equality(select.output[$0.column], $0.value) }))
            return result
        case .setOperation(let op, let all, let left, let right):
            var result = query
            result.body = .setOperation(op, all: all, filtered(left, predicates), filtered(right, predicates))
            return result
        case .values: return around(query, predicates)
        }
    }

    /// Whether the predicate can go inside; where it cannot, the condition outside does its work.
    private func canTake(_ predicate: Predicate, _ query: Query) -> Bool {
        if query.limit != nil || query.offset != nil { return false }
        return switch query.body {
        case .select(let select): isTransparent(select, [predicate])
        case .setOperation(_, _, let left, let right): canTake(predicate, left) && canTake(predicate, right)
        case .values: false
        }
    }

    /// Whether a condition on these output columns can be said in WHERE.
    private func isTransparent(_ select: Select, _ predicates: [Predicate]) -> Bool {
        var windows: [WindowCall] = []
        let values = select.output + (select.having.map { [$0] } ?? [])
        for value in values { value.collectWindows(&windows) }
        return predicates.allSatisfy { predicate in
            let value = select.output[predicate.column]
            if value.containsAggregate || value.containsWindow || value.containsSubquery { return false }
            if case .on(let keys) = select.distinct, !keys.contains(value) { return false }
            // A group lives or dies as a whole only if all its rows agree.
            if select.isGrouped, !select.groupBy.contains(value) { return false }
            return windows.allSatisfy { $0.partition.contains(value) }
        }
    }

    private func equality(_ left: Expr, _ right: Expr) -> Expr { .boolean(.compare(.equal, left, right), isNullable: true) }

    private mutating func around(_ query: Query, _ predicates: [Predicate]) -> Query {
        var inner = query
        let id = newRelation()
        // Order keys that are no output columns become hidden ones.
        var order: [SortKey] = []
        for key in query.orderBy {
            let index: Int
            if case .output(let position) = key.expression.operation {
                index = position
            } else if case .select(var select) = inner.body {
                if let position = select.output.firstIndex(of: key.expression) {
                    index = position
                } else {
                    index = select.output.count
                    select.output.append(key.expression)
                    inner.columns.append(QueryColumn(name: "c\(index + 1)", key.expression))
                    inner.body = .select(select)
                }
            } else {
                continue
            }
            let column = QueryColumn(name: "", key.expression).reference(.column(ColumnID(relation: id, index: index)))
            order.append(SortKey(expression: column, isDescending: key.isDescending, nullsFirst: key.nullsFirst))
        }
        if inner.limit == nil, inner.offset == nil { inner.orderBy = [] }
        let with = inner.with
        inner.with = []
        let columns = query.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        var outer = Select(output: columns, from: .query(id: id, inner))
        outer.predicate = Expr.and(predicates.map { equality(columns[$0.column], $0.value) })
        return Query(with: with, body: .select(outer), orderBy: order, columns: query.columns)
    }

    // MARK: Predicates within a SELECT

    /// Adds the conditions to WHERE, and what follows from all of them to the sub-selects in FROM.
    private mutating func restricted(_ select: Select, _ conditions: [Expr]) -> Select {
        var result = select
        result.predicate = Expr.and(conditions + (select.predicate?.conjuncts ?? []))
        if let from = select.from {
            var known = KnownColumns()
            known.add(result.predicate?.conjuncts ?? [])
            result.from = pushed(into: from, known)
        }
        return result
    }

    private mutating func pushed(into source: Source, _ outer: KnownColumns) -> Source {
        switch source {
        case .table, .series: return source
        case .query(let id, let query):
            let predicates = outer.predicates(on: id, of: query).filter { canTake($0, query) }
            return predicates.isEmpty ? source : .query(id: id, filtered(query, predicates))
        case .common(let id, let table):
            guard let query = common[table] else { return source }
            let predicates = outer.predicates(on: id, of: query).filter { canTake($0, query) }
            guard !predicates.isEmpty else { return source }
            var renumbering = Renumbering(newRelation: newRelation, newCommonTable: newCommonTable)
            let copy = CommonTable(id: newCommonTable(), name: "", query: filtered(renumbering.copy(of: query), predicates))
            common[copy.id] = copy.query
            added.append((table, copy))
            return .common(id: id, table: copy.id)
        case .join(let kind, let left, let right, let on):
            switch kind {
            case .inner:
                var known = outer
                known.add(on?.conjuncts ?? [])
                known.add(Self.innerConditions(left) + Self.innerConditions(right))
                return .join(kind, pushed(into: left, known), pushed(into: right, known), on: on)
            case .left:
                // Rows of the right side that cannot match need not be there; the left side keeps every row.
                var known = outer
                known.add(Self.innerConditions(left))
                let newLeft = pushed(into: left, known)
                known.add((on?.conjuncts ?? []).filter { !$0.isPoison })
                return .join(kind, newLeft, pushed(into: right, known.restricted(to: Set(right.relations))), on: on)
            case .right, .full:
                return source
            }
        }
    }

    private static func innerConditions(_ source: Source) -> [Expr] {
        guard case .join(.inner, let left, let right, let on) = source else { return [] }
        return (on?.conjuncts ?? []) + innerConditions(left) + innerConditions(right)
    }
}

/// Columns of which it is known what constant they are equal to in every row that counts.
struct KnownColumns {
    private var values: [ColumnID: Expr] = [:]

    /// Takes what the conditions say, directly and through equal columns.
    mutating func add(_ conditions: [Expr]) {
        var size = -1
        while size != values.count {
            size = values.count
            for case .compare(.equal, let a, let b) in conditions.map(\.operation) {
                learn(a, b)
                learn(b, a)
            }
        }
    }

    private mutating func learn(_ side: Expr, _ other: Expr) {
        guard let column = side.column, values[column] == nil, side.encoding == other.encoding else { return }
        if let other = other.column {
            values[column] = values[other]
        } else if case .parameter = other.operation {
            values[column] = other
        } else if let literal = other.literal, literal != .null {
            values[column] = other
        }
    }

    func predicates(on relation: Int, of query: Query) -> [KeyWrap.Predicate] {
        query.columns.indices.compactMap { index in
            guard let value = values[ColumnID(relation: relation, index: index)], value.encoding == query.columns[index].encoding else { return nil }
            return (index, value)
        }
    }

    func restricted(to relations: Set<Int>) -> KnownColumns {
        var result = KnownColumns()
        result.values = values.filter { relations.contains($0.key.relation) }
        return result
    }
}

extension Expr {
    func collectWindows(_ windows: inout [WindowCall]) {
        if case .window(let window) = operation { windows.append(window) }
        for child in operation.children { child.collectWindows(&windows) }
    }

    var containsSubquery: Bool { contains { $0.operation.subquery != nil } }
}

/// Recognises common tables that nothing refers to any more; produces the query without them.
enum CommonTablesInUse {
    static func pruned(_ query: Query) -> Query {
        var result = query
        while true {
            var references = References()
            _ = references.rewrite(result)
            let kept = result.with.filter { references.tables.contains($0.id) }
            if kept.count == result.with.count { return result }
            result.with = kept
        }
    }

    private struct References: QueryRewriter {
        var tables: Set<Int> = []

        mutating func rewritten(_ query: Query) -> Query {
            if case .select(let select) = query.body, let from = select.from { collect(from) }
            return query
        }

        private mutating func collect(_ source: Source) {
            switch source {
            case .common(_, let table): tables.insert(table)
            case .join(_, let left, let right, _):
                collect(left)
                collect(right)
            case .table, .query, .series: break
            }
        }
    }
}
