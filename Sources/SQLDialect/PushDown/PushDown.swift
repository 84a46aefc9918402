internal import FeatureModel

/// Recognises conditions that compare columns with constants: a key's on the output of a query, and all that follow from it.
/// Produces the query with these conditions inside its sub-selects, common tables and sub-queries, wherever that provably gives the same
/// values, so that they reach the tables' indexes; around where it does not (``PushBarrier``). Errors that rows of other keys raise may go.
struct PushDown {
    /// What an output column must be equal to: a parameter, or a constant of the same encoding.
    struct Predicate: Hashable {
        let column: Int
        let value: Expr
    }

    /// Copies of common tables that one statement may have; further references stay as they are.
    static let maximumCopies = 200

    let newRelation: () -> Int
    let newCommonTable: () -> Int
    let definitions: [TableName: TableDefinition]
    /// The common tables in reach, by number, and what was known of outer columns where they were defined.
    private(set) var common: [Int: (query: Query, known: KnownColumns)] = [:]
    var outputs = KnownOutputs()
    private let barrier: PushBarriers
    /// Copies of common tables that carry a predicate, until they find their place beside the original.
    var added: [(original: Int, copy: CommonTable)] = []
    /// One copy for all references that carry the same predicates.
    var copies: [Restriction: Int] = [:]
    /// Relations whose rows are told apart by SQLite's own number, which only a table has.
    var numbered: Set<Int> = []
    /// Where a key's condition had to stay outside, from the outside in.
    private(set) var barriers: [PushBarrier] = []
    /// The predicates that a common table of the statement gets of its own, as the rows before an ETL do.
    private var keyed: (name: String, predicates: [Predicate])?

    struct Restriction: Hashable {
        let table: Int
        let predicates: Set<Predicate>
    }

    /// - Parameter known: common tables by number of which it counts what makes their rows unique.
    init(newRelation: @escaping () -> Int, newCommonTable: @escaping () -> Int, definitions: [TableName: TableDefinition], known: [Int: Query] = [:]) {
        self.newRelation = newRelation
        self.newCommonTable = newCommonTable
        self.definitions = definitions
        barrier = PushBarriers(order: TotalOrder(definitions: definitions, common: known))
    }

    mutating func define(_ table: Int, _ query: Query, _ known: KnownColumns) {
        common[table] = (query, known)
        outputs.common[table] = query
    }

    /// The rows of one key, as `SELECT * FROM (query) WHERE key = ?` gives them, its ORDER BY kept.
    mutating func restricted(_ query: Query, to predicates: [Predicate]) -> Query {
        numbered = NumberedRelations.of(query)
        return CommonTablesInUse.pruned(pushed(query, predicates, KnownColumns()))
    }

    /// The statement over the rows of one key in the common table of that name.
    mutating func restricted(_ query: Query, to predicates: [Predicate], in commonTable: String) -> Query {
        keyed = (commonTable, predicates)
        return restricted(query, to: [])
    }

    // MARK: Queries

    /// - Parameter known: of columns outside.
    mutating func pushed(_ query: Query, _ predicates: [Predicate], _ known: KnownColumns) -> Query {
        var result = query
        let own = keyed
        keyed = nil
        for index in query.with.indices {
            let table = query.with[index]
            let isKeyed = table.name == own?.name
            result.with[index].query = pushed(table.query, isKeyed ? own?.predicates ?? [] : [], known)
            // A condition on what a recursion gives is none on its turns.
            if !table.isRecursive { define(table.id, isKeyed ? result.with[index].query : table.query, known) }
        }
        let outside = predicates.filter { predicate in
            guard let barrier = barrier.barrier(query, predicate.column) else { return false }
            barriers.append(barrier)
            return true
        }
        result = taken(result, predicates.filter { !outside.contains($0) }, known)
        // A copy stands where the original does, for it sees what that sees.
        var defined = Set(query.with.map(\.id))
        for (original, copy) in added where defined.contains(original) {
            defined.insert(copy.id)
            result.with.append(copy)
        }
        added.removeAll { defined.contains($0.original) }
        return outside.isEmpty ? result : around(result, outside)
    }

    /// Whether any of it can go inside; where it cannot, the condition outside does its work.
    mutating func canTake(_ predicate: Predicate, _ query: Query) -> Bool {
        guard let barrier = barrier.barrier(query, predicate.column) else { return true }
        if predicate.value.isKey { barriers.append(barrier) }
        return false
    }

    private mutating func taken(_ query: Query, _ predicates: [Predicate], _ known: KnownColumns) -> Query {
        var result = query
        switch query.body {
        case .select(let select):
            if predicates.contains(where: { select.output[$0.column].isNullLiteral }) { return Self.empty(query) }
            result.body = .select(taken(select, predicates, known))
        case .setOperation(let op, let all, let left, let right):
            result.body = .setOperation(op, all: all, pushed(left, predicates, known), pushed(right, predicates, known))
        case .values: break
        }
        return result
    }

    /// No rows: a key is never equal to null, as it is in the total of a ROLLUP.
    private static func empty(_ query: Query) -> Query {
        let nulls = query.columns.map { Expr.null($0.type, $0.encoding) }
        return Query(body: .select(Select(output: nulls, from: nil, predicate: .bool(false))), columns: query.columns)
    }

    private mutating func taken(_ select: Select, _ predicates: [Predicate], _ outer: KnownColumns) -> Select {
        var result = select
        let written = select.predicate?.conjuncts ?? []
        var conditions: [Expr] = []
        for predicate in predicates {
            let condition = Expr.equality(select.output[predicate.column].withoutTieCheck, predicate.value)
            if !written.contains(condition), !conditions.contains(condition) { conditions.append(condition) }
        }
        // Columns first. An expression comes after what the query says itself: that may keep it from failing.
        let (plain, computed) = (conditions.filter(\.startsWithColumn), conditions.filter { !$0.startsWithColumn })
        if !computed.isEmpty { barriers.append(.expression) }
        result.predicate = Expr.and(plain + written + computed)

        var known = outer
        known.add(result.predicate?.conjuncts ?? [])
        if let from = select.from { result.from = pushed(into: from, &known) }
        result.predicate = result.predicate.map { pushed(into: $0, known, isCondition: true) }
        result.output = result.output.map { pushed(into: $0, known) }
        result.groupBy = result.groupBy.map { pushed(into: $0, known) }
        result.having = result.having.map { pushed(into: $0, known, isCondition: true) }
        return result
    }

    private mutating func around(_ query: Query, _ predicates: [Predicate]) -> Query {
        var inner = query
        let id = newRelation()
        // Order keys that are no output columns become hidden ones.
        var order: [SortKey] = []
        for key in query.orderBy {
            let index: Int
            if case .output(let position) = key.expression.operation {
                index = position
            } else if case .select(var select) = inner.body {
                if let position = select.output.firstIndex(of: key.expression) {
                    index = position
                } else {
                    index = select.output.count
                    select.output.append(key.expression)
                    inner.columns.append(QueryColumn(name: "c\(index + 1)", key.expression))
                    inner.body = .select(select)
                }
            } else {
                continue
            }
            let column = QueryColumn(name: "", key.expression).reference(.column(ColumnID(relation: id, index: index)))
            order.append(SortKey(expression: column, isDescending: key.isDescending, nullsFirst: key.nullsFirst))
        }
        if inner.limit == nil, inner.offset == nil { inner.orderBy = [] }
        let with = inner.with
        inner.with = []
        let columns = query.columns.enumerated().map { $1.reference(.column(ColumnID(relation: id, index: $0))) }
        var outer = Select(output: columns, from: .query(id: id, inner))
        outer.predicate = Expr.and(predicates.map { .equality(columns[$0.column], $0.value) })
        return Query(with: with, body: .select(outer), orderBy: order, columns: query.columns)
    }
}

extension Expr {
    fileprivate var startsWithColumn: Bool { if case .compare(_, let side, _) = operation { side.column != nil } else { false } }
}

/// The relations whose rows a query tells apart by SQLite's own number.
struct NumberedRelations: QueryRewriter {
    private var found: Set<Int> = []

    static func of(_ query: Query) -> Set<Int> {
        var relations = NumberedRelations()
        _ = relations.rewrite(query)
        return relations.found
    }

    mutating func rewritten(_ expression: Expr) -> Expr {
        if let column = expression.column, column.index == ColumnID.rowID { found.insert(column.relation) }
        return expression
    }
}
