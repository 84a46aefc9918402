internal import EmbeddedSQL
internal import PostgresTypes

/// Rows collected for an ordered aggregate.
struct SortedRows {
    struct Row {
        let values: [StoredValue]
        let keys: [StoredValue]
    }

    private(set) var specification: SortSpecification?
    private var rows: [Row] = []

    var isEmpty: Bool { rows.isEmpty }

    /// `values` are the arguments before the specification, which stands at `index`.
    mutating func add(_ arguments: Arguments, specificationAt index: Int) throws(PostgresError) {
        if specification == nil { specification = try SortSpecification(arguments[index].utf8) }
        rows.append(
            Row(
                values: (0..<index).map { StoredValue(arguments[$0]) },
                keys: (index + 1..<max(index + 1, arguments.count)).map { StoredValue(arguments[$0]) }))
    }

    /// In order, peers as they came. With DISTINCT only the first of rows equal in keys and arguments; PostgreSQL sorts by the
    /// argument then, where nothing else is said.
    func sorted() -> [Row] {
        guard let specification else { return [] }
        if specification.keys.isEmpty, !specification.isDistinct { return rows }
        // Swift's sort keeps the order of equals.
        let ordered = rows.sorted { Self.order($0, $1, specification) < 0 }
        guard specification.isDistinct else { return ordered }
        var kept: [Row] = []
        for row in ordered {
            let isRepeated = kept.reversed().prefix { Self.order($0, row, specification) == 0 }.contains { Self.haveEqualOthers($0, row) }
            if !isRepeated { kept.append(row) }
        }
        return kept
    }

    private static func order(_ left: Row, _ right: Row, _ specification: SortSpecification) -> Int {
        if !specification.keys.isEmpty { return specification.order(left.keys, right.keys) }
        guard let a = left.values.first, let b = right.values.first else { return 0 }
        if a.isNull || b.isNull { return a.isNull == b.isNull ? 0 : a.isNull ? 1 : -1 }
        return a.binaryOrder(to: b)
    }

    /// Whether the arguments after the first, e.g. delimiters, are the same.
    private static func haveEqualOthers(_ left: Row, _ right: Row) -> Bool {
        zip(left.values.dropFirst(), right.values.dropFirst()).allSatisfy { $0.isNull == $1.isNull && ($0.isNull || $0.binaryOrder(to: $1) == 0) }
    }
}
