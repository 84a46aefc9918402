internal import FeatureModel

/// Recognises base tables of a wrapped query that the key's values reach: in every place where the table is read, some of its columns
/// must equal a parameter. Produces which; rows of such a table that hold other values can be left out without changing the answer.
struct KeyedTables {
    private var alternatives: [TableName: Set<[RealtimeStatement.KeyedColumn]>] = [:]
    private var unreached: Set<TableName> = []

    static func tables(of query: Query) -> [RealtimeStatement.KeyedTable] {
        var rows = KeyedTables()
        rows.visit(query, Equalities())
        return rows.alternatives.keys.filter { !rows.unreached.contains($0) }.sorted().map { table in
            let sorted = rows.alternatives[table]!.sorted { $0.map(\.column).joined(separator: ",") < $1.map(\.column).joined(separator: ",") }
            return RealtimeStatement.KeyedTable(table: table, alternatives: sorted)
        }
    }

    /// `outer` is what a sub-query that refers to the rows around it may rely on.
    private mutating func visit(_ query: Query, _ outer: Equalities) {
        for table in query.with { visit(table.query, outer) }
        switch query.body {
        case .setOperation(_, _, let left, let right):
            visit(left, outer)
            visit(right, outer)
        case .values(let rows): for value in rows.joined() { visit(value, outer) }
        case .select(let select):
            var known = outer
            known.add(select.predicate?.conjuncts ?? [])
            if let from = select.from { visit(from, known) }
            if let from = select.from { known.add(Self.innerConditions(from)) }
            let values = select.output + select.groupBy + [select.predicate, select.having].compactMap(\.self) + query.orderBy.map(\.expression)
            for value in values + [query.limit, query.offset].compactMap(\.self) { visit(value, known) }
            if case .on(let keys) = select.distinct { for value in keys { visit(value, known) } }
        }
    }

    private mutating func visit(_ value: Expr, _ known: Equalities) {
        if let query = value.operation.subquery { visit(query, known) }
        for child in value.operation.children { visit(child, known) }
    }

    private mutating func visit(_ source: Source, _ known: Equalities) {
        switch source {
        case .common: break
        case .series: for value in source.seriesArguments { visit(value, known) }
        case .query(_, let query): visit(query, known)
        case .table(let table):
            let keyed = table.columns.enumerated().compactMap { index, column in
                known.parameter(of: ColumnID(relation: table.id, index: index)).map { RealtimeStatement.KeyedColumn(column: column, parameter: $0) }
            }
            if keyed.isEmpty { unreached.insert(table.table) } else { alternatives[table.table, default: []].insert(keyed) }
        case .join(let kind, let left, let right, let on):
            if let on { visit(on, known) }
            var left = (source: left, known: known), right = (source: right, known: known)
            switch kind {
            case .inner:
                left.known.add(Self.innerConditions(source))
                right.known = left.known
            case .left:
                left.known.add(Self.innerConditions(left.source))
                right.known = left.known
                right.known.add(on?.conjuncts ?? [])
            case .right:
                right.known.add(Self.innerConditions(right.source))
                left.known = right.known
                left.known.add(on?.conjuncts ?? [])
            case .full: break
            }
            visit(left.source, left.known)
            visit(right.source, right.known)
        }
    }

    /// What holds in every row that a source gives.
    private static func innerConditions(_ source: Source) -> [Expr] {
        guard case .join(let kind, let left, let right, let on) = source else { return [] }
        return switch kind {
        case .inner: (on?.conjuncts ?? []) + innerConditions(left) + innerConditions(right)
        case .left: innerConditions(left)
        case .right: innerConditions(right)
        case .full: []
        }
    }

    /// Columns of which it is known what parameter they equal.
    private struct Equalities {
        private var parameters: [ColumnID: Int] = [:]

        func parameter(of column: ColumnID) -> Int? { parameters[column] }

        mutating func add(_ conditions: [Expr]) {
            var size = -1
            while size != parameters.count {
                size = parameters.count
                for case .compare(.equal, let a, let b) in conditions.map(\.operation) {
                    for (side, other) in [(a, b), (b, a)] {
                        guard let column = side.column, parameters[column] == nil, side.encoding == other.encoding else { continue }
                        if case .parameter(let number) = other.operation, other.isKey { parameters[column] = number } else if let other = other.column {
                            parameters[column] = parameters[other]
                        }
                    }
                }
            }
        }
    }
}
