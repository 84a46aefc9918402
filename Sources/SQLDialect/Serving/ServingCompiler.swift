public import FeatureModel

/// Compiles one query, as PostgreSQL's analysis wrote it, into statements for the realtime store.
///
/// Making it binds and types the query once; each ``compile(key:)`` then wraps and writes it. What SQLite cannot answer exactly as
/// PostgreSQL does comes back as obstacles that name the construct; nothing is approximated.
///
/// The work recurses over trees: make and use it within `DeepStack.run { … }`, or on any thread with a stack of 8 MB.
public struct ServingCompiler: Sendable {
    public enum Outcome: Sendable {
        case statement(RealtimeStatement)
        /// Never empty.
        case obstacles([Obstacle])
    }

    private let input: ServingInput
    /// What every statement is written from. A test changes it, or what a key makes of it, to see whether the certificate notices.
    var query: Query
    private let obstacles: [Obstacle]
    private let tables: [TableName]
    /// Common tables that are as good as sub-selects.
    private var inlined: Set<Int> = []
    private let counts: (relations: Int, commonTables: Int)
    /// ORDER BY, or a single row, settles the order of the whole answer.
    public let isTotallyOrdered: Bool
    var mutation: (@Sendable (Query) -> Query)?

    /// - Throws: if the canonical text or a view's cannot be parsed, which is a defect of whoever made it.
    public init(_ input: ServingInput) throws(SQLDialectError) {
        self.input = input
        let binder = Binder(input)
        var query = try binder.bindStatement()
        binder.checkOutput(query)
        var found = binder.obstacles
        let order = TotalOrder(definitions: binder.definitions, common: binder.commonTables)
        isTotallyOrdered = found.isEmpty && order.isTotal(query)
        if found.isEmpty {
            inlined = UnusedOutputs.inlined(in: query)
            // A SQL ETL's input may be asked for by any of its columns.
            let kept = query.with.filter { $0.name == CheckedQuery.inputName }.map(\.id)
            query = UnusedOutputs.dropped(OuterJoins.turned(query), inlined: inlined.subtracting(kept))
            var aggregates = AggregateTies(order: order, checksTies: input.checksTies)
            query = RowNumberBounds.noted(in: aggregates.rewrite(query))
            var windows = WindowTies(order: order, checksTies: input.checksTies, newRelation: binder.newRelation)
            query = windows.rewrite(query)
            var printed = PrintedKeys(newRelation: binder.newRelation)
            query = printed.rewrite(query)
            var counted = CountedRows(newRelation: binder.newRelation)
            query = counted.rewrite(query)
            found = aggregates.obstacles + windows.obstacles
        }
        if found.isEmpty {
            var distinctOn = DistinctOn(newRelation: binder.newRelation)
            query = distinctOn.rewrite(query)
            var tieGuard = TieGuard(newRelation: binder.newRelation)
            query = tieGuard.rewrite(query)
        }
        self.query = query
        obstacles = found
        tables = binder.tables.sorted()
        counts = (binder.newRelation(), binder.newCommonTable())
    }

    /// Per output column: proven to hold no null, whatever the rows are. All false if the query has obstacles.
    public var nullability: [Bool] {
        input.output.indices.map { obstacles.isEmpty && query.columns.indices.contains($0) && !query.columns[$0].isNullable }
    }

    /// Per output column: the base table's column that it is, if it is plainly one.
    public var outputOrigins: [ColumnOrigin?] {
        guard obstacles.isEmpty else { return input.output.map { _ in nil } }
        let tracer = OriginTracer(query)
        return query.columns.indices.map { tracer.origin(of: $0, in: query) }
    }

    /// Output columns by which a lookup makes sense: those that are a column, or together the columns, of a primary, unique or foreign
    /// key, or the first of an index, of a base table.
    public func candidateKeys() -> [[String]] {
        let definitions = definitions
        var names: [ColumnOrigin: String] = [:]
        var found: [[String]] = []
        for (column, origin) in zip(input.output, outputOrigins) {
            guard let origin, let definition = definitions[origin.table] else { continue }
            if names[origin] == nil { names[origin] = column.name }
            let single = [definition.primaryKey] + definition.uniqueKeys + definition.foreignKeys.map(\.columns)
            if single.contains([origin.column]) || definition.indexes.contains(where: { $0.first == origin.column }) { found.append([column.name]) }
        }
        for definition in input.tables {
            for key in [definition.primaryKey] + definition.uniqueKeys where key.count > 1 {
                let columns = key.compactMap { names[ColumnOrigin(table: definition.name, column: $0)] }
                if columns.count == key.count, !found.contains(columns) { found.append(columns) }
            }
        }
        return found
    }

    /// The statement that answers for one key; for an empty key the whole query.
    ///
    /// A column that is not in the output, or is named twice, is the caller's mistake and comes back as an obstacle.
    ///
    /// - Parameter commonTable: where a SQL ETL follows the query, the name of the WITH query that holds the query's rows: the key
    ///   names its columns and filters there, so that the ETL sees one entity's rows as a Python ETL does. An ETL that would give these
    ///   rows other values than it does among all rows, as training has them, is an obstacle (``KeySeparation``).
    public func compile(key: [String], in commonTable: String? = nil) -> Outcome {
        if !obstacles.isEmpty { return .obstacles(obstacles) }
        let before = query.with.first { $0.name == commonTable }
        if let commonTable, before == nil {
            return .obstacles([Obstacle(construct: "WITH query \(commonTable)", hint: "the statement has none of that name")])
        }
        let keyed = before?.query ?? query
        var found: [Obstacle] = []
        var predicates: [PushDown.Predicate] = []
        var parameters: [RealtimeStatement.Parameter] = []
        let binder = Binder(input)
        for (number, name) in key.enumerated() {
            guard let index = keyed.columns.firstIndex(where: { $0.name == name }), key.firstIndex(of: name) == number else {
                found.append(Obstacle(construct: "key column \(name)", hint: "name an output column of the query, once"))
                continue
            }
            let column = keyed.columns[index]
            let parameter = column.reference(.parameter(number + 1))
            let test = binder.compare(.equal, column.reference(.output(index)), parameter, "key column \(name) of type \(column.type)")
            if test.isPoison { continue }
            predicates.append(PushDown.Predicate(column: index, value: parameter))
            parameters.append(RealtimeStatement.Parameter(column: name, type: column.type, encoding: column.encoding))
        }
        found += binder.obstacles
        if !found.isEmpty { return .obstacles(found) }
        if key.isEmpty { return write(query, parameters, []) }
        let relations = Counter(counts.relations), commonTables = Counter(counts.commonTables)
        if let before {
            let separation = KeySeparation(definitions: definitions, newRelation: relations.next, newCommonTable: commonTables.next)
            if let mixed = separation.obstacle(of: query, input: before, key: predicates.map(\.column)) { return .obstacles([mixed]) }
        }
        var pushDown = PushDown(newRelation: relations.next, newCommonTable: commonTables.next, definitions: definitions)
        let restricted =
            commonTable.map { UnusedOutputs.dropped(pushDown.restricted(query, to: predicates, in: $0), inlined: inlined) }
            ?? pushDown.restricted(query, to: predicates)
        return write(restricted, parameters, pushDown.barriers)
    }

    private var requestParameters: [RealtimeStatement.Parameter] {
        input.request?.columns.compactMap { column in
            Encoding.ofColumn(column.type).map { RealtimeStatement.Parameter(column: column.name, type: column.type, encoding: $0) }
        } ?? []
    }

    private var definitions: [TableName: TableDefinition] { Dictionary(input.tables.map { ($0.name, $0) }) { first, _ in first } }

    private func write(_ query: Query, _ parameters: [RealtimeStatement.Parameter], _ barriers: [PushBarrier]) -> Outcome {
        let query = mutation?(query) ?? query
        var generator = SQLiteGenerator(clockParameter: parameters.count + 1)
        generator.statement(query)
        let obstacles = SQLiteLimits.obstacles(of: generator, columns: query.columns.count)
        if !obstacles.isEmpty { return .obstacles(obstacles) }
        let columns = zip(input.output, query.columns).map { output, column in
            RealtimeStatement.OutputCell(name: output.name, type: output.type, isNullable: column.isNullable, encoding: column.encoding)
        }
        let (reach, indexes) = KeyReachTracer.trace(query, definitions: definitions, barriers: barriers)
        return .statement(
            RealtimeStatement(
                sql: generator.sql, parameters: parameters, columns: columns, tables: tables, wantedIndexes: parameters.isEmpty ? [] : indexes,
                reach: reach, aliases: OriginTracer(query).aliases, clockParameter: generator.readsClock ? parameters.count + 1 : nil,
                keyedTables: parameters.isEmpty ? [] : KeyedTables.tables(of: query), requestParameters: requestParameters,
                firstRequestParameter: generator.requestParameter))
    }
}

/// Numbers from a start on.
private final class Counter {
    private var value: Int

    init(_ value: Int) { self.value = value }

    func next() -> Int {
        value += 1
        return value
    }
}
