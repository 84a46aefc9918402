/// Recognises common tables that nothing refers to any more; produces the query without them, at every depth.
struct CommonTablesInUse: QueryRewriter {
    static func pruned(_ query: Query) -> Query {
        var pruning = CommonTablesInUse()
        return pruning.rewrite(query)
    }

    mutating func rewritten(_ query: Query) -> Query {
        var result = query
        while !result.with.isEmpty {
            var references = References()
            _ = references.rewrite(result)
            let kept = result.with.filter { references.tables.contains($0.id) }
            if kept.count == result.with.count { break }
            result.with = kept
        }
        return result
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
