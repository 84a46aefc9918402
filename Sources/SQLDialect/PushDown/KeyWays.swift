internal import FeatureModel

/// The ways from a key to a table: equalities of its columns with the key, or with what the key has led to.
struct KeyWays {
    let definitions: [TableName: TableDefinition]
    let origins: OriginTracer
    /// A way through other rows counts only if what it leads to belongs to them alone: if it compares with a key of theirs.
    /// `of the same type` leads to rows of other keys, and so does `the referrer`.
    let ownRowsOnly: Bool

    /// What is known at a place: relations whose rows the key leads to, and columns that are equal to the key.
    struct Reached {
        var relations: Set<Int> = []
        var known = KnownColumns()

        /// In the matched rows of a LEFT JOIN the columns of the right side are the key as well.
        mutating func learnMatched(_ condition: Condition) {
            guard let relations = condition.relations, case .compare(.equal, let a, let b) = condition.value.operation else { return }
            for (side, other) in [(a, b), (b, a)] {
                guard let column = side.column, relations.contains(column.relation), side.encoding == other.encoding,
                    let value = known.value(of: other), value.isKey
                else { continue }
                known.add(column, value)
            }
        }
    }

    /// An equality that may lead to the tables of these relations; nil: to any.
    struct Condition {
        let value: Expr
        let relations: Set<Int>?
    }

    private enum Partner {
        case value(Expr)
        case rows(Query)
    }

    /// The table's columns that are equal to the key or, if not `isDirect`, to what the key has led to: none if SQLite's own row number is.
    /// Nil if nothing leads here.
    func columns(
        to table: TableSource, _ conditions: [Condition], _ reached: Reached, isDirect: Bool, isReached: (Query) -> Bool
    ) -> [String]? {
        var names: [String] = []
        var partners: [(relation: Int, origin: ColumnOrigin)] = []
        var hasRowNumber = false
        for condition in conditions where condition.relations?.contains(table.id) ?? true {
            for (side, partner) in Self.sides(of: condition.value) {
                guard let column = side.column, column.relation == table.id else { continue }
                switch partner {
                case .value(let value):
                    if isDirect {
                        guard let known = reached.known.value(of: value), known.isKey else { continue }
                    } else {
                        let relations = value.relations
                        guard !relations.isEmpty, relations.isSubset(of: reached.relations) else { continue }
                        if let other = value.column, let origin = origins.origin(of: other) { partners.append((other.relation, origin)) }
                    }
                case .rows(let query):
                    guard !isDirect, isReached(query) else { continue }
                    if let origin = origins.origin(of: 0, in: query) { partners.append((-1 - partners.count, origin)) }
                }
                if column.index == ColumnID.rowID {
                    hasRowNumber = true
                } else if !names.contains(table.columns[column.index]) {
                    names.append(table.columns[column.index])
                }
            }
        }
        if names.isEmpty { return hasRowNumber ? [] : nil }
        if !isDirect, ownRowsOnly, !hasRowNumber, !isKey(partners) { return nil }
        return names
    }

    /// Columns by which a join may find rows of a table that the key does not lead to: each that is compared with another table's.
    func joined(to table: TableSource, _ conditions: [Condition]) -> [String] {
        var found: [String] = []
        for condition in conditions {
            for case (let side, .value(let value)) in Self.sides(of: condition.value) {
                guard let column = side.column, column.relation == table.id, column.index >= 0 else { continue }
                let name = table.columns[column.index]
                if !value.relations.isEmpty, !value.relations.contains(table.id), !found.contains(name) { found.append(name) }
            }
        }
        return found
    }

    private static func sides(of condition: Expr) -> [(Expr, Partner)] {
        switch condition.operation {
        case .compare(.equal, let a, let b): [(a, .value(b)), (b, .value(a))]
        case .inSubquery(let values, let query, negated: false) where values.count == 1: [(values[0], .rows(query))]
        default: []
        }
    }

    private func isKey(_ columns: Set<String>, of table: TableName) -> Bool {
        guard let definition = definitions[table] else { return false }
        return ([definition.primaryKey] + definition.uniqueKeys).contains { !$0.isEmpty && columns.isSuperset(of: $0) }
    }

    private func isKey(_ partners: [(relation: Int, origin: ColumnOrigin)]) -> Bool {
        Dictionary(grouping: partners) { $0.relation }.values.contains { group in
            isKey(Set(group.map(\.origin.column)), of: group[0].origin.table)
        }
    }
}

extension Expr {
    /// The relations whose columns it uses, those within sub-queries left out.
    fileprivate var relations: Set<Int> {
        if let column { return [column.relation] }
        return operation.children.reduce(into: []) { $0.formUnion($1.relations) }
    }
}
