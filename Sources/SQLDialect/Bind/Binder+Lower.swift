internal import FeatureModel

extension Binder {
    /// Applies the entry of the support table for these argument types; without one `name` says the construct, given the types' names.
    func apply(_ kind: SupportEntry.Kind, _ function: String, _ arguments: [Expr], name: ([String]) -> String) -> Expr {
        if arguments.contains(where: \.isPoison) { return .poison }
        guard let entry = SupportTable.entry(kind, function, arguments.map(\.type)) else {
            return unsupported(name(arguments.map(\.type.description)))
        }
        return lower(entry, arguments, result: entry.result)
    }

    func lower(_ entry: SupportEntry, _ arguments: [Expr], result type: PostgresType) -> Expr {
        if case .special(let special) = entry.lowering { return lower(special, arguments, type) }
        let isNullable =
            switch entry.nulls {
            case .never: false
            case .possible: true
            case .strict: arguments.contains(where: \.isNullable)
            }
        guard let encoding = type.kind == .numeric && !type.isArray ? Encoding.decimal : Encoding.ofColumn(type) else {
            return unsupported("type \(type)")
        }
        let expanded = expand(entry.lowering, arguments)
        return Expr(expanded.operation, type, encoding, isNullable: isNullable, collation: Self.merged(arguments))
    }

    private func expand(_ template: Template, _ arguments: [Expr]) -> Expr {
        switch template {
        case .argument(let number):
            let value = arguments[number - 1]
            return value.type.kind == .numeric && !value.type.isArray ? Numerics.toDecimal(value) : value
        case .integer(let value): return .integer(value)
        case .text(let text): return .text(text)
        case .zone: return .text(input.timeZone)
        case .special: return .poison
        case .call(let name, let inner):
            let values = inner.map { expand($0, arguments) }
            let isNullable = values.contains(where: \.isNullable)
            switch name {
            case "digits": return Expr(.toDigits(values[0]), PostgresType(.text), .text, isNullable: isNullable)
            case "real":
                if case .integer(let number)? = values[0].literal {
                    return Expr(.literal(.real(Double(number))), PostgresType(.float8), .real, isNullable: false)
                }
                return Expr(.toReal(values[0]), PostgresType(.float8), .real, isNullable: isNullable)
            case "not": return .boolean(.not(values[0]), isNullable: isNullable)
            case "bitand": return Expr(.arithmetic("&", values[0], values[1]), values[0].type, .integer, isNullable: isNullable)
            case "bitor": return Expr(.arithmetic("|", values[0], values[1]), values[0].type, .integer, isNullable: isNullable)
            case "concat": return Expr(.arithmetic("||", values[0], values[1]), PostgresType(.text), .text, isNullable: isNullable)
            default:
                if Self.isIdentityUnderUTC.contains(name), case .text(let zone)? = values.last?.literal, Self.isUTC(zone) { return values[0] }
                return Expr(.call(name, values), PostgresType(.text), .text, isNullable: isNullable)
            }
        }
    }

    /// Under UTC local time and time are the same number.
    private static let isIdentityUnderUTC: Set = ["pg_cast_timestamp_timestamptz", "pg_cast_timestamptz_timestamp"]

    static func isUTC(_ zone: String) -> Bool {
        ["utc", "etc/utc", "gmt", "etc/gmt", "uct", "zulu", "etc/uct", "etc/zulu"].contains(zone.lowercased())
    }

    private func lower(_ special: Special, _ arguments: [Expr], _ type: PostgresType) -> Expr {
        let first = arguments[0]
        switch special {
        case .numericAdd: return Numerics.sum("+", first, arguments[1])
        case .numericSubtract: return Numerics.sum("-", first, arguments[1])
        case .numericMultiply: return Numerics.product(first, arguments[1])
        case .numericNegate: return Numerics.negated(first)
        case .numericAbs: return Numerics.absolute(first)
        case .numericRound: return Numerics.rounded("round", first, arguments.count > 1 ? arguments[1] : nil)
        case .numericTrunc: return Numerics.rounded("trunc", first, arguments.count > 1 ? arguments[1] : nil)
        case .numericCeil: return Numerics.whole("ceil", first)
        case .numericFloor: return Numerics.whole("floor", first)
        case .integerToNumeric: return Numerics.fromInteger(first)
        case .numericToInt2: return Numerics.toInteger(first, .int2)
        case .numericToInt4: return Numerics.toInteger(first, .int4)
        case .numericToInt8: return Numerics.toInteger(first, .int8)
        case .numericToFloat4: return Numerics.toFloat(first, .float4)
        case .numericToFloat8: return Numerics.toFloat(first, .float8)
        case .toText, .numericToText: return castText(first)
        case .concatAny: return unsupported("operator ||")
        case .like: return like("pg_like", first, arguments[1], negated: false)
        case .notLike: return like("pg_like", first, arguments[1], negated: true)
        case .ilike: return like("pg_ilike", first, arguments[1], negated: false)
        case .notIlike: return like("pg_ilike", first, arguments[1], negated: true)
        case .sumNumeric, .avgNumeric, .minimum, .maximum, .count, .boolAnd, .boolOr, .stringAgg, .arrayAgg, .jsonAgg, .percentileContFloat,
            .percentileContInterval, .percentileDisc, .mode, .variance:
            return unsupported("aggregate used as a function")
        }
    }

    /// The escape is the backslash unless `like_escape` says otherwise.
    private func like(_ function: String, _ text: Expr, _ pattern: Expr, negated: Bool) -> Expr {
        var pattern = pattern
        var escape = Expr.text("\\")
        if case .call("like_escape", let parts) = pattern.operation { (pattern, escape) = (parts[0], parts[1]) }
        let isNullable = text.isNullable || pattern.isNullable || escape.isNullable
        let match = Expr.boolean(.call(function, [text, pattern, escape]), isNullable: isNullable)
        return negated ? .boolean(.not(match), isNullable: isNullable) : match
    }
}
