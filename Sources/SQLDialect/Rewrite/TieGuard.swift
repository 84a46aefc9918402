internal import FeatureModel

/// Recognises LIMIT and OFFSET whose ORDER BY does not provably order rows totally (``Query/tiesAreUnproven``), where the input asks for
/// run-time checks.
/// Produces a choice by `row_number()` over the ordered rows, with an error as soon as rows that are equal under ORDER BY, and differ in
/// what is put out, stand on both sides of a cut: which of them are kept would be chance.
struct TieGuard: QueryRewriter {
    let newRelation: () -> Int

    /// What stands for a value that would be chance.
    static let function = "pg_raise"

    static func raise() -> Expr {
        raise("rows that are equal under ORDER BY stand on both sides of LIMIT or DISTINCT ON; order by a unique column as well", .bool(true))
    }

    /// An error in place of a value.
    static func raise(_ message: String, _ value: Expr) -> Expr {
        var result = value
        result.operation = .call(function, [.text("P0001"), .text(message)])
        return result
    }

    /// The cuts must be known numbers.
    static func canCheck(_ query: Query) -> Bool { [query.limit, query.offset].allSatisfy { $0 == nil || $0.flatMap(cut) != nil } }

    private static func cut(_ count: Expr) -> Int64? {
        if case .integer(let number)? = count.literal, (0..<1 << 40).contains(number) { number } else { nil }
    }

    mutating func rewritten(_ query: Query) -> Query {
        guard query.tiesAreUnproven, query.limit != nil || query.offset != nil else { return query }
        let first = query.offset.flatMap(Self.cut) ?? 0
        let last = query.limit.flatMap(Self.cut).map { first + $0 }
        let rows = NumberedRows(query, newRelation: newRelation, counts: true)
        func integer(_ value: Int64) -> Expr { .integer(value, .int8) }
        // Every row of the equal ones raises, also those behind the cut: a key's condition may leave only these.
        var branches: [(Operation, Expr)] = []
        let differ = Expr.boolean(.compare(.greater, rows.peers, rows.same), isNullable: false)
        let end = Expr(.arithmetic("+", rows.rank, rows.peers), PostgresType(.int8), .integer, isNullable: false)
        for cut in [first, last].compactMap(\.self) where cut > 0 {
            let begins = Expr.boolean(.compare(.lessOrEqual, rows.rank, integer(cut)), isNullable: false)
            let goesOn = Expr.boolean(.compare(.greater, end, integer(cut + 1)), isNullable: false)
            branches.append((.and([begins, goesOn, differ]), Self.raise()))
        }
        if let last { branches.append((.compare(.greater, rows.number, integer(last)), .bool(false))) }
        if first > 0 { branches.append((.compare(.lessOrEqual, rows.number, integer(first)), .bool(false))) }
        return rows.query(where: Self.choose(branches))
    }

    /// `FETCH FIRST n ROWS WITH TIES`: by rank. Nil unless the number is a constant and there is no OFFSET.
    func withTies(_ query: Query) -> Query? {
        guard let limit = query.limit.flatMap(Self.cut), query.offset == nil, !query.orderBy.isEmpty else { return nil }
        let rows = NumberedRows(query, newRelation: newRelation, counts: false)
        return rows.query(where: .boolean(.compare(.lessOrEqual, rows.rank, .integer(limit, .int8)), isNullable: false))
    }

    static func choose(_ branches: [(Operation, Expr)]) -> Expr {
        let all = branches.map { Branch(condition: .boolean($0, isNullable: false), value: $1) }
        return .boolean(.choose(all, otherwise: .bool(true)), isNullable: false)
    }
}
