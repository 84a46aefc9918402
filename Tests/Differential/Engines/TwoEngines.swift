import Certificate
import FeatureModel
import Formats
import Logging
import PostgresTypes
import Realtime
import RealtimeSQLite
import SQLDialect
import TestServers
public import Warehouse
import WarehousePostgres

/// The same rows in a PostgreSQL database and in a realtime store, and queries asked of both.
public final class TwoEngines: Sendable {
    private let database: TestDatabase
    let warehouse: PostgresWarehouse
    let typing: Typing
    let store: SQLiteRealtimeStore
    let definitions: [TableDefinition]
    let environment: WarehouseEnvironment
    private let zone: Zone

    /// - Parameters:
    ///   - setup: what psql runs to make the tables of schema `public` and to fill them.
    ///   - timeZone: of the warehouse's sessions.
    ///   - locale: of the database; nil for C.UTF-8.
    ///   - typing: to share one scratch database among several sets of tables.
    public init(setup: String, timeZone: String = "UTC", locale: String? = nil, typing: Typing? = nil) async throws {
        database = try TestPostgres.shared.createDatabase(setup, locale: locale)
        zone = try Zone.named(timeZone)
        self.typing = try typing ?? Typing()
        warehouse = try PostgresWarehouse(url: database.url, searchPath: ["public"], timeZone: timeZone, log: Logger(label: "differential"))
        store = try SQLiteRealtimeStore(StoreConfiguration(copies: 1, indexesPerTable: 64, hotCalls: .max, registerFunctions: PostgresFunctions.register))
        environment = try await warehouse.environment()
        let names = try database.run("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1").split(separator: "\n").map(String.init)
        definitions = try await warehouse.definitions(of: names.map { RelationReference(schema: "public", name: $0) }).tables
        for table in definitions where table.kind != .view {
            try await store.mirror(table)
            try await store.load(table, from: warehouse.rows(of: table))
        }
    }

    /// Ends the sessions; nothing can be asked afterwards.
    public func close() async { await warehouse.close() }

    /// The output columns of a query, as PostgreSQL's analysis names and types them. Throws what that refuses.
    public func columns(of sql: String) async throws -> [OutputColumn] { try await type(sql).columns }

    /// Compares the whole query and, for each key column, the rows of some of its values and of one that is absent.
    public func compare(_ sql: String, keys: [String] = [], checksTies: Bool = true) async throws -> Verdict {
        var tally = Tally()
        if let end = tally.add(try await compareWhole(sql, checksTies: checksTies)) { return end }
        for key in keys {
            if let end = tally.add(try await compare(sql, by: key, checksTies: checksTies)) { return end }
        }
        return tally.verdict
    }

    /// Compares all rows of the query.
    public func compareWhole(_ sql: String, checksTies: Bool = true) async throws -> Verdict {
        try await compareWhole(sql, andBy: nil, checksTies: checksTies).whole
    }

    /// Compares all rows and, where both engines answer, those of up to `count` of the key column's values and of one that is absent, each
    /// looked up on its own. If equal keys are printed alike, what PostgreSQL would say to these is taken from its answer to the whole query.
    ///
    /// - Parameter alsoByOthers: by every other output column, too, of which that is so and which reaches every table.
    public func compareWhole(
        _ sql: String, andBy key: String?, alsoByOthers: Bool = false, count: Int = 2, checksTies: Bool = true
    ) async throws -> (whole: Verdict, keyed: Verdict?) {
        let (statement, isOrdered): (RealtimeStatement, Bool)
        switch try await compiled(sql, key: [], checksTies) {
        case .failure(let obstacle): return (obstacle.verdict, nil)
        case .success(let compiled): (statement, isOrdered) = compiled
        }
        let (expected, clock) = try await expected(statement, sql)
        let whole = try await compare(expected, with: statement, by: nil, clock, isOrdered: isOrdered, sql)
        guard case .rows(let rows) = expected, whole.hasRows else { return (whole, nil) }
        var tally = Tally()
        for name in [key].compactMap(\.self) + (alsoByOthers ? statement.columns.map(\.name).filter { $0 != key } : []) {
            guard case .success(let lookup) = try await compiled(sql, key: [name], checksTies), let type = lookup.statement.parameters.first?.type,
                [.int2, .int4, .int8, .text, .varchar, .bool].contains(type.kind), !type.isArray
            else {
                if name == key, let end = tally.add(try await compare(sql, by: name, count: count, checksTies: checksTies)) { return (whole, end) }
                continue
            }
            if name != key, !lookup.statement.reach.unreached.isEmpty { continue }
            // A json may have two members of one name, which the reader refuses: PostgreSQL is asked for each key then.
            guard let values = try? rows.map({ try KeyValue.text(JSONReader.read($0), name) }) else {
                if name == key, let end = tally.add(try await compare(sql, by: name, count: count, checksTies: checksTies)) { return (whole, end) }
                continue
            }
            var rowsOfKeys: [String: [String]] = [:]
            for (value, row) in zip(values, rows) { if let value { rowsOfKeys[value, default: []].append(row) } }
            for value in rowsOfKeys.keys.sorted().prefix(count) + [KeyValue.absent(type)].compactMap(\.self) {
                let ofKey = EngineAnswer.rows(rowsOfKeys[value] ?? [])
                let found = try await compare(ofKey, with: lookup.statement, by: (name, value), clock, isOrdered: lookup.isOrdered, sql)
                if let end = tally.add(found, of: name, value) { return (whole, end) }
            }
        }
        return (whole, key == nil && !alsoByOthers ? nil : tally.verdict)
    }

    /// Compares the rows of up to `count` of the key column's values and of one that is absent, each looked up on its own.
    public func compare(_ sql: String, by key: String, count: Int = 4, checksTies: Bool = true) async throws -> Verdict {
        let (statement, isOrdered): (RealtimeStatement, Bool)
        switch try await compiled(sql, key: [key], checksTies) {
        case .failure(let obstacle): return obstacle.verdict
        case .success(let compiled): (statement, isOrdered) = compiled
        }
        guard let type = statement.parameters.first?.type else { return .different("the statement takes no key \(key)") }
        var tally = Tally()
        for value in try await values(of: key, sql, count) + [KeyValue.absent(type)].compactMap(\.self) {
            let wrapped = "SELECT * FROM (\(sql)\n) t WHERE t.\(SQLiteNames.quoted(key)) = \(KeyValue.literal(value, type))"
            let (expected, clock) = try await expected(statement, wrapped)
            let found = try await compare(expected, with: statement, by: (key, value), clock, isOrdered: isOrdered, sql)
            if let end = tally.add(found, of: key, value) { return end }
        }
        return tally.verdict
    }

    // MARK: Compiling

    private struct Obstacles: Error { let verdict: Verdict }

    /// Types many queries at once: what is asked about them afterwards is answered sooner.
    public func prepare(_ queries: [String]) async throws {
        try await typing.prover.prepare(queries, over: definitions, environment: environment)
    }

    func type(_ sql: String) async throws -> TypedStatement {
        try await typing.prover.type(sql, over: definitions, environment: environment)
    }

    private func compiled(
        _ sql: String, key: [String], _ checksTies: Bool
    ) async throws -> Result<(statement: RealtimeStatement, isOrdered: Bool), Obstacles> {
        let typed: TypedStatement
        do { typed = try await type(sql) } catch let failure as any Failure where failure.sqlstate != nil {
            return .failure(Obstacles(verdict: .invalid("\(failure.sqlstate ?? "") \(failure.message)")))
        }
        let input = servingInput(typed, checksTies: checksTies)
        let compiler = try await DeepStack.run { try ServingCompiler(input) }
        return switch try await DeepStack.run({ compiler.compile(key: key) }) {
        case .statement(let statement): .success((statement, compiler.isTotallyOrdered))
        case .obstacles(let obstacles): .failure(Obstacles(verdict: .refused(obstacles.map(\.construct))))
        }
    }

    func servingInput(_ typed: TypedStatement, request: RequestRelation? = nil, checksTies: Bool) -> ServingInput {
        ServingInput(
            canonicalSQL: typed.canonicalSQL, views: typed.canonicalViews, tables: definitions, output: typed.columns.map { ($0.name, $0.type) },
            hasBinaryCollation: ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(environment.collation), timeZone: environment.timeZone,
            request: request, checksTies: checksTies)
    }

    // MARK: Rows

    /// What PostgreSQL says, and what `now()` was if the store needs to know.
    private func expected(_ statement: RealtimeStatement, _ sql: String) async throws -> (EngineAnswer, clock: Int64?) {
        do {
            if statement.clockParameter == nil { return (.rows(try await rows(of: sql)), nil) }
            let (rows, clock) = try await rowsAndClock(of: sql)
            return (.rows(rows), clock)
        } catch let failure as any Failure {
            return (.failed(sqlstate: failure.sqlstate, message: failure.message), nil)
        }
    }

    /// - Parameter sql: the whole query.
    private func compare(
        _ expected: EngineAnswer, with statement: RealtimeStatement, by key: (column: String, value: String)?, _ clock: Int64?, isOrdered: Bool, _ sql: String
    ) async throws -> Verdict {
        let found: EngineAnswer
        let bound = zip(statement.parameters, key.map { [$0.value] } ?? []).map { KeyValue.bound($1, $0.type) }
        do { found = .rows(try await rows(statement, bound, clock)) } catch let failure as any Failure {
            found = .failed(sqlstate: failure.sqlstate, message: failure.reason)
        }
        switch AnswerComparison(statement, isOrdered: isOrdered).compare(expected, found) {
        case .identical(let rows): return .identical(rows: rows)
        case .approximate(let rows): return .approximate(rows: rows)
        case .bothFail(let code): return .bothFail(code)
        case .declined: return .ties(rows: 0)
        case .oneFails(let what):
            if case .failed(let code, let message) = expected, try await isRefusedWhole(sql) { return .invalid("\(code ?? "") whatever the rows: \(message)") }
            return .oneFails("\(what): \(statement.sql)")
        case .roundedDifferently(let rows, _) where try await isRounding(sql, key, statement.tables): return .approximate(rows: rows)
        case .different(let what), .printedDifferently(let what), .roundedDifferently(_, let what): return .different("\(what)\n  SQLite: \(statement.sql)")
        }
    }

    /// Whether PostgreSQL fails before it reads a row. No such query is served (``Certifier``).
    private func isRefusedWhole(_ sql: String) async throws -> Bool {
        do {
            _ = try await rows(of: "SELECT * FROM (\(sql)\n) t LIMIT 0")
            return false
        } catch is any Failure { return true }
    }

    /// Whether rounding is all that parts the engines, over the tables' rows in several orders.
    private func isRounding(_ sql: String, _ key: (column: String, value: String)?, _ tables: [TableName]) async throws -> Bool {
        guard let subject = try await subject(compiled(sql), keys: key.map { [[$0.column]] } ?? []), key == nil || !subject.keyed.isEmpty else { return false }
        let read = WarehouseSample(warehouse: warehouse, rows: 100_000, seconds: 60)
        var rows: [TableRows] = []
        for table in definitions where tables.contains(table.name) { rows.append(try await read.rows(of: table)) }
        return try await certifier.isRounding(subject, key: key.map { _ in 0 }, values: key.map { [$0.value] } ?? [], over: rows)
    }

    func rows(of sql: String) async throws -> [String] {
        var lines: [String] = []
        for try await batch in try await warehouse.jsonRows(of: sql, limits: RunLimits(seconds: 120)) { lines += RowBytes.objects(batch.bytes) }
        return lines
    }

    /// The rows, and what `now()` was when PostgreSQL found them.
    private func rowsAndClock(of sql: String) async throws -> ([String], Int64?) {
        let lines = try await rows(
            of: "SELECT (extract(epoch FROM now()) * 1000000)::bigint AS clock, row_to_json(rows_)::text AS row FROM (\(sql)\n) rows_")
        let found = try lines.map { try JSONReader.read($0) }
        return (found.compactMap { $0["row"]?.string }, found.first?["clock"].flatMap { if case .number(let digits) = $0 { Int64(digits) } else { nil } })
    }

    private func rows(_ statement: RealtimeStatement, _ key: [Value], _ clock: Int64?) async throws -> [String] {
        try await rows(
            try await store.prepare(statement), key, LookupLimits(seconds: 120, rows: 1_000_000, clock: clock),
            JSONRowEncoder(schema: statement.schema, timeZone: zone))
    }

    /// As the store writes them itself, which must be what it gives as a frame.
    func rows(_ lookup: any PreparedLookup, _ key: [Value], _ limits: LookupLimits, _ encoder: JSONRowEncoder) async throws -> [String] {
        var written: [UInt8] = [], encoded: [UInt8] = []
        try await store.rows(lookup, key: key, limits: limits, as: encoder, to: &written)
        encoder.append(try await store.rows(lookup, key: key, limits: limits), to: &encoded)
        guard written == encoded else { throw OtherBytes(written: String(decoding: written, as: UTF8.self), encoded: String(decoding: encoded, as: UTF8.self)) }
        return RowBytes.objects(written)
    }

    struct OtherBytes: Error {
        let written: String
        let encoded: String
    }

    private func values(of key: String, _ sql: String, _ count: Int) async throws -> [String] {
        let column = "t.\(SQLiteNames.quoted(key))"
        let query = "SELECT DISTINCT \(column)::text AS k FROM (\(sql)\n) t WHERE \(column) IS NOT NULL ORDER BY 1 LIMIT \(count)"
        do { return try await rows(of: query).compactMap { try JSONReader.read($0)["k"]?.string } } catch let failure as any Failure {
            // A query that fails has no values to look up; that it fails alike is another comparison's matter.
            if failure.sqlstate == nil { throw failure }
            return []
        }
    }
}
