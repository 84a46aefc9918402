/// Recognises RIGHT JOIN, and outer joins of which WHERE drops the rows that they add.
/// Produces LEFT JOIN with the sides exchanged (SQLite scans the left side of a RIGHT JOIN), and the weaker join that gives the same rows.
struct OuterJoins: QueryRewriter {
    /// RIGHT JOIN as LEFT JOIN, everywhere.
    static func turned(_ query: Query) -> Query {
        var turning = OuterJoins()
        return turning.rewrite(query)
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard case .select(var select) = query.body, let from = select.from else { return query }
        var result = query
        select.from = Self.turned(from)
        result.body = .select(select)
        return result
    }

    private static func turned(_ source: Source) -> Source {
        guard case .join(let kind, let left, let right, let on) = source else { return source }
        return kind == .right ? .join(.left, turned(right), turned(left), on: on) : .join(kind, turned(left), turned(right), on: on)
    }

    /// - Parameter strict: relations with a column that is known not to be null in any row that counts.
    static func reduced(_ source: Source, strict: Set<Int>) -> Source {
        guard case .join(let kind, let left, let right, let on) = source else { return source }
        let hasLeft = !strict.isDisjoint(with: left.relations), hasRight = !strict.isDisjoint(with: right.relations)
        let (newLeft, newRight) = (reduced(left, strict: strict), reduced(right, strict: strict))
        return switch (kind, hasLeft, hasRight) {
        case (.left, _, true), (.full, true, true): .join(.inner, newLeft, newRight, on: on)
        case (.full, true, false): .join(.left, newLeft, newRight, on: on)
        case (.full, false, true): .join(.left, newRight, newLeft, on: on)
        default: .join(kind, newLeft, newRight, on: on)
        }
    }
}
