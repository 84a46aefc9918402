internal import FeatureModel

/// What is known about the output columns of a query from its own conditions: in `SELECT a.k, b.k AS l FROM a JOIN b ON b.k = a.k WHERE a.k = ?1`
/// both are `?1`, whatever LIMIT, grouping and windows make of the rows.
struct KnownOutputs {
    /// The common tables in reach, by number.
    var common: [Int: Query] = [:]
    /// What was found about them: a statement may refer to each many times, through others.
    private var found: [PushDown.Restriction: [Int: Expr]] = [:]
    /// Queries still to be looked into: a statement that nests them without end is not followed without end.
    private var budget = 100_000

    mutating func values(of query: Query, _ predicates: [PushDown.Predicate] = []) -> [Int: Expr] {
        budget -= 1
        guard budget > 0 else { return [:] }
        for table in query.with where !table.isRecursive { common[table.id] = table.query }
        switch query.body {
        case .values: return [:]
        case .setOperation(let op, _, let left, let right):
            let first = values(of: left, predicates)
            if op != .union { return first }
            let second = values(of: right, predicates)
            return first.filter { second[$0.key] == $0.value }
        case .select(let select):
            var known = KnownColumns()
            known.add(predicates.map { .equality(select.output[$0.column].withoutTieCheck, $0.value) } + (select.predicate?.conjuncts ?? []))
            if let from = select.from { learn(from, &known) }
            return select.output.enumerated().reduce(into: [:]) { found, item in
                if let value = known.value(of: item.element.withoutTieCheck), value.isKey { found[item.offset] = value }
            }
        }
    }

    /// Adds what holds in every row of FROM: the conditions of its inner joins, and what its sub-selects say about their output.
    mutating func learn(_ from: Source, _ known: inout KnownColumns) {
        known.add(from.conditionsThatHold)
        collect(from, &known)
        known.add(from.conditionsThatHold)
    }

    private mutating func collect(_ source: Source, _ known: inout KnownColumns) {
        switch source {
        case .table, .series: break
        case .query(let id, let query): add(query, id, &known)
        case .common(let id, let table):
            guard let query = common[table] else { return }
            let restriction = PushDown.Restriction(table: table, predicates: Set(known.predicates(on: id, of: query)))
            if found[restriction] == nil { found[restriction] = values(of: query, Array(restriction.predicates)) }
            for (index, value) in found[restriction] ?? [:] { known.add(ColumnID(relation: id, index: index), value) }
        case .join(let kind, let left, let right, _):
            if kind == .inner || kind == .left { collect(left, &known) }
            if kind == .inner || kind == .right { collect(right, &known) }
        }
    }

    private mutating func add(_ query: Query, _ relation: Int, _ known: inout KnownColumns) {
        for (index, value) in values(of: query, known.predicates(on: relation, of: query)) {
            known.add(ColumnID(relation: relation, index: index), value)
        }
    }
}

extension Expr {
    static func equality(_ left: Expr, _ right: Expr) -> Expr { .boolean(.compare(.equal, left, right), isNullable: true) }
}
