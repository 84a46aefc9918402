internal import FeatureModel

/// Numeric values as scaled integers where their scale is known, as decimal text where it is not.
enum Numerics {
    static let powersOfTen: [Int64] = (0...18).map { exponent in (0..<exponent).reduce(Int64(1)) { value, _ in value * 10 } }

    static func scaled(_ operation: Operation, scale: Int, digits: Int, isNullable: Bool) -> Expr {
        Expr(operation, PostgresType(.numeric), .scaled(scale), isNullable: isNullable, digits: digits)
    }

    static func decimal(_ operation: Operation, isNullable: Bool) -> Expr {
        Expr(operation, PostgresType(.numeric), .decimal, isNullable: isNullable)
    }

    /// A literal as PostgreSQL prints it (digits, sign, point): scaled if it fits 18 digits, else decimal text.
    static func literal(_ text: String) -> Expr {
        var digits = text[...]
        let isNegative = digits.first == "-"
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let scale = parts.count == 2 ? parts[1].count : 0
        let joined = parts.joined()
        let significant = joined.drop { $0 == "0" }
        guard !joined.isEmpty, joined.allSatisfy({ $0.isASCII && $0.isNumber }), significant.count <= 18, scale <= 18,
            let magnitude = Int64(joined.isEmpty ? "0" : joined)
        else { return decimal(.literal(.text(text)), isNullable: false) }
        return scaled(.literal(.integer(isNegative ? -magnitude : magnitude)), scale: scale, digits: max(significant.count, 1), isNullable: false)
    }

    /// The digits of an encoded literal.
    static func text(_ value: Int64, scale: Int) -> String {
        var digits = String(value.magnitude)
        if scale > 0 {
            if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
        }
        return value < 0 ? "-" + digits : digits
    }

    /// Any numeric as decimal text.
    static func toDecimal(_ value: Expr) -> Expr {
        guard case .scaled(let scale) = value.encoding else { return value }
        var result = value
        result.encoding = .decimal
        result.digits = 19
        switch value.operation {
        case .literal(.integer(let number)): result.operation = .literal(.text(text(number, scale: scale)))
        case .literal(.null): break
        default:
            result.operation = scale == 0 ? .toDigits(value) : .call("pg_num_from_scaled", [value, .integer(Int64(scale))])
        }
        return result
    }

    /// The same value at a larger scale, if its digits still fit; nil if they might not.
    static func raised(_ value: Expr, to scale: Int) -> Expr? {
        guard case .scaled(let own) = value.encoding, scale >= own else { return nil }
        if scale == own { return value }
        let digits = value.digits + scale - own
        guard digits <= 18 else { return nil }
        var result = value
        result.encoding = .scaled(scale)
        result.type = PostgresType(.numeric)
        result.digits = digits
        let factor = powersOfTen[scale - own]
        switch value.operation {
        case .literal(.null): break
        case .literal(.integer(let number)): result.operation = .literal(.integer(number * factor))
        default: result.operation = .arithmetic("*", value, .integer(factor, .int8))
        }
        return result
    }

    /// Both at one scale, or both decimal: for comparisons, where the display scale does not matter.
    static func comparable(_ values: [Expr]) -> [Expr] {
        let scales = values.map { value -> Int? in if case .scaled(let scale) = value.encoding { scale } else { nil } }
        if scales.allSatisfy({ $0 != nil }) {
            let scale = scales.compactMap(\.self).max() ?? 0
            let all = values.compactMap { raised($0, to: scale) }
            if all.count == values.count { return all }
        }
        return values.map(toDecimal)
    }

    // MARK: Operators

    static func sum(_ sign: String, _ a: Expr, _ b: Expr) -> Expr {
        let isNullable = a.isNullable || b.isNullable
        if case .scaled(let s) = a.encoding, case .scaled(let t) = b.encoding, let x = raised(a, to: max(s, t)), let y = raised(b, to: max(s, t)) {
            let digits = max(x.digits, y.digits) + 1
            if digits <= 18 {
                if let result = folded(sign, x, y) { return scaled(result, scale: max(s, t), digits: digits, isNullable: false) }
                return scaled(.arithmetic(sign, x, y), scale: max(s, t), digits: digits, isNullable: isNullable)
            }
        }
        return decimal(.call(sign == "+" ? "pg_num_add" : "pg_num_sub", [toDecimal(a), toDecimal(b)]), isNullable: isNullable)
    }

    static func product(_ a: Expr, _ b: Expr) -> Expr {
        let isNullable = a.isNullable || b.isNullable
        if case .scaled(let s) = a.encoding, case .scaled(let t) = b.encoding, a.digits + b.digits <= 18, s + t <= 18 {
            return scaled(folded("*", a, b) ?? .arithmetic("*", a, b), scale: s + t, digits: a.digits + b.digits, isNullable: isNullable)
        }
        return decimal(.call("pg_num_mul", [toDecimal(a), toDecimal(b)]), isNullable: isNullable)
    }

    private static func folded(_ sign: String, _ a: Expr, _ b: Expr) -> Operation? {
        guard case .integer(let x)? = a.literal, case .integer(let y)? = b.literal else { return nil }
        return .literal(.integer(sign == "+" ? x + y : sign == "-" ? x - y : x * y))
    }

    static func negated(_ a: Expr) -> Expr {
        if case .scaled(let scale) = a.encoding, a.digits <= 18 {
            if case .integer(let x)? = a.literal { return scaled(.literal(.integer(-x)), scale: scale, digits: a.digits, isNullable: false) }
            return scaled(.arithmetic("-", .integer(0, .int8), a), scale: scale, digits: a.digits, isNullable: a.isNullable)
        }
        return decimal(.call("pg_num_neg", [toDecimal(a)]), isNullable: a.isNullable)
    }

    static func absolute(_ a: Expr) -> Expr {
        if case .scaled(let scale) = a.encoding, a.digits <= 18 {
            return scaled(.call("pg_int_abs", [a, .integer(64)]), scale: scale, digits: a.digits, isNullable: a.isNullable)
        }
        return decimal(.call("pg_num_abs", [toDecimal(a)]), isNullable: a.isNullable)
    }

    /// round and trunc; `name` is one of them.
    static func rounded(_ name: String, _ a: Expr, _ places: Expr?) -> Expr {
        let isNullable = a.isNullable || places?.isNullable == true
        if case .scaled(let scale) = a.encoding, a.digits <= 18, let wanted = places.map(literalInteger) ?? 0, (-18...18).contains(wanted) {
            // A larger scale is displayed, so the value is raised to it.
            if wanted >= scale, let result = raised(a, to: Int(wanted)) { return untyped(result) }
            if wanted < scale {
                let kept = max(Int(wanted), 0)
                let call = Operation.call("pg_scaled_\(name)", [a, .integer(Int64(scale)), .integer(wanted)])
                return scaled(call, scale: kept, digits: min(max(a.digits - scale + kept, 1) + 1, 18), isNullable: isNullable)
            }
        }
        return decimal(.call("pg_num_\(name)", [toDecimal(a), places ?? .integer(0)]), isNullable: isNullable)
    }

    private static func literalInteger(_ value: Expr) -> Int64? {
        if case .integer(let number)? = value.literal { number } else { nil }
    }

    /// ceil and floor.
    static func whole(_ name: String, _ a: Expr) -> Expr {
        if case .scaled(let scale) = a.encoding, a.digits <= 18 {
            if scale == 0 { return untyped(a) }
            let call = Operation.call("pg_scaled_\(name)", [a, .integer(Int64(scale))])
            return scaled(call, scale: 0, digits: min(max(a.digits - scale, 1) + 1, 18), isNullable: a.isNullable)
        }
        return decimal(.call("pg_num_\(name)", [toDecimal(a)]), isNullable: a.isNullable)
    }

    private static func untyped(_ value: Expr) -> Expr {
        var value = value
        value.type = PostgresType(.numeric)
        return value
    }

    static func fromInteger(_ a: Expr) -> Expr {
        let digits =
            switch a.type.kind {
            case .int2: 5
            case .int4: 10
            default: 19
            }
        if case .integer(let value)? = a.literal {
            return scaled(.literal(.integer(value)), scale: 0, digits: String(value.magnitude).count, isNullable: false)
        }
        var result = a
        result.type = PostgresType(.numeric)
        result.encoding = .scaled(0)
        result.digits = digits
        return result
    }

    static func toInteger(_ a: Expr, _ kind: PostgresType.Kind) -> Expr {
        let bits: Int64 = kind == .int2 ? 16 : kind == .int4 ? 32 : 64
        let type = PostgresType(kind)
        if case .scaled(let scale) = a.encoding {
            let call: Operation =
                scale == 0 ? .call("pg_int_check", [a, .integer(bits)]) : .call("pg_cast_scaled_int", [a, .integer(Int64(scale)), .integer(bits)])
            return Expr(call, type, .integer, isNullable: a.isNullable)
        }
        return Expr(.call("pg_cast_num_int", [a, .integer(bits)]), type, .integer, isNullable: a.isNullable)
    }

    static func toFloat(_ a: Expr, _ kind: PostgresType.Kind) -> Expr {
        let bits: Int64 = kind == .float4 ? 32 : 64
        let type = PostgresType(kind)
        if case .integer(let value)? = a.literal, case .scaled(let scale) = a.encoding, kind == .float8,
            let number = Double(text(value, scale: scale))
        {
            return Expr(.literal(.real(number)), type, .real, isNullable: false)
        }
        let call: Operation =
            if case .scaled(let scale) = a.encoding {
                .call("pg_cast_scaled_float", [a, .integer(Int64(scale)), .integer(bits)])
            } else {
                .call("pg_cast_num_float", [a, .integer(bits)])
            }
        return Expr(call, type, .real, isNullable: a.isNullable)
    }

    /// The cast to `numeric(precision, scale)`.
    static func declared(_ a: Expr, _ type: PostgresType) -> Expr {
        guard let (precision, scale) = type.declaredNumeric else { return a }
        var result = a
        result.type = type
        guard precision <= 18, (0...precision).contains(scale) else {
            let value = toDecimal(a)
            result.operation =
                a.isNullLiteral ? a.operation : .call("pg_num_apply_typmod", [value, .integer(Int64(precision)), .integer(Int64(scale))])
            result.encoding = .decimal
            return result
        }
        result.encoding = .scaled(scale)
        result.digits = precision
        if a.isNullLiteral { return result }
        if case .scaled(let own) = a.encoding {
            // Proven to fit: no digit is lost on either side of the point.
            if own <= scale, a.digits - own <= precision - scale, var raised = raised(a, to: scale) {
                raised.type = type
                return raised
            }
            result.operation = .call("pg_scaled_rescale", [a, .integer(Int64(own)), .integer(Int64(precision)), .integer(Int64(scale))])
        } else {
            result.operation = .call("pg_num_to_scaled", [a, .integer(Int64(precision)), .integer(Int64(scale))])
        }
        return result
    }
}
