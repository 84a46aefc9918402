internal import FeatureModel

extension PushDown {
    /// The expression with what is known of the columns in reach said in its sub-queries: correlated ones compare with these columns, and
    /// `column IN (sub-query)` asks for one value only.
    ///
    /// - Parameter isCondition: null and false are the same to whoever reads it, as to WHERE.
    mutating func pushed(into value: Expr, _ known: KnownColumns, isCondition: Bool = false) -> Expr {
        guard value.contains({ $0.operation.subquery != nil }) else { return value }
        var result = value
        switch value.operation {
        case .and(let parts): result.operation = .and(parts.map { pushed(into: $0, known, isCondition: isCondition) })
        case .or(let parts): result.operation = .or(parts.map { pushed(into: $0, known, isCondition: isCondition) })
        case .choose(let branches, let otherwise):
            let branches = branches.map {
                Branch(condition: pushed(into: $0.condition, known, isCondition: true), value: pushed(into: $0.value, known))
            }
            result.operation = .choose(branches, otherwise: otherwise.map { pushed(into: $0, known) })
        case .exists(let query): result.operation = .exists(pushed(query, [], known))
        case .scalarSubquery(let query, let provenSingle):
            result.operation = .scalarSubquery(pushed(query, [], known), provenSingle: provenSingle)
        case .inSubquery(let values, let query, let negated):
            let predicates = values.enumerated().compactMap { index, side -> Predicate? in
                guard let constant = known.value(of: side), constant.isKey, constant.encoding == query.columns[index].encoding else { return nil }
                // With a null among the rows the answer may be null where without it is false.
                let isExact = !query.columns[index].isNullable || isCondition && !negated
                let predicate = Predicate(column: index, value: constant)
                return isExact && canTake(predicate, query) ? predicate : nil
            }
            result.operation = .inSubquery(values.map { pushed(into: $0, known) }, pushed(query, predicates, known), negated: negated)
        default: result = value.mapped { pushed(into: $0, known) }
        }
        return result
    }
}
