/// Recognises `row_number()` in a sub-select or common table of which the reader keeps only small numbers, as in `WHERE n = 1`.
/// Produces nothing but a note of the greatest number kept (``WindowCall/greatestUsed``): how rows tie behind it is no matter.
enum RowNumberBounds {
    static func noted(in query: Query) -> Query {
        var readers = Readers()
        _ = readers.rewrite(query)
        var notes = Notes(readers: readers)
        return notes.rewrite(query)
    }

    /// For each reference to a sub-select or common table the bounds of its columns.
    private struct Readers: QueryRewriter {
        var subselects: [Int: [Int: Int64]] = [:]
        var commonTables: [Int: [[Int: Int64]]] = [:]

        mutating func rewritten(_ query: Query) -> Query {
            if case .select(let select) = query.body, let from = select.from { collect(from, select.predicate?.conjuncts ?? []) }
            return query
        }

        /// - Parameter conditions: rows of the source that do not meet them change nothing.
        private mutating func collect(_ source: Source, _ conditions: [Expr]) {
            switch source {
            case .table, .series: break
            case .query(let id, _): subselects[id] = bounds(of: id, conditions)
            case .common(let id, let table): commonTables[table, default: []].append(bounds(of: id, conditions))
            case .join(let kind, let left, let right, let on):
                let own = on?.conjuncts ?? []
                collect(left, conditions + (kind == .inner || kind == .right ? own : []))
                collect(right, conditions + (kind == .inner || kind == .left ? own : []))
            }
        }

        private func bounds(of relation: Int, _ conditions: [Expr]) -> [Int: Int64] {
            var found: [Int: Int64] = [:]
            for case .compare(let op, let a, let b) in conditions.map(\.operation) {
                for (op, side, other) in [(op, a, b), (op.mirrored, b, a)] {
                    guard let column = side.column, column.relation == relation, case .integer(let number)? = other.literal else { continue }
                    switch op {
                    case .equal, .lessOrEqual: found[column.index] = min(found[column.index] ?? number, number)
                    case .less where number > .min: found[column.index] = min(found[column.index] ?? number, number - 1)
                    default: break
                    }
                }
            }
            return found
        }
    }

    private struct Notes: QueryRewriter {
        let readers: Readers

        mutating func rewritten(_ query: Query) -> Query {
            var result = query
            for index in query.with.indices {
                guard let all = readers.commonTables[query.with[index].id], let first = all.first else { continue }
                let bounds = all.dropFirst().reduce(first) { known, other in
                    known.reduce(into: [:]) { merged, bound in merged[bound.key] = other[bound.key].map { max($0, bound.value) } }
                }
                result.with[index].query = noted(query.with[index].query, bounds)
            }
            if case .select(var select) = query.body {
                select.from = select.from.map(noted)
                result.body = .select(select)
            }
            return result
        }

        private func noted(_ source: Source) -> Source {
            switch source {
            case .table, .common, .series: source
            case .query(let id, let query): .query(id: id, noted(query, readers.subselects[id] ?? [:]))
            case .join(let kind, let left, let right, let on): .join(kind, noted(left), noted(right), on: on)
            }
        }

        private func noted(_ query: Query, _ bounds: [Int: Int64]) -> Query {
            guard case .select(var select) = query.body, select.distinct == .none, query.orderBy.isEmpty, query.limit == nil, query.offset == nil
            else { return query }
            for (index, bound) in bounds {
                guard case .window(var window) = select.output[index].operation, window.function == "row_number" else { continue }
                window.greatestUsed = bound
                select.output[index].operation = .window(window)
            }
            var result = query
            result.body = .select(select)
            return result
        }
    }
}
