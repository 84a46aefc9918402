/// What came of one query on both engines.
public enum Verdict: Sendable, Equatable, CustomStringConvertible {
    /// Byte for byte, as a multiset; the number of rows compared.
    case identical(rows: Int)
    /// The same but for the last digits of floating-point numbers, by at most 1e-12, or by what rounding makes of terms that cancel out.
    case approximate(rows: Int)
    /// Not servable: the constructs that the compiler names.
    case refused([String])
    /// The store says that rows tie where the answer would be chance, for the whole query or some key; the number of rows that it did
    /// answer, all identical.
    case ties(rows: Int)
    /// Both engines fail with SQLSTATEs of one class: the code, or `PostgreSQL's, not the store's` where only the class is the same.
    case bothFail(String)
    /// PostgreSQL's own analysis refuses the statement.
    case invalid(String)
    /// Rows differ, or the store cannot run what its compiler wrote.
    case different(String)
    /// One engine answers, the other fails with an error of data (SQLSTATE class 22 or 21). SQL leaves open whether rows and columns that
    /// the answer does not need are evaluated: PostgreSQL folds constants beforehand and leaves unused columns out.
    case oneFails(String)

    public var description: String {
        switch self {
        case .identical(let rows): "identical, \(rows) rows"
        case .approximate(let rows): "approximate, \(rows) rows"
        case .refused(let constructs): "refused: \(constructs.joined(separator: "; "))"
        case .ties(let rows): "ties, \(rows) rows else"
        case .bothFail(let code): "both fail: \(code)"
        case .invalid(let message): "invalid: \(message)"
        case .different(let what): "different: \(what)"
        case .oneFails(let what): "only one fails: \(what)"
        }
    }
}

extension Verdict {
    /// Both engines answered alike, with rows or none.
    public var hasRows: Bool {
        switch self {
        case .identical, .approximate: true
        default: false
        }
    }
}
