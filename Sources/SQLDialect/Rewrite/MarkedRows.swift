internal import FeatureModel

/// The rows over which the window functions of a SELECT run, as a sub-select: its columns are what the SELECT makes of its relations,
/// and marks on rows that have an equal which is not the same.
struct MarkedRows {
    private enum Column {
        case part(Int)
        case mark(partition: [Expr], order: [Expr], values: [Expr]?)
    }

    private let newRelation: () -> Int
    private let base: Int
    private let marked: Int
    private var parts: [Expr] = []
    private var columns: [Column] = []
    private var places: [Expr: Int] = [:]

    init(newRelation: @escaping () -> Int) {
        self.newRelation = newRelation
        base = newRelation()
        marked = newRelation()
    }

    /// A value without window functions, as a column of the sub-select. Constants stay: SQLite asks for them in some arguments.
    mutating func part(_ value: Expr) -> Expr {
        if value.isLiteral { return value }
        if let place = places[value] { return reference(value, place) }
        places[value] = columns.count
        columns.append(.part(parts.count))
        parts.append(value)
        return reference(value, columns.count - 1)
    }

    /// Whether the window puts beside this row one that differs from it: in these values, or for nil in anything that the SELECT uses.
    mutating func differ(_ window: WindowCall, in values: [Expr]?) -> Expr {
        columns.append(.mark(partition: window.partition, order: window.order.map(\.expression), values: values))
        return reference(.bool(true), columns.count - 1)
    }

    private func reference(_ value: Expr, _ place: Int) -> Expr {
        value.read(from: ColumnID(relation: marked, index: place))
    }

    func source(over select: Select) -> Source {
        var inner = select
        inner.output = parts
        let rows = Query(body: .select(inner), columns: Self.named(parts))
        let output = columns.map { column -> Expr in
            switch column {
            case .part(let index): return inBase(index)
            case .mark(let partition, let order, let values):
                let keys = (partition + order).map(lowered)
                let compared = (values.map { $0.map(lowered) } ?? parts.indices.map(inBase)).filter { !$0.isLiteral }
                return .boolean(.compare(.greater, count(keys), count(keys + compared.map(\.asPrinted))), isNullable: false)
            }
        }
        return .query(id: marked, Query(body: .select(Select(output: output, from: .query(id: base, rows))), columns: Self.named(output)))
    }

    private func inBase(_ index: Int) -> Expr { parts[index].read(from: ColumnID(relation: base, index: index)) }

    /// The same value a level down.
    private func lowered(_ value: Expr) -> Expr {
        guard let column = value.column, column.relation == marked, case .part(let index) = columns[column.index] else { return value }
        return inBase(index)
    }

    private func count(_ partition: [Expr]) -> Expr {
        let call = WindowCall(function: "count", arguments: [], filter: nil, partition: partition, order: [], frame: nil)
        return Expr(.window(call), PostgresType(.int8), .integer, isNullable: false)
    }

    private static func named(_ values: [Expr]) -> [QueryColumn] {
        values.enumerated().map { QueryColumn(name: "c\($0.offset + 1)", $0.element) }
    }
}
