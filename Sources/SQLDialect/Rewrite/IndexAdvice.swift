internal import FeatureModel

/// Recognises the columns of base tables that are compared for equality with a parameter, a constant, a column outside or a joined one.
/// Produces the indexes that let SQLite reach their rows without a scan.
struct IndexAdvice: QueryRewriter {
    private(set) var wanted: Set<RealtimeStatement.WantedIndex> = []

    static func indexes(of query: Query) -> [RealtimeStatement.WantedIndex] {
        var advice = IndexAdvice()
        _ = advice.rewrite(query)
        return advice.wanted.sorted { ($0.table, $0.columns.joined(separator: ",")) < ($1.table, $1.columns.joined(separator: ",")) }
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(let select) = query.body, let from = select.from else { return query }
        let conditions = (select.predicate?.conjuncts ?? []) + Self.conditions(of: from)
        let own = Set(from.relations)
        for table in Self.tables(in: from) {
            var fixed: [String] = []
            var joined: [String] = []
            for case .compare(.equal, let a, let b) in conditions.map(\.operation) {
                for (side, other) in [(a, b), (b, a)] {
                    guard let column = side.column, column.relation == table.id, column.index >= 0 else { continue }
                    let name = table.columns[column.index]
                    let relations = Self.relations(in: other)
                    if relations.contains(table.id) { continue }
                    if relations.isDisjoint(with: own) {
                        if !fixed.contains(name) { fixed.append(name) }
                    } else if !joined.contains(name) {
                        joined.append(name)
                    }
                }
            }
            if !fixed.isEmpty { wanted.insert(RealtimeStatement.WantedIndex(table: table.table, columns: fixed)) }
            for column in joined { wanted.insert(RealtimeStatement.WantedIndex(table: table.table, columns: [column])) }
        }
        return query
    }

    private static func tables(in source: Source) -> [TableSource] {
        switch source {
        case .table(let table): [table]
        case .join(_, let left, let right, _): tables(in: left) + tables(in: right)
        case .query, .common, .series: []
        }
    }

    private static func conditions(of source: Source) -> [Expr] {
        guard case .join(_, let left, let right, let on) = source else { return [] }
        return conditions(of: left) + conditions(of: right) + (on?.conjuncts ?? [])
    }

    private static func relations(in value: Expr) -> Set<Int> {
        if let column = value.column { return [column.relation] }
        return value.operation.children.reduce(into: []) { $0.formUnion(relations(in: $1)) }
    }
}
