internal import FeatureModel

/// A typed expression that is ready to be written in SQLite's terms: functions and operators are resolved, values are encoded.
///
/// Two are equal if they compute the same value; what is known about their nulls is not compared.
struct Expr: Sendable {
    var operation: Operation
    var type: PostgresType
    var encoding: Encoding
    /// False only if it is proven that the value is never null.
    var isNullable: Bool
    /// For `.scaled`: the most decimal digits that the encoded integer can have (19 for any bigint).
    var digits: Int
    /// For text: how PostgreSQL orders and compares it here.
    var collation: TextCollation
    /// Of a double that is read from elsewhere, a sub-query or the call: it may be -0 (``mayBeNegativeZero``).
    var bringsNegativeZero = false

    init(
        _ operation: Operation, _ type: PostgresType, _ encoding: Encoding, isNullable: Bool, digits: Int = 19,
        collation: TextCollation = .databaseDefault
    ) {
        self.operation = operation
        self.type = type
        self.encoding = encoding
        self.isNullable = isNullable
        self.digits = digits
        self.collation = collation
    }

    /// Stands for what could not be translated; an obstacle was recorded when it was made, and none is added on its account.
    static let poison = Expr(.poison, PostgresType(.unknown), .text, isNullable: true)
    var isPoison: Bool { operation == .poison }

    static func integer(_ value: Int64, _ kind: PostgresType.Kind = .int4) -> Expr {
        Expr(.literal(.integer(value)), PostgresType(kind), .integer, isNullable: false)
    }

    static func text(_ value: String) -> Expr { Expr(.literal(.text(value)), PostgresType(.text), .text, isNullable: false) }
    static func bool(_ value: Bool) -> Expr { Expr(.literal(.integer(value ? 1 : 0)), PostgresType(.bool), .boolean, isNullable: false) }

    static func null(_ type: PostgresType, _ encoding: Encoding) -> Expr { Expr(.literal(.null), type, encoding, isNullable: true, digits: 0) }
    static func boolean(_ operation: Operation, isNullable: Bool) -> Expr { Expr(operation, PostgresType(.bool), .boolean, isNullable: isNullable) }

    /// The function that gives an enum's value its place.
    static let enumRank = "pg_enum_rank"

    /// Stands for the number of the parameter that takes the time of the request, which is known when the keys are.
    static let clockNumber = 0
    /// The time of the request.
    static let clock = Expr(.parameter(clockNumber), PostgresType(.timestamptz), .microseconds, isNullable: false)

    /// Stands for the number of the parameter that takes a value of the call's request, which is known when the keys are: below the clock's.
    static func requestNumber(_ column: Int) -> Int { clockNumber - 1 - column }

    func typed(_ type: PostgresType, _ encoding: Encoding) -> Expr {
        var result = self
        result.type = type
        result.encoding = encoding
        return result
    }

    var isNullLiteral: Bool { operation == .literal(.null) }

    var literal: Literal? { if case .literal(let literal) = operation { literal } else { nil } }

    /// The column that this is, and nothing more.
    var column: ColumnID? { if case .column(let id) = operation { id } else { nil } }

    /// The order that SQLite would not know by itself.
    var order: ValueOrder? { ValueOrder(type, encoding) }

    /// SQLite must be told to compare the text as PostgreSQL compares the value.
    var sqliteCollation: String? {
        if let order { return order.collation }
        // SQLite takes an expression's collation from a COLLATE anywhere inside it: a text says that it has its own.
        return encoding == .text && contains { $0.order != nil } ? "BINARY" : nil
    }

    static func and(_ parts: [Expr]) -> Expr? {
        parts.count < 2 ? parts.first : .boolean(.and(parts), isNullable: parts.contains { $0.isNullable })
    }

    /// The parts joined by AND.
    var conjuncts: [Expr] { if case .and(let parts) = operation { parts.flatMap(\.conjuncts) } else { [self] } }
}

extension Expr: Hashable {
    static func == (a: Expr, b: Expr) -> Bool { a.encoding == b.encoding && a.type == b.type && a.operation == b.operation }

    func hash(into hasher: inout Hasher) {
        hasher.combine(encoding)
        hasher.combine(operation)
    }
}

/// A column of a relation in a FROM clause. Relations are numbered through the whole statement, so no scope is needed to tell them apart.
struct ColumnID: Hashable, Sendable {
    let relation: Int
    let index: Int

    /// The index of SQLite's own row number of a mirror.
    static let rowID = -1
}

/// The order in which PostgreSQL compares a text.
enum TextCollation: Hashable, Sendable {
    case databaseDefault
    /// C, POSIX, C.UTF-8: by bytes.
    case binary
    /// Any other; its name.
    case other(String)
}

/// A constant in SQLite's storage classes, encoded.
enum Literal: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

enum ComparisonOperator: String, Hashable, Sendable {
    case equal = "=", notEqual = "<>", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    /// IS [NOT] DISTINCT FROM.
    case distinct = "IS NOT", notDistinct = "IS"

    var needsOrder: Bool { [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(self) }

    /// The operator with its sides exchanged.
    var mirrored: ComparisonOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}

indirect enum Operation: Hashable, Sendable {
    case column(ColumnID)
    /// A column of the query's own output, by position; only in the ORDER BY of set operations and VALUES.
    case output(Int)
    case literal(Literal)
    /// `?n`; 0 is the clock's, those below it are the request's.
    case parameter(Int)
    /// A registered function.
    case call(String, [Expr])
    /// Both sides have one encoding.
    case compare(ComparisonOperator, Expr, Expr)
    /// `+`, `-` or `*` of integers that provably cannot overflow.
    case arithmetic(String, Expr, Expr)
    case and([Expr])
    case or([Expr])
    case not(Expr)
    case isNull(Expr)
    case isNotNull(Expr)
    /// IS [NOT] TRUE, IS [NOT] FALSE.
    case isBoolean(Expr, value: Bool, negated: Bool)
    case choose([Branch], otherwise: Expr?)
    case coalesce([Expr])
    case nullIf(Expr, Expr)
    case inList(Expr, [Expr], negated: Bool)
    /// An integer as REAL; exact or rounded as PostgreSQL rounds it.
    case toReal(Expr)
    /// An integer's digits.
    case toDigits(Expr)
    case exists(Query)
    /// The query has one column; more than one row is an error at run time unless `provenSingle`.
    case scalarSubquery(Query, provenSingle: Bool)
    case inSubquery([Expr], Query, negated: Bool)
    case aggregate(Aggregate)
    case window(WindowCall)
    case poison
}

struct Branch: Hashable, Sendable {
    let condition: Expr
    let value: Expr
}

struct Aggregate: Hashable, Sendable {
    /// A registered aggregate, or one of SQLite's `count`, `min`, `max`.
    let function: String
    /// None for `count(*)`.
    var arguments: [Expr]
    var isDistinct: Bool
    var filter: Expr?
}

struct SortKey: Hashable, Sendable {
    var expression: Expr
    var isDescending: Bool
    var nullsFirst: Bool
}

struct WindowCall: Hashable, Sendable {
    let function: String
    var arguments: [Expr]
    var filter: Expr?
    var partition: [Expr]
    var order: [SortKey]
    /// Nil: RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW.
    var frame: Frame?
    /// As the user wrote it: its order has to be proven or checked (``WindowTies``). What the rewriters make is proven by them.
    var isWritten = false
    /// Rows whose number is greater are dropped by whoever reads it.
    var greatestUsed: Int64?

    struct Frame: Hashable, Sendable {
        enum Mode: String, Hashable, Sendable { case range = "RANGE", rows = "ROWS", groups = "GROUPS" }
        enum Bound: Hashable, Sendable {
            case unboundedPreceding, preceding(Int64), currentRow, following(Int64), unboundedFollowing
        }
        enum Exclusion: String, Hashable, Sendable { case currentRow = "CURRENT ROW", group = "GROUP", ties = "TIES" }

        let mode: Mode
        let start: Bound
        let end: Bound
        let exclusion: Exclusion?
    }
}
