internal import FeatureModel

extension Binder {
    func bind(subLink node: Node, _ scope: Scope) -> Expr {
        guard let inner = node["subselect"] else { return .poison }
        let kind = node.string("subLinkType") ?? "EXISTS_SUBLINK"
        var query = bind(query: inner, parent: scope)
        if query.columns.isEmpty, kind != "EXISTS_SUBLINK" { return .poison }
        switch kind {
        case "EXISTS_SUBLINK": return .boolean(.exists(query), isNullable: false)
        case "EXPR_SUBLINK":
            guard query.columns.count == 1 else { return unsupported("scalar sub-query of several columns") }
            var result = query.columns[0].reference(.scalarSubquery(query, provenSingle: SingleRow.isProven(query)))
            result.isNullable = true
            return result
        case "ANY_SUBLINK", "ALL_SUBLINK":
            let name = node.strings("operName").last ?? "="
            guard let test = node["testexpr"], name == "=" && kind == "ANY_SUBLINK" || name == "<>" && kind == "ALL_SUBLINK" else {
                return unsupported("\(name) \(kind == "ANY_SUBLINK" ? "ANY" : "ALL") (sub-query)")
            }
            var values = test.kind == .rowExpr ? test.list("args").map { bind($0, scope) } : [bind(test, scope)]
            guard values.count == query.columns.count else { return unsupported("IN over rows of another width") }
            for index in values.indices {
                let column = query.columns[index].reference(.output(index))
                if compare(.equal, values[index], column).isPoison { return .poison }
                let both = comparable([values[index], column])
                values[index] = both[0]
                if both[1].encoding != column.encoding {
                    guard both[1].encoding == .decimal, both[0].encoding == .decimal || both[0].type.kind == .numeric else {
                        return unsupported("IN (sub-query of \(column.type))")
                    }
                    values[index] = Numerics.toDecimal(values[index])
                    Self.setEncoding(of: index, in: &query, like: both[1], self)
                }
            }
            let isNullable = values.contains(where: \.isNullable) || query.columns.contains(where: \.isNullable)
            return .boolean(.inSubquery(values, query, negated: kind == "ALL_SUBLINK"), isNullable: isNullable)
        default: return unsupported(kind == "ARRAY_SUBLINK" ? "ARRAY(sub-query)" : "sub-query of this form")
        }
    }
}

/// Proves that a query gives at most one row whatever the data.
enum SingleRow {
    static func isProven(_ query: Query) -> Bool {
        if case .integer(let limit)? = query.limit?.literal, limit <= 1 { return true }
        switch query.body {
        case .select(let select): return select.isGrouped && select.groupBy.isEmpty || select.from == nil
        case .values(let rows): return rows.count <= 1
        case .setOperation: return false
        }
    }
}
