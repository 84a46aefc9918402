internal import FeatureModel
internal import PostgresTypes

extension Binder {
    private enum Family { case integer, numeric, float, text, padded, bool, uuid, bytea, interval, time, moment, jsonb, array, enumeration, none }

    private func family(_ type: PostgresType) -> Family {
        if type.labels != nil { return .enumeration }
        if type.isArray { return ValueOrder(type, .text) == nil ? .none : .array }
        return switch type.kind {
        case .int2, .int4, .int8: .integer
        case .numeric: .numeric
        case .float4, .float8: .float
        case .text, .varchar, .name: .text
        case .bpchar: .padded
        case .bool: .bool
        case .uuid: .uuid
        case .bytea: .bytea
        case .interval: .interval
        case .time: .time
        case .date, .timestamp, .timestamptz: .moment
        case .jsonb: .jsonb
        case .json, .timetz, .unknown, .other: .none
        }
    }

    /// A comparison with PostgreSQL's meaning; `construct` names it in an obstacle if it is not simply an operator.
    func compare(_ op: ComparisonOperator, _ left: Expr, _ right: Expr, _ construct: String? = nil) -> Expr {
        if left.isPoison || right.isPoison { return .poison }
        let name = construct ?? "operator \(left.type) \(op.rawValue) \(right.type)"
        guard family(left.type) == family(right.type), family(left.type) != .none else { return unsupported(name) }
        let isNullable = op == .distinct || op == .notDistinct ? false : left.isNullable || right.isNullable
        if left.type.isArray, left.type.kind != right.type.kind, left.order != right.order { return unsupported(name) }
        if let collation = textCollation([left, right]), op.needsOrder ? !isBinary(collation) : isForeign(collation) {
            return refuseCollation(name, collation)
        }
        if left.type.isArray, !op.needsOrder, !left.printsVary, !right.printsVary {
            // Equal arrays are printed alike: no need to read them.
            return .boolean(.compare(op, left.typed(PostgresType(.text), .text), right.typed(PostgresType(.text), .text)), isNullable: isNullable)
        }
        if family(left.type) == .enumeration {
            guard left.type == right.type else { return unsupported(name) }
            let sides = op.needsOrder ? [ranked(left), ranked(right)] : [left, right]
            return .boolean(.compare(op, sides[0], sides[1]), isNullable: isNullable)
        }
        let sides = comparable([left, right])
        return .boolean(.compare(op, sides[0], sides[1]), isNullable: isNullable)
    }

    /// The values in one encoding, so that SQLite's comparison is PostgreSQL's.
    func comparable(_ values: [Expr]) -> [Expr] {
        guard let first = values.first else { return values }
        if family(first.type) == .numeric { return Numerics.comparable(values) }
        guard family(first.type) == .moment else { return values }
        let kinds = Set(values.map(\.type.kind))
        if kinds.count == 1 { return values }
        return values.map { cast($0, to: PostgresType(kinds.contains(.timestamptz) ? .timestamptz : .timestamp)) }
    }

    /// Two values in the type of the operator that PostgreSQL finds for both, where what it prints leaves out the casts to it. An integer
    /// or numeric beside a real is compared as a double.
    func alike(_ pair: [Expr]) -> [Expr] {
        guard family(pair[0].type) != family(pair[1].type), let common = CommonType.of(pair.map(\.type)) else { return pair }
        let type = PostgresType(common.kind == .float4 ? .float8 : common.kind)
        return pair.map { $0.isPoison || family($0.type) == family(type) ? $0 : cast($0, to: type) }
    }

    // MARK: Enums

    /// The place of an enum's value in its order; any other value itself.
    func ranked(_ value: Expr) -> Expr {
        guard let labels = value.type.labels, !value.type.isArray, !value.isPoison else { return value }
        return Expr(.call(Expr.enumRank, [value, Self.list(labels)]), PostgresType(.int4), .integer, isNullable: value.isNullable)
    }

    /// The enum's value that has this place.
    func enumValue(at place: Expr, of type: PostgresType) -> Expr {
        Expr(.call("pg_enum_value", [place, Self.list(type.labels ?? [])]), type, .text, isNullable: place.isNullable)
    }

    /// A text that must be one of an enum's values.
    func enumValue(_ text: Expr, as type: PostgresType) -> Expr {
        let operation = Operation.call("pg_cast_text_enum", [text, Self.list(type.labels ?? []), .text(type.description)])
        return Expr(operation, type, .text, isNullable: text.isNullable)
    }

    private static func list(_ labels: [String]) -> Expr {
        .text(String(decoding: ArrayText(elements: labels.map { Array($0.utf8) }).printed, as: UTF8.self))
    }

    // MARK: Text order

    /// The collation of an operation over these: an explicit or column's own one wins over the database's.
    static func merged(_ values: [Expr]) -> TextCollation {
        let named = Set(values.map(\.collation)).subtracting([.databaseDefault])
        return named.count > 1 ? .other("several") : named.first ?? .databaseDefault
    }

    private func isBinary(_ collation: TextCollation) -> Bool {
        switch collation {
        case .binary: true
        case .databaseDefault: input.hasBinaryCollation
        case .other: false
        }
    }

    /// The collation in whose order values that are or hold texts are compared; nil for any others.
    private func textCollation(_ values: [Expr]) -> TextCollation? {
        guard let first = values.first else { return nil }
        switch family(first.type) {
        case .text, .padded: return Self.merged(values)
        case .array: return first.order == .texts && [.text, .varchar].contains(first.type.kind) ? Self.merged(values) : nil
        case .jsonb: return .databaseDefault
        default: return nil
        }
    }

    /// A named collation might be nondeterministic, and then even `=` is not that of bytes.
    private func isForeign(_ collation: TextCollation) -> Bool { if case .other = collation { true } else { false } }

    private func refuseCollation(_ construct: String, _ collation: TextCollation) -> Expr {
        let name = if case .other(let name) = collation { "collation \(name)" } else { "the database's collation" }
        return refuse("\(construct) under \(name)", "the realtime store orders text by bytes; write COLLATE \"C\" if that order will do")
    }

    func requireOrder(_ value: Expr, _ construct: String) {
        if value.isPoison || value.isNullLiteral { return }
        if family(value.type) == .none { unsupported("\(construct) of type \(value.type)") }
        if let collation = textCollation([value]), !isBinary(collation) { _ = refuseCollation("\(construct) of text", collation) }
    }

    func requireEquality(_ value: Expr, _ construct: String) {
        if value.isPoison || value.isNullLiteral { return }
        if family(value.type) == .none { unsupported("\(construct) of type \(value.type)") }
        if let collation = textCollation([value]), isForeign(collation) { _ = refuseCollation("\(construct) of text", collation) }
    }

    // MARK: One type for several values

    /// The values of CASE, COALESCE, VALUES, a set operation in one type, which PostgreSQL's printed form does not always name, and in one
    /// encoding. Numerics keep the scale each is displayed with, which only decimal text can do unless all have the same.
    func unified(_ values: [Expr], _ construct: String) -> [Expr] {
        let known = values.filter { !$0.isNullLiteral && !$0.isPoison }
        guard let first = known.first ?? values.first(where: { !$0.isPoison && $0.type.kind != .unknown }) else { return values }
        guard let type = known.isEmpty ? first.type : CommonType.of(known.map(\.type)) else {
            unsupported("\(construct) of types \(known.map(\.type.description).joined(separator: ", "))")
            return values.map { _ in .poison }
        }
        var result = values.map { $0.isNullLiteral || $0.isPoison || $0.type.kind == type.kind ? $0 : cast($0, to: PostgresType(type.kind)) }
        let encodings = Set(result.filter { !$0.isNullLiteral && !$0.isPoison }.map(\.encoding))
        if encodings.count > 1 {
            guard type.kind == .numeric, !type.isArray else {
                unsupported("\(construct) of types \(known.map(\.type.description).joined(separator: ", "))")
                return values.map { _ in .poison }
            }
            result = result.map(Numerics.toDecimal)
        }
        let encoding = result.first { !$0.isNullLiteral && !$0.isPoison }?.encoding ?? Encoding.ofColumn(type) ?? first.encoding
        return result.map { value in
            if value.isNullLiteral { return .null(type, encoding) }
            var value = value
            if !value.isPoison { value.type = type }
            return value
        }
    }

    /// What is known about a value that is one of these.
    func summary(_ values: [Expr]) -> Expr {
        let model = values.first { !$0.isNullLiteral && !$0.isPoison } ?? values.first ?? .poison
        var result = model
        result.isNullable = values.contains(where: \.isNullable)
        result.digits = values.map(\.digits).max() ?? 19
        result.collation = Self.merged(values.filter { !$0.isNullLiteral })
        result.bringsNegativeZero = values.contains(where: \.mayBeNegativeZero)
        return result
    }

    func coalesce(_ values: [Expr]) -> Expr {
        let values = unified(values, "COALESCE")
        if values.contains(where: \.isPoison) { return .poison }
        var result = summary(values)
        result.isNullable = values.allSatisfy(\.isNullable)
        result.operation = .coalesce(values)
        return result
    }
}
