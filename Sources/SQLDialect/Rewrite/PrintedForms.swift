internal import FeatureModel

extension Expr {
    /// Equal values may be printed differently: numerics of unknown scale, intervals, char(n) of several lengths, jsonb, arrays of these,
    /// computed doubles.
    var printsVary: Bool { order.map { $0.printsVary(type) } ?? mayBeNegativeZero }

    /// A double that equals 0 and is not printed so. A table's column has none: its loading refuses it.
    var mayBeNegativeZero: Bool {
        guard encoding == .real else { return false }
        if bringsNegativeZero { return true }
        switch operation {
        case .literal(.real(let value)): return value == 0 && value.sign == .minus
        case .call("pg_float_bits", let parts): return parts[0].literal == .integer(.min)
        case .call(let function, let parts):
            if Self.givingNegativeZero.contains(function) { return true }
            return !Self.losingNegativeZero.contains(function) && parts.contains(where: \.mayBeNegativeZero)
        case .scalarSubquery(let query, _): return query.columns[0].mayBeNegativeZero
        default: return operation.children.contains(where: \.mayBeNegativeZero)
        }
    }

    /// From arguments that are not -0.
    private static let givingNegativeZero: Set = [
        "pg_float_mul", "pg_float_div", "pg_float_neg", "pg_float_round", "pg_float_trunc", "pg_float_ceil", "pg_float_atan2", "pg_cast_text_float",
    ]

    private static let losingNegativeZero: Set = ["pg_float_abs", "pg_float_sign", "pg_float_cos", "pg_float_acos", "pg_float_exp"]

    /// The value where a sub-query gives it.
    func read(from column: ColumnID) -> Expr {
        var result = self
        result.bringsNegativeZero = mayBeNegativeZero
        result.operation = .column(column)
        return result
    }

    var isLiteral: Bool { if case .literal = operation { true } else { false } }

    /// A column takes the collation it was declared with along; as text it must not.
    var withoutColumnCollation: Expr {
        switch operation {
        case .column, .output: asPrinted
        default: self
        }
    }

    /// A double as text, in which 0 and -0 differ.
    var printedNumber: Expr {
        Expr(.call("pg_cast_float_text", [self, .integer(64)]), PostgresType(.text), .text, isNullable: isNullable)
    }

    /// For comparing what is printed: an operator takes the collation off.
    var asPrinted: Expr {
        if mayBeNegativeZero { return printedNumber }
        guard sqliteCollation != nil else { return self }
        return Expr(.arithmetic("||", self, .text("")), PostgresType(.text), .text, isNullable: isNullable)
    }
}
