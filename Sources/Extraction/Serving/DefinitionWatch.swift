import Catalog
import FeatureModel
import Foundation
import Logging
import Warehouse

/// Notices that a table was altered in the warehouse, and brings what stands on it up to date: statements are analysed against
/// the new definitions, mirrors made anew and loaded. A warehouse that is away changes nothing: serving goes on with what it has.
struct DefinitionWatch: Sendable {
    private let serving: Serving
    private let warehouse: any Warehouse
    private let interval: Duration
    private let logger: Logger
    private let looks: AsyncStream<Void>
    private let nextLook: AsyncStream<Void>.Continuation

    init(serving: Serving, warehouse: any Warehouse, interval: Duration, logger: Logger) {
        self.serving = serving
        self.warehouse = warehouse
        self.interval = interval
        self.logger = logger
        (looks, nextLook) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Looks until it is cancelled.
    func run() async {
        var pause: Task<Void, any Error>?
        defer { pause?.cancel() }
        lookSoon()
        for await _ in looks {
            pause?.cancel()
            do { try await look() } catch is CancellationError { return } catch {
                logger.debug("definitions not read", metadata: ["reason": "\(error)"])
            }
            pause = Task {
                try await Task.sleep(for: interval)
                lookSoon()
            }
        }
    }

    /// Does not wait for the interval.
    func lookSoon() { nextLook.yield() }

    /// One look; returns the tables that changed.
    @discardableResult
    func look() async throws -> Set<TableName> {
        let known = serving.definitions()
        guard !known.isEmpty else { return [] }
        let present = try await presentDefinitions(of: Array(known.keys))
        let changed = Set(known.keys.filter { name in
            AnalysedStatement.digest(of: present[name].map { [$0] } ?? []) != AnalysedStatement.digest(of: [known[name]!])
        })
        // Statements that no longer ran are tried at every look: their tables may have come back as they were.
        let failed = serving.all().filter { $0.failure != nil }.flatMap { $0.analysed.tables.map(\.name) }
        let news = changed.subtracting(failed)
        if !news.isEmpty { logger.notice("definitions changed", metadata: ["tables": "\(news.sorted().map(\.description))"]) }
        await serving.analyseAgain(reading: changed.union(failed))
        return changed
    }

    /// Tables that no longer exist are left out: asked for together, and one by one only if one of them is gone.
    private func presentDefinitions(of names: [TableName]) async throws -> [TableName: TableDefinition] {
        func read(_ names: [TableName]) async throws -> [TableDefinition] {
            try await warehouse.definitions(of: names.map { RelationReference(schema: $0.schema, name: $0.name) }).tables
        }
        var found: [TableDefinition] = []
        do { found = try await read(names) } catch let error as WarehouseError where error.kind == .unknownTable {
            for name in names {
                do { found += try await read([name]) } catch let error as WarehouseError where error.kind == .unknownTable { continue }
            }
        }
        return Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Serving {
    /// What the statements in memory were analysed against.
    func definitions() -> [TableName: TableDefinition] {
        Dictionary(all().flatMap { $0.analysed.tables.map { ($0.name, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// Analyses every statement that reads one of the tables once more and saves its binding. The old one stays until the new one
    /// takes its place; one that no longer runs answers why from then on.
    func analyseAgain(reading tables: Set<TableName>) async {
        for (key, old) in statements(reading: tables) {
            do {
                try await analysedAnew(key, alsoBy: old.preparedKeys)
            } catch let failure as any Failure where failure.fault == .refused {
                let isGone = (failure as? WarehouseError)?.kind == .unknownTable
                let mismatch: any Failure = isGone ? failure : ExtractionError(
                    .schemaMismatch, "the tables this query reads have changed, and it no longer runs", reason: failure.message,
                    hint: "save a query that fits the tables as they are now", details: failure.details, position: failure.position)
                keep(old.failing(mismatch), for: key)
            } catch {
                // Not known yet: the old one stays, and the next look finds the difference again.
                logger.warning("a changed query is not analysed yet", metadata: ["query_id": "\(key.query)", "reason": "\(error)"])
            }
        }
    }
}

extension Serving {
    /// Analyses what was saved against the tables as they are now, prepares it for the keys that it was saved with, saves its binding and
    /// keeps it.
    ///
    /// - Parameter more: keys that it was looked up by beside those.
    @discardableResult
    func analysedAnew(_ key: Key, alsoBy more: [[String]] = []) async throws -> ServedStatement {
        try await openBindings.saving(key) { try await madeAnew(key, alsoBy: more) }
    }

    private func madeAnew(_ key: Key, alsoBy more: [[String]]) async throws -> ServedStatement {
        let saved = try await library.catalog.binding(query: key.query, etl: key.etl, project: key.project)
        let analysed = try await analysedSaved(key)
        let served = try await made(analysed.statement, queryColumns: analysed.query.schema, for: key, options: saved?.options ?? ServingOptions())
        let keys = saved?.keys ?? more
        if served.analysed.obstacles.isEmpty {
            // One that is no key any more says so to those who ask by it.
            for columns in Set(keys + more) { _ = try? await served.lookup(by: columns, patience: nil) }
        }
        let report = try await reporter.report(served, obstacles: served.analysed.obstacles)
        // Before anybody finds it: a certificate that is made of it meanwhile must not be written over.
        try await library.catalog.save(served.binding(for: key, keys: keys, report: report))
        keep(served, for: key)
        return served
    }
}

extension ServedStatement {
    func binding(for key: Serving.Key, keys: [[String]], isServable: Bool = true, report: ServingReport? = nil) -> Binding {
        Binding(
            queryID: key.query, etlID: key.etl, project: key.project, definitionsDigest: analysed.definitionsDigest, schema: analysed.schema,
            canonicalSQL: analysed.canonicalSQL, tables: analysed.tables, isServable: isServable && analysed.obstacles.isEmpty, obstacles: analysed.obstacles,
            keys: keys, keyColumns: keyColumns == analysed.schema ? nil : keyColumns, hasBinaryCollation: analysed.hasBinaryCollation,
            timeZone: analysed.timeZone, options: options, report: report, updatedAt: Date())
    }
}
