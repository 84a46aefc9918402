internal import FeatureModel

extension Binder {
    func bind(cast node: Node, _ scope: Scope) -> Expr {
        guard let argument = node["arg"], let typeNode = node["typeName"] else { return .poison }
        if typeNode.strings("names").last == "unknown" {
            var value = bind(argument, scope)
            value.type = PostgresType(.unknown)
            return value
        }
        guard let type = typeName(typeNode) else { return .poison }
        if let bits = bitsAsInteger(argument, type, scope) { return bits }
        switch argument.constant {
        case .string(let text)?: return typedLiteral(text, type)
        case .null?: return Expr.null(type, Encoding.ofColumn(type) ?? .text)
        default: break
        }
        if argument.kind == .arrayExpr, type.isArray {
            let elements = argument.list("elements").map { cast(bind($0, scope), to: type.element) }
            if elements.contains(where: \.isPoison) { return .poison }
            return Expr(.call("pg_array_make", elements.map { outputText($0) }), type, .text, isNullable: false)
        }
        return cast(bind(argument, scope), to: type)
    }

    /// `text::bit(n)::int`, a text of hexadecimal digits on its way to a number: the one place where bit strings are known.
    private func bitsAsInteger(_ argument: Node, _ type: PostgresType, _ scope: Scope) -> Expr? {
        guard type.kind == .int4 || type.kind == .int8, !type.isArray, argument.kind == .typeCast, let text = argument["arg"], let bits = argument["typeName"],
            bits.strings("names") == ["pg_catalog", "bit"], case .int(let count)? = bits.list("typmods").first?.constant
        else { return nil }
        let value = bind(text, scope)
        if value.isPoison { return value }
        guard [.text, .varchar].contains(value.type.kind) else { return unsupported("cast from \(value.type) to bit(\(count))") }
        let call = Operation.call("pg_bits_int", [value, .integer(Int64(count)), .integer(type.kind == .int4 ? 32 : 64)])
        return Expr(call, type, .integer, isNullable: value.isNullable)
    }

    /// The type that is named; nil, with an obstacle, if the store knows no such type.
    func typeName(_ node: Node) -> PostgresType? {
        let names = node.strings("names")
        let name = names.last ?? ""
        func refused() -> PostgresType? {
            unsupported("type \(names.filter { $0 != "pg_catalog" }.joined(separator: "."))")
            return nil
        }
        if node.list("arrayBounds").isEmpty, let type = enumeration(names) { return type }
        guard names.count == 1 || names.first == "pg_catalog", !node.bool("setof"), !node.bool("pct_type") else { return refused() }
        guard let kind = PostgresType.Kind(rawValue: name), kind != .unknown, kind != .other else { return refused() }
        let modifiers = node.list("typmods").map { modifier -> Int? in if case .int(let value)? = modifier.constant { value } else { nil } }
        guard let modifier = Self.modifier(kind, modifiers) else { return refused() }
        return PostgresType(kind, modifier: modifier, isArray: !node.list("arrayBounds").isEmpty)
    }

    /// An enum of that name among the columns read.
    private func enumeration(_ names: [String]) -> PostgresType? {
        let types = Set((input.tables.flatMap { $0.columns.map(\.type) } + input.output.map(\.type)).filter { $0.labels != nil && !$0.isArray })
        let found = types.filter { type in
            let own = type.otherName?.split(separator: ".").map { $0.filter { $0 != "\"" } } ?? []
            return own == names.map { $0[...].filter { $0 != "\"" } }
        }
        return found.count == 1 ? found.first : nil
    }

    private static func modifier(_ kind: PostgresType.Kind, _ values: [Int?]) -> Int32? {
        if values.isEmpty { return -1 }
        guard !values.contains(nil) else { return nil }
        let numbers = values.compactMap(\.self)
        switch (kind, numbers.count) {
        case (.numeric, 1): return PostgresType.numeric(precision: numbers[0], scale: 0).modifier
        case (.numeric, 2): return PostgresType.numeric(precision: numbers[0], scale: numbers[1]).modifier
        case (.varchar, 1), (.bpchar, 1): return Int32(clamping: numbers[0] + 4)
        case (.time, 1), (.timestamp, 1), (.timestamptz, 1): return Int32(clamping: numbers[0])
        // The fields, 0x7fff for all, and the digits of seconds, 0xffff for all.
        case (.interval, 1): return numbers[0] == 0x7fff ? -1 : Int32(numbers[0] << 16 | 0xffff)
        case (.interval, 2): return Int32(numbers[0] << 16 | numbers[1])
        default: return nil
        }
    }

    /// `'text'::type`.
    private func typedLiteral(_ text: String, _ type: PostgresType) -> Expr {
        if type.labels != nil { return Expr(.literal(.text(text)), type, .text, isNullable: false) }
        if let value = LiteralEncoder.encode(text, as: type, timeZone: input.timeZone) { return applyModifier(value, type) }
        if type.isArray {
            // The canonical form holds the array as PostgreSQL prints it; a time zone might show in a timestamptz.
            return ValueOrder(type, .text) != nil && type.kind != .timestamptz ? Expr(.literal(.text(text)), type, .text, isNullable: false) : unsupported("literal of type \(type)")
        }
        return cast(.text(text), to: type)
    }

    /// A cast, its modifier included. The value is what the explicit cast gives.
    func cast(_ value: Expr, to type: PostgresType) -> Expr {
        if value.isPoison { return value }
        if value.isNullLiteral { return .null(type, Encoding.ofColumn(type) ?? .text) }
        if value.type.kind == type.kind, value.type.isArray == type.isArray, value.type.otherName == type.otherName {
            if value.type == type { return value }
            return applyModifier(value, type)
        }
        let construct = "cast from \(value.type) to \(type)"
        if type.labels != nil, !type.isArray, !value.type.isArray, [.text, .varchar, .bpchar, .name].contains(value.type.kind) {
            return enumValue(outputText(value), as: type)
        }
        if value.type.labels != nil, !type.isArray { return [.text, .varchar].contains(type.kind) ? applyModifier(castText(value), type) : unsupported(construct) }
        guard !value.type.isArray, !type.isArray else {
            let texts: [PostgresType.Kind] = [.text, .varchar]
            if value.type.isArray, !type.isArray, texts.contains(type.kind) { return applyModifier(castText(value), type) }
            let isRelabelling =
                value.type.isArray == type.isArray && texts.contains(value.type.kind) && texts.contains(type.kind) && type.modifier < 0
            guard isRelabelling else { return unsupported(construct) }
            var result = value
            result.type = type
            return result
        }
        if type.kind == .bpchar {
            let text = SupportTable.cast(from: value.type, to: PostgresType(.text)) == nil && ![.text, .varchar].contains(value.type.kind)
            if text { return unsupported(construct) }
            let printed = outputText(value)
            return applyModifier(Expr(printed.operation, PostgresType(.bpchar), .padded, isNullable: value.isNullable, collation: value.collation), type)
        }
        if value.type.kind == .bpchar { return cast(castText(value), to: type) }
        guard let entry = SupportTable.cast(from: value.type, to: type) else { return unsupported(construct) }
        return applyModifier(lower(entry, [value], result: PostgresType(type.kind)), type)
    }

    /// numeric(p,s), varchar(n), timestamp(n)… applied to a value of that kind.
    private func applyModifier(_ value: Expr, _ type: PostgresType) -> Expr {
        var result = value
        guard type.modifier >= 0, !type.isArray, !value.isPoison else {
            result.type = PostgresType(type.kind, isArray: type.isArray)
            return result
        }
        result.type = type
        switch type.kind {
        case .numeric: return Numerics.declared(value, type)
        case .varchar:
            guard let length = type.declaredLength else { return result }
            if let own = value.type.declaredLength, own <= length { return result }
            if case .text(let text)? = value.literal, text.unicodeScalars.count <= length { return result }
            result.operation = .call("pg_cast_text_varchar", [value, .integer(Int64(length))])
        case .bpchar:
            guard let length = type.declaredLength, value.type.declaredLength != length else { return result }
            result.operation = .call("pg_rpad", [value, .integer(Int64(length)), .text(" ")])
        case .interval where value.literal != nil: break  // PostgreSQL applied it before it printed the literal.
        case .interval where type.modifier >> 16 != 0x7fff: return unsupported("cast to interval with fields")
        case .timestamp, .timestamptz, .time, .interval:
            guard let digits = type.declaredSecondsPrecision, digits < 6, value.type.modifier != type.modifier else { return result }
            let function = type.kind == .time ? "pg_time_precision" : type.kind == .interval ? "pg_interval_precision" : "pg_timestamp_precision"
            result.operation = .call(function, [value, .integer(Int64(digits))])
        default: break
        }
        return result
    }

    // MARK: Text

    /// As the cast to text writes it.
    func castText(_ value: Expr) -> Expr {
        if value.type.isArray {
            return Expr(value.withoutColumnCollation.operation, PostgresType(.text), .text, isNullable: value.isNullable, collation: value.collation)
        }
        let zone = Expr.text(input.timeZone)
        let operation: Operation? =
            switch value.type.kind {
            case .bool where !value.type.isArray: .call("pg_cast_bool_text", [value])
            case .int2, .int4, .int8: .toDigits(value)
            case .numeric: Numerics.toDecimal(value).withoutColumnCollation.operation
            case .float4: .call("pg_cast_float_text", [value, .integer(32)])
            case .float8: .call("pg_cast_float_text", [value, .integer(64)])
            case .date: .call("pg_cast_date_text", [value])
            case .time: .call("pg_cast_time_text", [value])
            case .timestamp: .call("pg_cast_timestamp_text", [value])
            case .timestamptz: .call("pg_cast_timestamptz_text", [value, zone])
            case .bpchar: .call("pg_rtrim", [value, .text(" ")])
            case .bytea: .call("pg_cast_bytea_text", [value])
            case .other where value.type.labels != nil: value.operation
            case .text, .varchar, .name, .uuid, .json, .jsonb, .interval: value.withoutColumnCollation.operation
            default: nil
            }
        guard let operation else { return unsupported("cast from \(value.type) to text") }
        return Expr(operation, PostgresType(.text), .text, isNullable: value.isNullable, collation: value.collation)
    }

    /// As the type's output function writes it, which differs from the cast for booleans: `t` and `f`.
    func outputText(_ value: Expr) -> Expr {
        // The cast to text takes the blanks off.
        if value.type.kind == .bpchar, !value.type.isArray, !value.isPoison {
            let operation = value.withoutColumnCollation.operation
            return Expr(operation, PostgresType(.text), .text, isNullable: value.isNullable, collation: value.collation)
        }
        guard value.type.kind == .bool, !value.type.isArray, !value.isPoison else { return value.isPoison ? value : castText(value) }
        if value.isNullLiteral { return .null(PostgresType(.text), .text) }
        let whenFalse = Branch(condition: .boolean(.isBoolean(value, value: false, negated: false), isNullable: false), value: .text("f"))
        let whenTrue = Branch(condition: value, value: .text("t"))
        return Expr(.choose([whenTrue, whenFalse], otherwise: nil), PostgresType(.text), .text, isNullable: value.isNullable)
    }
}
