internal import FeatureModel

extension Binder {
    /// A boolean where PostgreSQL takes one: WHERE, ON, HAVING, FILTER.
    func bind(condition node: Node, _ scope: Scope) -> Expr {
        let value = bind(node, scope)
        if value.isPoison || value.type.kind == .bool { return value }
        return unsupported("condition of type \(value.type)")
    }

    func bind(_ node: Node, _ scope: Scope) -> Expr {
        nested(.poison) { checked(bindExpression(node, scope)) }
    }

    /// Refuses a value whose type has no encoding, once per type.
    private func checked(_ value: Expr) -> Expr {
        if value.isPoison || value.type.kind == .unknown || Encoding.ofColumn(value.type) != nil { return value }
        return unsupported("type \(value.type)")
    }

    private func bindExpression(_ node: Node, _ scope: Scope) -> Expr {
        switch node.kind {
        case .columnRef: return bind(column: node, scope)
        case .constant: return literal(node)
        case .typeCast: return bind(cast: node, scope)
        case .expression: return bind(operator: node, scope)
        case .boolExpr: return bind(boolean: node, scope)
        case .nullTest: return bind(nullTest: node, scope)
        case .booleanTest: return bind(booleanTest: node, scope)
        case .functionCall: return bind(call: node, scope)
        case .coalesce: return coalesce(node.list("args").map { bind($0, scope) })
        case .minMax: return bind(greatest: node, scope)
        case .caseExpr: return bind(case: node, scope)
        case .subLink: return bind(subLink: node, scope)
        case .arrayExpr: return bind(array: node, scope)
        case .collateClause: return bind(collate: node, scope)
        case .indirection: return bind(indirection: node, scope)
        case .rowExpr: return unsupported("row value")
        case .groupingFunction: return bind(grouping: node, scope)
        case .sqlValueFunction: return clock(node)
        case .parameter: return unsupported("parameter")
        default: return unsupported(node.kindName)
        }
    }

    /// CURRENT_DATE and its like: all of the one time of the request.
    private func clock(_ node: Node) -> Expr {
        let digits = node.int("typmod") >= 0 && node.field("typmod") != nil ? Int32(node.int("typmod")) : -1
        switch node.string("op") {
        case "SVFOP_CURRENT_DATE": return cast(.clock, to: PostgresType(.date))
        case "SVFOP_CURRENT_TIMESTAMP": return .clock
        case "SVFOP_CURRENT_TIMESTAMP_N": return cast(.clock, to: PostgresType(.timestamptz, modifier: digits))
        case "SVFOP_LOCALTIMESTAMP": return cast(.clock, to: PostgresType(.timestamp))
        case "SVFOP_LOCALTIMESTAMP_N": return cast(.clock, to: PostgresType(.timestamp, modifier: digits))
        case "SVFOP_LOCALTIME": return cast(.clock, to: PostgresType(.time))
        case let op: return unsupported("clock \(op ?? "")")
        }
    }

    // MARK: Names and literals

    private func bind(column node: Node, _ scope: Scope) -> Expr {
        let names = node.strings("fields")
        if node.list("fields").contains(where: { $0.kind == .star }) { return unsupported("whole-row reference \(names.joined(separator: ".")).*") }
        switch names.count {
        case 1:
            if let value = scope.column(names[0]) { return value }
            return scope.hasRelation(names[0]) ? unsupported("whole-row reference \(names[0])") : missing(names, scope)
        case 2:
            if let value = scope.column(names[1], of: names[0]) { return value }
            return missing(names, scope)
        default: return missing(names, scope)
        }
    }

    /// Only follows from an obstacle met before (a relation that could not be bound), unless the canonical form is not what it should be.
    private func missing(_ names: [String], _ scope: Scope) -> Expr {
        obstacles.isEmpty ? unsupported("column \(names.joined(separator: "."))") : .poison
    }

    func literal(_ node: Node) -> Expr {
        switch node.constant {
        case .int(let value)?: .integer(Int64(value))
        case .decimal(let digits)?: Int64(digits).map { .integer($0, .int8) } ?? Numerics.literal(digits)
        case .string(let text)?: .text(text)
        case .bool(let flag)?: .bool(flag)
        case .null?: .null(PostgresType(.unknown), .text)
        case .bits?, nil: unsupported("bit string literal")
        }
    }

    // MARK: Booleans

    private func bind(boolean node: Node, _ scope: Scope) -> Expr {
        let parts = node.list("args").map { bind(condition: $0, scope) }
        if parts.contains(where: \.isPoison) { return .poison }
        let isNullable = parts.contains(where: \.isNullable)
        switch node.string("boolop") ?? "AND_EXPR" {
        case "OR_EXPR": return .boolean(.or(parts), isNullable: isNullable)
        case "NOT_EXPR": return .boolean(.not(parts[0]), isNullable: isNullable)
        default: return .boolean(.and(parts), isNullable: isNullable)
        }
    }

    private func bind(nullTest node: Node, _ scope: Scope) -> Expr {
        guard let argument = node["arg"] else { return .poison }
        let isNull = (node.string("nulltesttype") ?? "IS_NULL") == "IS_NULL"
        if argument.kind == .rowExpr {
            // Not each other's negation: a row is neither where some of its fields are null.
            let fields = argument.list("args").map { bind($0, scope) }
            if fields.contains(where: \.isPoison) { return .poison }
            return Expr.and(fields.map { .boolean(isNull ? .isNull($0) : .isNotNull($0), isNullable: false) }) ?? .bool(true)
        }
        let value = bind(argument, scope)
        return value.isPoison ? value : .boolean(isNull ? .isNull(value) : .isNotNull(value), isNullable: false)
    }

    private func bind(booleanTest node: Node, _ scope: Scope) -> Expr {
        guard let argument = node["arg"] else { return .poison }
        let value = bind(condition: argument, scope)
        if value.isPoison { return value }
        let operation: Operation? =
            switch node.string("booltesttype") ?? "IS_TRUE" {
            case "IS_TRUE": .isBoolean(value, value: true, negated: false)
            case "IS_NOT_TRUE": .isBoolean(value, value: true, negated: true)
            case "IS_FALSE": .isBoolean(value, value: false, negated: false)
            case "IS_NOT_FALSE": .isBoolean(value, value: false, negated: true)
            case "IS_UNKNOWN": .isNull(value)
            case "IS_NOT_UNKNOWN": .isNotNull(value)
            default: nil
            }
        return operation.map { .boolean($0, isNullable: false) } ?? unsupported("boolean test")
    }

    // MARK: Choices

    private func bind(case node: Node, _ scope: Scope) -> Expr {
        let subject = node["arg"].map { bind($0, scope) }
        var conditions: [Expr] = []
        var values: [Expr] = []
        for when in node.list("args") {
            guard let condition = when["expr"], let result = when["result"] else { continue }
            if let subject {
                conditions.append(compareWhen(subject, bind(condition, scope)))
            } else {
                conditions.append(bind(condition: condition, scope))
            }
            values.append(bind(result, scope))
        }
        values.append(node["defresult"].map { bind($0, scope) } ?? .null(PostgresType(.unknown), .text))
        values = unified(values, "CASE")
        if conditions.contains(where: \.isPoison) || values.contains(where: \.isPoison) { return .poison }
        var result = summary(values)
        result.operation = .choose(zip(conditions, values).map { Branch(condition: $0, value: $1) }, otherwise: values.last)
        return result
    }

    /// `CASE x WHEN y`: what PostgreSQL prints leaves out the casts that bring both to one type.
    private func compareWhen(_ subject: Expr, _ value: Expr) -> Expr {
        if subject.isPoison || value.isPoison { return .poison }
        let sides = alike([subject, value.isNullLiteral ? .null(subject.type, subject.encoding) : value])
        return compare(.equal, sides[0], sides[1], "CASE \(subject.type) WHEN \(value.type)")
    }

    private func bind(greatest node: Node, _ scope: Scope) -> Expr {
        let isLeast = node.string("op") == "IS_LEAST"
        let name = isLeast ? "LEAST" : "GREATEST"
        let values = unified(node.list("args").map { bind($0, scope) }, name)
        if values.contains(where: \.isPoison) { return .poison }
        for value in values { requireOrder(value, name) }
        var result = summary(values)
        result.isNullable = values.allSatisfy(\.isNullable)
        let function = "pg_\(name.lowercased())"
        if result.type.labels != nil {
            let place = Expr(.call(function, values.map(ranked)), PostgresType(.int4), .integer, isNullable: result.isNullable)
            return enumValue(at: place, of: result.type)
        }
        result.operation = .call(result.order.map { "\(function)_\($0.rawValue)" } ?? function, values)
        return result
    }

    // MARK: COLLATE, arrays, subscripts

    private func bind(collate node: Node, _ scope: Scope) -> Expr {
        guard let argument = node["arg"] else { return .poison }
        var value = bind(argument, scope)
        switch node.strings("collname").last {
        case "C"?, "POSIX"?, "C.UTF-8"?, "C.utf8"?, "ucs_basic"?: value.collation = .binary
        case "default"?: value.collation = .databaseDefault
        case let name: value.collation = .other(name ?? "")
        }
        return value
    }

    private func bind(array node: Node, _ scope: Scope) -> Expr {
        let elements = unified(node.list("elements").map { bind($0, scope) }, "ARRAY")
        if elements.contains(where: \.isPoison) { return .poison }
        guard let first = elements.first, !first.type.isArray, first.type.kind != .unknown else {
            return unsupported("ARRAY[] without elements or of arrays")
        }
        let texts = elements.map { outputText($0) }
        return Expr(.call("pg_array_make", texts), PostgresType(first.type.kind, isArray: true), .text, isNullable: false)
    }

    private func bind(indirection node: Node, _ scope: Scope) -> Expr {
        guard let argument = node["arg"] else { return .poison }
        let value = bind(argument, scope)
        let steps = node.list("indirection")
        guard steps.count == 1, steps[0].kind == .indices else { return unsupported("subscript or field selection") }
        if steps[0].bool("is_slice") {
            let ends = ["lidx", "uidx"].map { steps[0][$0].map { bind($0, scope) } }
            if value.isPoison || ends.contains(where: { $0?.isPoison == true }) { return .poison }
            guard value.type.isArray else { return unsupported("subscript of \(value.type)") }
            let positions = ends.map { $0 ?? .null(PostgresType(.int4), .integer) }
            let slice = Expr(.call("pg_array_slice", [value] + positions), value.type, .text, isNullable: true)
            // A bound that is NULL gives NULL; one that is not written is the array's own.
            let unknown = ends.compactMap(\.self).filter(\.isNullable).map { Expr.boolean(.isNull($0), isNullable: false) }
            guard !unknown.isEmpty else { return slice }
            let isUnknown = Expr.boolean(.or(unknown), isNullable: false)
            return Expr(.choose([Branch(condition: isUnknown, value: .null(value.type, .text))], otherwise: slice), value.type, .text, isNullable: true)
        }
        guard let index = steps[0]["uidx"] else { return unsupported("subscript or field selection") }
        let position = bind(index, scope)
        if value.isPoison || position.isPoison { return .poison }
        guard value.type.isArray, position.encoding == .integer else { return unsupported("subscript of \(value.type)") }
        let element = Expr(.call("pg_array_element", [value, position]), PostgresType(.text), .text, isNullable: true)
        return cast(element, to: value.type.element)
    }
}
