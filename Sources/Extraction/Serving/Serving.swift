import Catalog
import FeatureModel
import Foundation
import Logging
import Realtime
import SQLDialect
import Synchronization
import Warehouse

/// The statements that can be answered in realtime, by what they are called.
final class Serving: Sendable {
    typealias Key = BindingKey

    static let maximumStatements = 10_000

    let library: Library
    let mirrors: TableMirrors
    let store: any RealtimeStore
    let analyse: AnalyseStatement
    let reporter: KeyReporter
    private let statements = Mutex<[Key: ServedStatement]>([:])
    let openBindings = OpenBindings()
    let logger: Logger

    init(library: Library, mirrors: TableMirrors, store: any RealtimeStore, analyse: AnalyseStatement, reporter: KeyReporter, logger: Logger) {
        self.library = library
        self.mirrors = mirrors
        self.store = store
        self.analyse = analyse
        self.reporter = reporter
        self.logger = logger
    }

    /// What is in memory; the realtime path's first question.
    func known(_ key: Key) -> ServedStatement? { statements.withLock { $0[key] } }

    /// From memory, else from the catalog, else analysed anew (a query saved in another project, or before the tables changed).
    func statement(_ key: Key) async throws -> ServedStatement {
        if let known = known(key) { return known }
        return try await openBindings.reading(key) {
            if let restored = try await restored(key) { return restored.statement }
            let analysed = try await analysedSaved(key)
            return try await remember(analysed.statement, queryColumns: analysed.query.schema, for: key)
        }
    }

    /// Analyses what was saved against the tables as they are now.
    func analysedSaved(_ key: Key) async throws -> (query: AnalysedStatement, statement: AnalysedStatement, checked: CheckedQuery) {
        let query = try await library.query(key.query)
        let etl = if let id = key.etl { try await library.etl(id) as ETLContent? } else { ETLContent?.none }
        return try await analysed(query.sql, etl: etl?.source, request: query.requestRelation)
    }

    /// Checks and analyses a query's text, alone and with a SQL ETL behind it.
    func analysed(
        _ sql: String, etl: String? = nil, request: RequestRelation?
    ) async throws -> (query: AnalysedStatement, statement: AnalysedStatement, checked: CheckedQuery) {
        let checked = try await CheckedQuery(sql, as: .query, policy: analyse.policy, request: request)
        let query = try await analyse.run(checked)
        guard let etl else { return (query, query, checked) }
        let checkedETL = try await CheckedQuery(etl, as: .sqlETL, policy: analyse.policy)
        return (query, try await analyse.run(checked, etl: checkedETL), checked)
    }

    /// Keeps a statement for serving and starts loading its tables. A statement that is not servable is kept too: it says why.
    func remember(
        _ analysed: AnalysedStatement, queryColumns: Schema, for key: Key, options: ServingOptions = ServingOptions()
    ) async throws -> ServedStatement {
        let served = try await made(analysed, queryColumns: queryColumns, for: key, options: options)
        keep(served, for: key)
        return served
    }

    /// The same, not kept yet.
    func made(_ analysed: AnalysedStatement, queryColumns: Schema, for key: Key, options: ServingOptions) async throws -> ServedStatement {
        var analysed = analysed
        if analysed.obstacles.isEmpty {
            do { try await mirrors.require(analysed.baseTables) } catch let error as RealtimeError where error.kind == .notMirrorable {
                analysed = analysed.adding(Obstacle(construct: error.message, hint: error.hint ?? error.reason))
            }
        }
        return ServedStatement(analysed, id: key, keyColumns: queryColumns, store: store, check: reporter.check, options: options)
    }

    /// The statement as its binding has it, unless it stands on another state of the tables than those that are mirrored: then anew. Nil if
    /// there is no binding, or none with PostgreSQL's form of the statement.
    private func restored(_ key: Key) async throws -> (statement: ServedStatement, binding: Binding)? {
        guard let binding = try await library.catalog.binding(query: key.query, etl: key.etl, project: key.project), binding.canonicalSQL != nil else {
            return nil
        }
        guard await mirrors.agree(with: TableDefinition.mirrored(binding.tables)) else { return (try await analysedAnew(key), binding) }
        let served = try await made(
            try await analysed(binding), queryColumns: binding.keyColumns ?? binding.schema, for: key, options: binding.options ?? ServingOptions())
        // Somebody may have saved it meanwhile.
        return statements.withLock { statements in
            if let known = statements[key] { return (known, binding) }
            Self.keep(served, for: key, in: &statements)
            return (served, binding)
        }
    }

    /// The statement as its binding, which has PostgreSQL's form of it, says.
    func analysed(_ binding: Binding) async throws -> AnalysedStatement {
        let query = try await library.query(binding.queryID)
        let columns = binding.schema.fields.map { OutputColumn(name: $0.name, type: $0.type) }
        return try await AnalyseStatement.finish(
            sql: query.sql, request: query.requestRelation, canonicalSQL: binding.canonicalSQL ?? "", columns: columns, tables: binding.tables,
            hasBinaryCollation: binding.hasBinaryCollation, timeZone: binding.timeZone, obstacles: binding.obstacles)
    }

    /// More than ``maximumStatements`` are not kept: one of the others goes, and is read from the catalog when it is asked for.
    func keep(_ statement: ServedStatement, for key: Key) {
        statements.withLock { Self.keep(statement, for: key, in: &$0) }
    }

    /// Does nothing and answers false if `old` has given way to another meanwhile.
    func replace(_ old: ServedStatement, with statement: ServedStatement, for key: Key) -> Bool {
        statements.withLock { statements in
            guard statements[key] === old else { return false }
            statements[key] = statement
            return true
        }
    }

    private static func keep(_ statement: ServedStatement, for key: Key, in statements: inout [Key: ServedStatement]) {
        if statements.count >= maximumStatements, statements[key] == nil, let other = statements.keys.first { statements[other] = nil }
        statements[key] = statement
    }

    func all() -> [ServedStatement] { statements.withLock { Array($0.values) } }

    func entries() -> [(key: Key, statement: ServedStatement)] { statements.withLock { statements in statements.map { ($0.key, $0.value) } } }

    // MARK: Start-up and change

    /// Starts loading the tables of all that was saved and can be served.
    func requireTables() async throws {
        // Of two states of one table the newer counts: statements on the other are analysed anew when they are restored.
        for binding in try await library.catalog.bindingsByDefinitions().sorted(by: { $0.updatedAt < $1.updatedAt }) {
            do { try await mirrors.require(TableDefinition.mirrored(binding.tables)) } catch let error as RealtimeError {
                logger.warning("tables of a saved query are not loaded", metadata: ["query_id": "\(binding.queryID)", "reason": "\(error)"])
            }
        }
    }

    /// Brings what was saved into memory, one statement after the other, as many as are kept: realtime then goes on without the catalog.
    /// Who asks for one before its turn has it restored at once.
    func restoreAll() async throws {
        for key in try await library.catalog.bindingKeys().prefix(Self.maximumStatements) where known(key) == nil {
            try Task.checkCancellation()
            do {
                guard let (served, binding) = try await openBindings.reading(key, { try await restored(key) }) else { continue }
                for columns in binding.keys where served.analysed.obstacles.isEmpty { _ = try await served.lookup(by: columns, patience: nil) }
            } catch let error as CatalogError where error.kind == .unavailable { throw error } catch {
                logger.warning("a saved query is not served", metadata: ["query_id": "\(key.query)", "reason": "\(error)"])
            }
        }
    }

    /// The statements that read one of the tables.
    func statements(reading tables: Set<TableName>) -> [(key: Key, statement: ServedStatement)] {
        statements.withLock { statements in
            statements.filter { $0.value.analysed.tables.contains { tables.contains($0.name) } }.map { ($0.key, $0.value) }
        }
    }
}

extension QueryContent {
    var requestRelation: RequestRelation? { request.map(RequestRelation.init) }
}
