internal import FeatureModel

extension Binder {
    static let comparisons: [String: ComparisonOperator] = [
        "=": .equal, "<>": .notEqual, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual,
    ]

    /// `A_Expr`: operators, ANY and ALL over arrays, IS DISTINCT FROM, NULLIF, IN.
    func bind(operator node: Node, _ scope: Scope) -> Expr {
        let path = node.strings("name")
        guard let name = path.last, path.count == 1 || path.first == "pg_catalog" else {
            return unsupported("operator \(path.joined(separator: "."))")
        }
        switch node.string("kind") ?? "AEXPR_OP" {
        case "AEXPR_OP", "AEXPR_LIKE", "AEXPR_ILIKE": return bind(plain: node, name, scope)
        case "AEXPR_DISTINCT": return bind(pair: node, scope) { compare(.distinct, $0, $1) }
        case "AEXPR_NOT_DISTINCT": return bind(pair: node, scope) { compare(.notDistinct, $0, $1) }
        case "AEXPR_NULLIF": return bind(pair: node, scope, nullIf)
        case "AEXPR_OP_ANY": return bind(quantified: node, name, isAll: false, scope)
        case "AEXPR_OP_ALL": return bind(quantified: node, name, isAll: true, scope)
        case "AEXPR_IN":
            guard let left = node["lexpr"], let right = node["rexpr"] else { return .poison }
            let value = bind(left, scope)
            return inList(value, right.list("items").map { bind($0, scope) }, negated: name == "<>")
        case let kind: return unsupported("operator form \(kind)")
        }
    }

    private func bind(pair node: Node, _ scope: Scope, _ body: (Expr, Expr) -> Expr) -> Expr {
        guard let left = node["lexpr"], let right = node["rexpr"] else { return .poison }
        if left.kind == .rowExpr, right.kind == .rowExpr {
            let pairs = zip(left.list("args"), right.list("args")).map { adapted(bind($0, scope), bind($1, scope)) }
            let parts = pairs.map { $0.isPoison || $1.isPoison ? .poison : body($0, $1) }
            if parts.contains(where: \.isPoison) || parts.isEmpty { return .poison }
            // Distinct if one field is; not distinct if none is.
            let isDistinct = node.string("kind") == "AEXPR_DISTINCT"
            return parts.count == 1 ? parts[0] : .boolean(isDistinct ? .or(parts) : .and(parts), isNullable: false)
        }
        let (a, b) = adapted(bind(left, scope), bind(right, scope))
        return a.isPoison || b.isPoison ? .poison : body(a, b)
    }

    /// NULL without a type takes the other side's.
    private func adapted(_ a: Expr, _ b: Expr) -> (Expr, Expr) {
        if a.isNullLiteral, a.type.kind == .unknown, !b.isPoison { return (.null(b.type, b.encoding), b) }
        if b.isNullLiteral, b.type.kind == .unknown, !a.isPoison { return (a, .null(a.type, a.encoding)) }
        return (a, b)
    }

    private func nullIf(_ a: Expr, _ b: Expr) -> Expr {
        let test = compare(.equal, a, b, "NULLIF(\(a.type), \(b.type))")
        if test.isPoison { return test }
        var result = a
        result.isNullable = true
        // Compared in one encoding, answered in the first's own.
        result.operation = .choose([Branch(condition: test, value: .null(a.type, a.encoding))], otherwise: a)
        return result
    }

    private func bind(plain node: Node, _ name: String, _ scope: Scope) -> Expr {
        guard let right = node["rexpr"] else { return unsupported("postfix operator \(name)") }
        guard let left = node["lexpr"] else { return apply(.operator, name, [bind(right, scope)]) { "operator \(name) \($0[0])" } }
        if left.kind == .rowExpr, right.kind == .rowExpr {
            return compareRows(name, left.list("args").map { bind($0, scope) }, right.list("args").map { bind($0, scope) })
        }
        let (a, b) = adapted(bind(left, scope), bind(right, scope))
        if a.isPoison || b.isPoison { return .poison }
        if let comparison = Self.comparisons[name] { return compare(comparison, a, b) }
        if let refusal = checkPattern(name, [a, b]) { return refusal }
        if name == "||", let joined = concatenateAny(a, b) { return joined }
        return apply(.operator, name, [a, b]) { "operator \($0[0]) \(name) \($0[1])" }
    }

    /// `anynonarray || text`: the other side is cast to text first.
    private func concatenateAny(_ a: Expr, _ b: Expr) -> Expr? {
        func isText(_ type: PostgresType) -> Bool { !type.isArray && (type.kind == .text || type.kind == .varchar) }
        if a.type.isArray || b.type.isArray || isText(a.type) == isText(b.type) { return nil }
        return apply(.operator, "||", [isText(a.type) ? a : castText(a), isText(b.type) ? b : castText(b)]) { "operator \($0[0]) || \($0[1])" }
    }

    // MARK: Rows

    private func compareRows(_ name: String, _ left: [Expr], _ right: [Expr]) -> Expr {
        guard left.count == right.count, let op = Self.comparisons[name] else { return unsupported("operator \(name) over rows") }
        let pairs = Array(zip(left, right))
        switch op {
        case .equal: return Expr.and(pairs.map { compare(.equal, $0, $1) }) ?? .bool(true)
        case .notEqual:
            let parts = pairs.map { compare(.notEqual, $0, $1) }
            return .boolean(.or(parts), isNullable: parts.contains(where: \.isNullable))
        default:
            // (a, b) < (c, d): a < c OR (a = c AND b < d); null as soon as a deciding pair is.
            let strict: ComparisonOperator = op == .lessOrEqual ? .less : op == .greaterOrEqual ? .greater : op
            var result = compare(op, pairs[pairs.count - 1].0, pairs[pairs.count - 1].1)
            for (a, b) in pairs.dropLast().reversed() {
                let less = compare(strict, a, b), equal = compare(.equal, a, b)
                if less.isPoison || equal.isPoison || result.isPoison { return .poison }
                let isNullable = less.isNullable || result.isNullable
                result = .boolean(.or([less, .boolean(.and([equal, result]), isNullable: isNullable)]), isNullable: isNullable)
            }
            return result
        }
    }

    // MARK: ANY, ALL, IN

    private func bind(quantified node: Node, _ name: String, isAll: Bool, _ scope: Scope) -> Expr {
        guard let left = node["lexpr"], let right = node["rexpr"] else { return .poison }
        let value = bind(left, scope)
        if let items = arrayElements(right, scope) {
            if value.isPoison || items.contains(where: \.isPoison) { return .poison }
            if name == "=", !isAll { return inList(value, items, negated: false) }
            if name == "<>", isAll { return inList(value, items, negated: true) }
            let parts = items.map { item in
                Self.comparisons[name].map { compare($0, value, item) }
                    ?? apply(.operator, name, [value, item]) { "operator \($0[0]) \(name) \($0[1])" }
            }
            if parts.contains(where: \.isPoison) { return .poison }
            if parts.isEmpty { return .bool(isAll) }
            return .boolean(isAll ? .and(parts) : .or(parts), isNullable: parts.contains(where: \.isNullable))
        }
        let array = bind(right, scope)
        if value.isPoison || array.isPoison { return .poison }
        let construct = "operator \(value.type) \(name) \(isAll ? "ALL" : "ANY") (\(array.type))"
        // Elements are compared by their texts.
        let exact: [PostgresType.Kind] = [.text, .varchar, .int2, .int4, .int8, .uuid, .date, .bool]
        guard array.type.isArray, exact.contains(array.type.kind), exact.contains(value.type.kind), name == "=" && !isAll || name == "<>" && isAll
        else {
            return compareElements(name, value, array, isAll: isAll, construct)
        }
        return .boolean(.call(isAll ? "pg_array_all_different" : "pg_array_any", [outputText(value), array]), isNullable: true)
    }

    /// Element by element, as rows.
    private func compareElements(_ name: String, _ value: Expr, _ array: Expr, isAll: Bool, _ construct: String) -> Expr {
        guard array.type.isArray, Self.comparisons[name] != nil, !value.containsAggregate, !value.containsWindow else { return unsupported(construct) }
        let id = newRelation()
        let text = Expr(.column(ColumnID(relation: id, index: 0)), PostgresType(.text), .text, isNullable: true)
        let element = cast(text, to: array.type.element)
        if element.isPoison { return element }
        let rows = Expr(.call("pg_rows_array", [array]), PostgresType(.json), .text, isNullable: true)
        let query = Query(
            body: .select(Select(output: [element], from: .series(id: id, .elements(rows)))), columns: [QueryColumn(name: "c1", element)])
        let found = quantified(name, value, query, isAll: isAll, construct)
        if found.isPoison { return found }
        let isUnknown = Expr.boolean(.isNull(array), isNullable: false)
        return .boolean(.choose([Branch(condition: isUnknown, value: .null(PostgresType(.bool), .boolean))], otherwise: found), isNullable: true)
    }

    /// The elements of `ARRAY[…]`, also under a cast of it as a whole, e.g. `(ARRAY['a'::varchar])::text[]`, which then is each one's.
    private func arrayElements(_ node: Node, _ scope: Scope) -> [Expr]? {
        if node.kind == .arrayExpr { return node.list("elements").map { bind($0, scope) } }
        guard node.kind == .typeCast, let argument = node["arg"], argument.kind == .arrayExpr, let type = node["typeName"].flatMap(typeName),
            type.isArray
        else { return nil }
        return argument.list("elements").map { cast(bind($0, scope), to: type.element) }
    }

    func inList(_ value: Expr, _ items: [Expr], negated: Bool) -> Expr {
        if value.isPoison || items.contains(where: \.isPoison) { return .poison }
        if items.isEmpty { return .bool(negated) }
        let items = items.map { adapted(value, $0).1 }
        for item in items where compare(.equal, value, item).isPoison { return .poison }
        let all = comparable([value] + items)
        return .boolean(.inList(all[0], Array(all.dropFirst()), negated: negated), isNullable: all.contains(where: \.isNullable))
    }
}
