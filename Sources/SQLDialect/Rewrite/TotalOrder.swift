internal import FeatureModel

/// Recognises LIMIT, OFFSET and DISTINCT ON, and proves that what they keep does not depend on the order in which rows are stored:
/// the sort keys determine every row (through primary and unique keys, grouping, equalities), or all that is put out of it.
/// Produces nothing; what cannot be proven is an obstacle.
struct TotalOrder {
    let definitions: [TableName: TableDefinition]
    /// The common tables in reach, by number.
    let common: [Int: Query]
    private let remembered = Remembered()

    init(definitions: [TableName: TableDefinition], common: [Int: Query]) {
        self.definitions = definitions
        self.common = common
    }

    /// Common tables that read one another twice would be gone through twice as often at every step.
    private final class Remembered {
        var keys: [Int: [[Int]]] = [:]
    }

    /// What is wrong with the query itself, what it reads left out; nil if nothing is.
    func obstacle(of query: Query) -> Obstacle? {
        var construct = query.limit != nil || query.offset != nil ? "LIMIT" : nil
        if case .select(let select) = query.body, case .on = select.distinct { construct = "DISTINCT ON" }
        guard let construct, !isTotal(query) else { return nil }
        let hint =
            "rows that are equal under ORDER BY would be chosen by chance; end it with columns that make each row unique, such as the primary key"
        return Obstacle(construct: query.orderBy.isEmpty ? "\(construct) without ORDER BY" : "\(construct) without a total order", hint: hint)
    }

    /// Whether ORDER BY, if there is one, leaves no two rows that print differently in an order of chance.
    func isTotal(_ query: Query) -> Bool {
        if SingleRow.isProven(Query(body: query.body, columns: query.columns)) { return true }
        let keys = query.orderBy.map(\.expression)
        guard case .select(let select) = query.body else {
            let covered = Set(keys.compactMap { key -> Int? in if case .output(let index) = key.operation { index } else { nil } })
            return covered.count == query.columns.count && !keys.contains(where: \.printsVary)
        }
        let known = determined(by: keys, in: select)
        func isDetermined(_ value: Expr) -> Bool { keys.contains(value) || Self.isFunction(value, of: known) }
        if select.output.allSatisfy({ Self.isDetermined($0, by: keys, known) }) { return true }
        if select.distinct == .all { return false }
        if select.isGrouped { return select.groupBy.allSatisfy(isDetermined) }
        return select.from.map { source in source.relations.allSatisfy { known.wholeRelations.contains($0) } } ?? true
    }

    /// Whether no two rows over which the window functions of a SELECT run are equal in all of these.
    func isTotal(_ keys: [Expr], in select: Select) -> Bool {
        let known = determined(by: keys, in: select)
        if select.isGrouped { return select.groupBy.allSatisfy { keys.contains($0) || Self.isFunction($0, of: known) } }
        return select.from.map { $0.relations.allSatisfy { known.wholeRelations.contains($0) } } ?? true
    }

    /// Whether rows of a SELECT that are equal in all keys have the same value, printed alike.
    func determines(_ value: Expr, from keys: [Expr], in select: Select) -> Bool {
        Self.isDetermined(value, by: keys, determined(by: keys, in: select))
    }

    private static func isDetermined(_ value: Expr, by keys: [Expr], _ known: Known) -> Bool {
        if keys.contains(value) && !value.printsVary || isFunction(value, of: known) { return true }
        switch value.operation {
        case .column, .exists, .scalarSubquery, .inSubquery, .aggregate, .window: return false
        default: return value.operation.children.allSatisfy { isDetermined($0, by: keys, known) }
        }
    }

    struct Known {
        var columns: Set<ColumnID>
        /// Those known up to equality alone, unless the whole relation is known.
        var loose: Set<ColumnID> = []
        /// The relations of which each row is determined.
        var wholeRelations: Set<Int>
        let own: Set<Int>
    }

    /// What follows from the keys: equal columns, and all of a relation whose unique key is known. Columns of outer queries are constants.
    private func determined(by keys: [Expr], in select: Select) -> Known {
        guard let from = select.from else { return Known(columns: [], wholeRelations: [], own: []) }
        var known = Known(columns: Set(keys.compactMap(Self.soleColumn)), wholeRelations: [], own: Set(from.relations))
        known.loose = Set(keys.filter(\.printsVary).compactMap(\.column))
        let conditions = [Condition(parts: select.predicate?.conjuncts ?? [], optional: nil)] + Self.conditions(of: from)
        var size = -1
        while size != known.columns.count + known.wholeRelations.count {
            size = known.columns.count + known.wholeRelations.count
            for condition in conditions where condition.isUsable(known) {
                for case .compare(.equal, let a, let b) in condition.parts.map(\.operation) {
                    for (side, other) in [(a, b), (b, a)] {
                        guard let column = side.column, condition.optional?.contains(column.relation) ?? true, Self.isFunction(other, of: known)
                        else { continue }
                        if known.columns.insert(column).inserted, side.printsVary { known.loose.insert(column) }
                    }
                }
            }
            extend(&known, from, isNullable: false)
        }
        return known
    }

    /// The column, also behind a constant added to it, or an enum's place.
    private static func soleColumn(_ value: Expr) -> ColumnID? {
        if case .arithmetic("+", let a, let b) = value.operation, b.isLiteral { return a.column }
        if case .call(Expr.enumRank, let parts) = value.operation { return parts[0].column }
        return value.column
    }

    /// - Parameter isNullable: a row of nulls may stand for what an outer join does not find.
    private func extend(_ known: inout Known, _ source: Source, isNullable: Bool) {
        switch source {
        case .join(let kind, let left, let right, _):
            extend(&known, left, isNullable: isNullable || kind == .right || kind == .full)
            extend(&known, right, isNullable: isNullable || kind == .left || kind == .full)
        case .table(let table):
            let width = table.columns.count
            for key in uniqueKeys(of: table) where key.allSatisfy({ known.columns.contains(ColumnID(relation: table.id, index: $0)) }) {
                known.wholeRelations.insert(table.id)
                known.columns.formUnion((0..<width).map { ColumnID(relation: table.id, index: $0) })
            }
        case .query(let id, let query): extend(&known, id, query, uniqueKeys(of: query), isNullable)
        case .common(let id, let table): if let query = common[table] { extend(&known, id, query, uniqueKeys(ofCommon: table, query), isNullable) }
        case .series(let id, .counted):
            if known.columns.contains(ColumnID(relation: id, index: 0)) { known.wholeRelations.insert(id) }
        case .series(let id, .elements(let value)):
            // Elements repeat; their places do not, in one array.
            guard known.columns.contains(ColumnID(relation: id, index: 1)), Self.isFunction(value, of: known) else { break }
            known.wholeRelations.insert(id)
            known.columns.formUnion([ColumnID(relation: id, index: 0)])
        }
    }

    private func extend(_ known: inout Known, _ id: Int, _ query: Query, _ keys: [[Int]], _ isNullable: Bool) {
        for key in keys where key.allSatisfy({ known.columns.contains(ColumnID(relation: id, index: $0)) }) {
            // A row of nulls is like one that is found, unless the key shows which it is.
            if isNullable, key.allSatisfy({ query.columns[$0].isNullable }) { continue }
            known.wholeRelations.insert(id)
            known.columns.formUnion(query.columns.indices.map { ColumnID(relation: id, index: $0) })
        }
    }

    private func uniqueKeys(of table: TableSource) -> [[Int]] {
        guard let definition = definitions[table.table] else { return [] }
        var keys = definition.primaryKey.isEmpty ? [] : [definition.primaryKey]
        // A unique constraint admits any number of nulls.
        keys += definition.uniqueKeys.filter { key in key.allSatisfy { definition.column(named: $0)?.isNullable == false } }
        return keys.map { $0.compactMap(table.columns.firstIndex(of:)) }
    }

    private func uniqueKeys(ofCommon table: Int, _ query: Query) -> [[Int]] {
        if let known = remembered.keys[table] { return known }
        let keys = uniqueKeys(of: query)
        remembered.keys[table] = keys
        return keys
    }

    /// Sets of output columns of which no two rows are alike.
    private func uniqueKeys(of query: Query) -> [[Int]] {
        if SingleRow.isProven(query) { return [[]] }
        switch query.body {
        case .values: return []
        case .setOperation(_, let all, _, _): return all ? [] : [Array(query.columns.indices)]
        case .select(let select):
            var keys: [[Int]] = []
            if select.distinct == .all { keys.append(Array(query.columns.indices)) }
            func positions(_ values: [Expr]) -> [Int]? {
                let found = values.compactMap { value in select.output.firstIndex(of: value) }
                return found.count == values.count ? found : nil
            }
            if case .on(let on) = select.distinct, let key = positions(on) { keys.append(key) }
            if select.isGrouped {
                if let key = positions(select.groupBy) { keys.append(key) }
            } else if let from = select.from {
                // The output columns determine the row of each relation they come from.
                let known = determined(by: select.output, in: select)
                if from.relations.allSatisfy({ known.wholeRelations.contains($0) }) {
                    let plain = select.output.indices.filter { select.output[$0].column != nil }
                    keys += minimalKeys(plain, select, from)
                }
            }
            return keys
        }
    }

    /// One column alone where that suffices, else all of them.
    private func minimalKeys(_ positions: [Int], _ select: Select, _ from: Source) -> [[Int]] {
        let single = positions.filter { position in
            let known = determined(by: [select.output[position]], in: select)
            return from.relations.allSatisfy { known.wholeRelations.contains($0) }
        }
        return single.isEmpty ? [positions] : single.map { [$0] }
    }

    /// What WHERE or one ON says.
    private struct Condition {
        let parts: [Expr]
        /// For a LEFT JOIN the relations that may be extended with nulls: only their columns follow, and only if all else in the condition is
        /// known, for else a row that matches and one that does not could be alike in what is known.
        let optional: Set<Int>?

        func isUsable(_ known: Known) -> Bool {
            guard let optional else { return true }
            return parts.allSatisfy { part in
                !part.contains { value in
                    if let column = value.column, !optional.contains(column.relation) { return !TotalOrder.isFunction(value, of: known) }
                    return value.operation.subquery != nil
                }
            }
        }
    }

    private static func conditions(of source: Source) -> [Condition] {
        guard case .join(let kind, let left, let right, let on) = source else { return [] }
        let own: [Condition] =
            switch kind {
            case .inner: [Condition(parts: on?.conjuncts ?? [], optional: nil)]
            case .left: [Condition(parts: on?.conjuncts ?? [], optional: Set(right.relations))]
            case .right, .full: []
            }
        // What stands inside the nullable side of another join holds only for its matched rows.
        return (kind == .right || kind == .full ? [] : conditions(of: left)) + (kind == .inner ? conditions(of: right) : []) + own
    }

    /// Whether the value follows from what is known; sub-queries and windows never do.
    private static func isFunction(_ value: Expr, of known: Known) -> Bool {
        switch value.operation {
        case .column(let id):
            if !known.own.contains(id.relation) { return true }
            return known.columns.contains(id) && (!known.loose.contains(id) || known.wholeRelations.contains(id.relation))
        case .exists, .scalarSubquery, .inSubquery, .aggregate, .window: return false
        default: return value.operation.children.allSatisfy { isFunction($0, of: known) }
        }
    }
}
