internal import FeatureModel

/// Follows output columns through sub-selects and common tables down to base tables.
struct OriginTracer {
    private var tables: [Int: TableSource] = [:]
    private var queries: [Int: Query] = [:]

    init(_ query: Query) {
        var collector = Collector()
        _ = collector.rewrite(query)
        tables = collector.tables
        queries = collector.queries
        for (id, table) in collector.references { queries[id] = collector.common[table] }
    }

    /// The tables by the aliases that ``SQLiteGenerator`` gives them.
    var aliases: [String: TableName] {
        Dictionary(uniqueKeysWithValues: tables.map { (SQLiteGenerator.alias(of: $0.key), $0.value.table) })
    }

    func origin(of index: Int, in query: Query) -> ColumnOrigin? {
        guard case .select(let select) = query.body, let column = select.output[index].column else { return nil }
        return origin(of: column)
    }

    func origin(of column: ColumnID) -> ColumnOrigin? {
        guard column.index >= 0 else { return nil }
        if let table = tables[column.relation] { return ColumnOrigin(table: table.table, column: table.columns[column.index]) }
        return queries[column.relation].flatMap { origin(of: column.index, in: $0) }
    }

    private struct Collector: QueryRewriter {
        var tables: [Int: TableSource] = [:]
        var queries: [Int: Query] = [:]
        var references: [Int: Int] = [:]
        var common: [Int: Query] = [:]

        mutating func rewritten(_ query: Query) -> Query {
            for table in query.with { common[table.id] = table.query }
            if case .select(let select) = query.body, let from = select.from { collect(from) }
            return query
        }

        private mutating func collect(_ source: Source) {
            switch source {
            case .table(let table): tables[table.id] = table
            case .query(let id, let query): queries[id] = query
            case .common(let id, let table): references[id] = table
            case .series: break
            case .join(_, let left, let right, _):
                collect(left)
                collect(right)
            }
        }
    }
}
