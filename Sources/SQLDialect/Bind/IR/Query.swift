internal import FeatureModel

/// A SELECT, a set operation or VALUES with what may surround any of them.
struct Query: Hashable, Sendable {
    /// Common table expressions that this query and everything below may refer to, in order of definition.
    var with: [CommonTable] = []
    var body: Body
    var orderBy: [SortKey] = []
    var limit: Expr?
    var offset: Expr?
    var columns: [QueryColumn]
    /// LIMIT or DISTINCT ON may have to choose among rows that are equal under ORDER BY; checked when it runs.
    var tiesAreUnproven = false
}

indirect enum Body: Hashable, Sendable {
    case select(Select)
    case setOperation(SetOperator, all: Bool, Query, Query)
    case values([[Expr]])
}

enum SetOperator: String, Hashable, Sendable {
    case union = "UNION", intersect = "INTERSECT", except = "EXCEPT"
}

/// What a column of a query's output is, seen from outside.
struct QueryColumn: Hashable, Sendable {
    var name: String
    var type: PostgresType
    var encoding: Encoding
    var isNullable: Bool
    var digits: Int
    var collation: TextCollation
    /// It could not be translated, and an obstacle says so.
    let isPoison: Bool
    var mayBeNegativeZero: Bool

    init(name: String, _ expression: Expr) {
        self.name = name
        isPoison = expression.isPoison
        type = expression.type
        encoding = expression.encoding
        isNullable = expression.isNullable
        digits = expression.digits
        collation = expression.collation
        mayBeNegativeZero = expression.mayBeNegativeZero
    }

    func reference(_ operation: Operation) -> Expr {
        if isPoison { return .poison }
        var result = Expr(operation, type, encoding, isNullable: isNullable, digits: digits, collation: collation)
        result.bringsNegativeZero = mayBeNegativeZero
        return result
    }
}

extension QueryColumn {
    /// It as a part of the arrays that are a series' elements.
    func part(_ index: Int, of series: Int) -> Expr {
        let element = Expr(.column(ColumnID(relation: series, index: 0)), PostgresType(.json), .text, isNullable: true)
        var part = reference(.call("pg_rows_part", [element, .integer(Int64(index))]))
        part.isNullable = true
        return part
    }
}

struct CommonTable: Hashable, Sendable {
    let id: Int
    let name: String
    var query: Query
    /// The query is a UNION whose right side reads the table itself.
    var isRecursive = false
    /// It says MATERIALIZED. That changes which of its columns are computed, and nothing else.
    var isMaterialized = false
}

struct Select: Hashable, Sendable {
    enum Distinct: Hashable, Sendable { case none, all, on([Expr]) }

    var distinct: Distinct = .none
    var output: [Expr]
    var from: Source?
    var predicate: Expr?
    /// It has GROUP BY, HAVING or an aggregate.
    var isGrouped = false
    var groupBy: [Expr] = []
    var having: Expr?
}

enum JoinKind: String, Hashable, Sendable {
    case inner = "JOIN", left = "LEFT JOIN", right = "RIGHT JOIN", full = "FULL JOIN"
}

indirect enum Source: Hashable, Sendable {
    case table(TableSource)
    case query(id: Int, Query)
    /// A reference to a common table.
    case common(id: Int, table: Int)
    case join(JoinKind, Source, Source, on: Expr?)
    /// Rows that a function gives.
    case series(id: Int, Series)

    /// The relations in it, those within sub-selects left out.
    var relations: [Int] {
        switch self {
        case .table(let table): [table.id]
        case .query(let id, _), .common(let id, _), .series(let id, _): [id]
        case .join(_, let left, let right, _): left.relations + right.relations
        }
    }

    /// What the functions in it that give rows are given; those within sub-selects left out.
    var seriesArguments: [Expr] {
        switch self {
        case .table, .query, .common: []
        case .join(_, let left, let right, _): left.seriesArguments + right.seriesArguments
        case .series(_, .elements(let value)): [value]
        case .series(_, .counted(let series)): [series.start, series.stop, series.step]
        }
    }

    /// A FULL or RIGHT JOIN stands in it, those within sub-selects left out.
    var hasFullJoin: Bool {
        guard case .join(let kind, let left, let right, _) = self else { return false }
        return kind == .full || kind == .right || left.hasFullJoin || right.hasFullJoin
    }
}

struct TableSource: Hashable, Sendable {
    let id: Int
    let table: TableName
    /// Of the warehouse's table, in order; a ``ColumnID``'s index counts them.
    let columns: [String]
}

enum Series: Hashable, Sendable {
    /// `generate_series` between constants or outer values: one column.
    case counted(Counted)
    /// The elements of a JSON array of texts, numbers and arrays, in order: see ``SQLiteFunctions/rows``. Its columns are the element and
    /// its place from 0. It may refer to what stands before it in FROM.
    case elements(Expr)

    /// From, to and step encoded alike.
    struct Counted: Hashable, Sendable {
        let start: Expr
        let stop: Expr
        /// Added each time; a registered function when it is not an integer.
        let step: Expr
        /// Nil for integers; else the function that adds an interval to the value, and its zone.
        let advance: String?
        let zone: String?
    }
}
