internal import FeatureModel

/// Recognises, in a query restricted to a key, the tables that equalities lead to from the key: `t.k = ?1`, `t.k = u.k` where `u` was led to,
/// `t.k IN (…)` over such tables, at any depth.
/// Produces the tables that are not led to, and the indexes that let SQLite follow.
struct KeyReachTracer {
    private let ways: KeyWays
    private var outputs = KnownOutputs()
    private(set) var unreached: Set<TableName> = []
    private(set) var indexes: Set<RealtimeStatement.WantedIndex> = []
    /// Common tables of which all is reached.
    private var reachedCommon: Set<Int> = []
    private let probes = Budget()

    /// Looks ahead into sub-queries of IN: one that nests them without end is not followed without end.
    private final class Budget {
        var left = 1_000
    }

    private init(_ query: Query, _ ways: KeyWays) {
        self.ways = ways
        _ = trace(query, KeyWays.Reached())
    }

    static func trace(_ query: Query, definitions: [TableName: TableDefinition], barriers: [PushBarrier]) -> (KeyReach, [RealtimeStatement.WantedIndex]) {
        let origins = OriginTracer(query)
        let all = KeyReachTracer(query, KeyWays(definitions: definitions, origins: origins, ownRowsOnly: false))
        let own = KeyReachTracer(query, KeyWays(definitions: definitions, origins: origins, ownRowsOnly: true))
        var reasons: [String] = []
        if !own.unreached.isEmpty {
            for barrier in barriers where !reasons.contains(barrier.reason) { reasons.append(barrier.reason) }
        }
        let indexes = all.indexes.sorted { ($0.table, $0.columns.joined(separator: ",")) < ($1.table, $1.columns.joined(separator: ",")) }
        return (KeyReach(unreached: all.unreached.sorted(), shared: own.unreached.sorted(), reasons: reasons), indexes)
    }

    /// Whether the key leads to all tables in FROM; nil if there are none, nor any rows.
    private mutating func trace(_ query: Query, _ outer: KeyWays.Reached) -> Bool? {
        for table in query.with {
            if !table.isRecursive { outputs.common[table.id] = table.query }
            if trace(table.query, outer) == true { reachedCommon.insert(table.id) }
        }
        switch query.body {
        case .values: return false
        case .setOperation(_, _, let left, let right):
            let sides = [trace(left, outer), trace(right, outer)].compactMap(\.self)
            return sides.isEmpty ? nil : sides.allSatisfy(\.self)
        case .select(let select):
            // The values of a request are at hand for every key; rows that they lead to may be those of others, too.
            guard let from = select.from else { return select.predicate == .bool(false) ? nil : !ways.ownRowsOnly && select.isRequest }
            var reached = outer
            reached.known.add(select.predicate?.conjuncts ?? [])
            let isAll = trace(from, select, &reached)
            let values = select.output + select.groupBy + [select.predicate, select.having].compactMap(\.self) + query.orderBy.map(\.expression)
            for value in values + Self.conditions(of: from).map(\.value) + from.seriesArguments { traceSubqueries(of: value, reached) }
            return isAll
        }
    }

    private mutating func traceSubqueries(of value: Expr, _ reached: KeyWays.Reached) {
        if let query = value.operation.subquery { _ = trace(query, reached) }
        for child in value.operation.children { traceSubqueries(of: child, reached) }
    }

    private mutating func trace(_ from: Source, _ select: Select, _ reached: inout KeyWays.Reached) -> Bool {
        outputs.learn(from, &reached.known)
        var open: [TableSource] = []
        visit(from, reached, &open, &reached.relations)
        let conditions = (select.predicate?.conjuncts ?? []).map { KeyWays.Condition(value: $0, relations: nil) } + Self.conditions(of: from)
        for _ in 0..<2 { for condition in conditions { reached.learnMatched(condition) } }
        var size = -1
        while size != open.count {
            size = open.count
            // The key's own equality is a better way than one through other rows.
            for isDirect in [true, false] {
                for table in open {
                    guard let columns = columns(leadingTo: table, conditions, reached, isDirect: isDirect) else { continue }
                    if !columns.isEmpty { indexes.insert(RealtimeStatement.WantedIndex(table: table.table, columns: columns)) }
                    reached.relations.insert(table.id)
                }
                open.removeAll { reached.relations.contains($0.id) }
            }
        }
        for table in open {
            unreached.insert(table.table)
            for column in ways.joined(to: table, conditions) { indexes.insert(RealtimeStatement.WantedIndex(table: table.table, columns: [column])) }
        }
        return from.readers.allSatisfy { reached.relations.contains($0) }
    }

    /// Sub-selects and common tables are traced on their own; tables remain open.
    private mutating func visit(_ source: Source, _ outer: KeyWays.Reached, _ open: inout [TableSource], _ found: inout Set<Int>) {
        switch source {
        case .table(let table): open.append(table)
        case .query(let id, let query): if trace(query, outer) == true { found.insert(id) }
        case .common(let id, let table): if reachedCommon.contains(table) { found.insert(id) }
        case .series: break
        case .join(_, let left, let right, _):
            visit(left, outer, &open, &found)
            visit(right, outer, &open, &found)
        }
    }

    private static func conditions(of source: Source) -> [KeyWays.Condition] {
        guard case .join(let kind, let left, let right, let on) = source else { return [] }
        let own = on?.conjuncts ?? []
        let relations: Set<Int>? =
            switch kind {
            case .inner: nil
            case .left: Set(right.relations)
            case .right: Set(left.relations)
            case .full: []
            }
        return conditions(of: left) + conditions(of: right) + own.map { KeyWays.Condition(value: $0, relations: relations) }
    }

    private func columns(leadingTo table: TableSource, _ conditions: [KeyWays.Condition], _ reached: KeyWays.Reached, isDirect: Bool) -> [String]? {
        ways.columns(to: table, conditions, reached, isDirect: isDirect) { query in
            probes.left -= 1
            guard probes.left > 0 else { return false }
            var probe = self
            probe.unreached = []
            return probe.trace(query, reached) == true && probe.unreached.isEmpty
        }
    }
}

extension Source {
    /// The relations in it that may read tables: all but rows of functions and the request.
    fileprivate var readers: [Int] {
        switch self {
        case .series: []
        case .join(_, let left, let right, _): left.readers + right.readers
        case .query(_, let query): if case .select(let select) = query.body, select.isRequest { [] } else { relations }
        case .table, .common: relations
        }
    }
}
