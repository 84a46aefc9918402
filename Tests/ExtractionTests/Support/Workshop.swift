import Catalog
import CatalogSQLite
import CoreMetrics
import ETL
@testable import Extraction
import FeatureModel
import Foundation
import Logging
import Realtime
import RealtimeSQLite
import SQLDialect
import SourceFetch
import TestServers
import Warehouse
import WarehousePostgres

/// The use cases over real backends: a database of its own, a catalog in a file, a realtime store, and a stage that can be made to lie.
final class Workshop: Sendable {
    let useCases: UseCases
    let catalog: CatalogSQLite
    let database: TestDatabase
    private let scratch: TestDatabase
    let lying: LyingStore.Switch
    private let folder: URL
    private let background: Task<Void, Never>?

    /// - Parameter setup: what psql runs in the database; tables in schema `public`.
    convenience init(_ setup: String) async throws {
        try await self.init(
            database: TestPostgres.shared.createDatabase(setup), scratch: TestPostgres.shared.createDatabase(), folder: TemporaryFolder.make("fswork"),
            hasBackground: true)
    }

    /// The same catalog and database with an empty realtime store, as after a restart; close this one first.
    func restarted(hasBackground: Bool = true) async throws -> Workshop {
        try await Workshop(database: database, scratch: scratch, folder: folder, hasBackground: hasBackground)
    }

    /// The same catalog and database, as another process beside this one has them; to be stopped before this one is closed.
    func beside(definitionInterval: Double = 0.2) async throws -> Workshop {
        try await Workshop(
            database: database, scratch: TestPostgres.shared.createDatabase(), folder: folder, hasBackground: true, definitionInterval: definitionInterval)
    }

    private init(database: TestDatabase, scratch: TestDatabase, folder: URL, hasBackground: Bool, definitionInterval: Double = 0.2) async throws {
        self.database = database
        self.scratch = scratch
        self.folder = folder
        catalog = try CatalogSQLite(path: folder.path + "/catalog.sqlite")
        let lying = LyingStore.Switch()
        self.lying = lying
        let logger = Logger(label: "workshop", factory: { _ in SwiftLogNoOpLogHandler() })
        let backends = UseCases.Backends(
            catalog: catalog, warehouse: try PostgresWarehouse(url: database.readerURL, searchPath: ["public"], log: logger),
            writer: try PostgresWarehouseWriter(url: database.url),
            // Tables of one name in one database would wait for each other's transactions.
            prover: try PostgresProver(url: scratch.url),
            store: try SQLiteRealtimeStore(StoreConfiguration(copies: 1)), etl: PythonWorkers(settings: PythonWorkerSettings(workers: 1), logger: logger),
            fetcher: SourceFetcher(), makeStage: { _ in try LyingStore(lying) })
        var options = UseCases.Options(policy: .builtIn)
        options.definitionInterval = definitionInterval
        options.certificateSeconds = 120
        useCases = UseCases(
            backends, identity: try await IdentityKey.agreed(configured: nil, with: catalog), options: options, metrics: NOOPMetricsHandler.instance,
            logger: logger)
        background = hasBackground ? Task { [useCases] in await useCases.runInBackground() } : nil
    }

    func close() async {
        await stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Leaves catalog and database as they are.
    func stop() async {
        background?.cancel()
        await background?.value
    }

    /// The head of the answer and its rows.
    func train(
        _ sql: String, key: String?, name: String? = nil, save: Bool = true, requireRealtime: Bool = false, isCached: Bool? = nil
    ) async throws -> JSONValue {
        let stream = try await useCases.runTrainingQuery.run(
            .init(
                source: .text(sql, request: nil), name: name.flatMap { ObjectName($0) }, entityKey: key.map { [$0] }, project: .defaultProject, principal: .anonymous, save: save,
                requireRealtime: requireRealtime, isCached: isCached))
        var bytes: [UInt8] = []
        for try await piece in stream { bytes += piece }
        return try JSONReader.read(bytes)
    }

    func realtime(_ id: QueryID, key: String, value: JSONValue) async throws -> JSONValue { try await realtime(.id(id), key: key, value: value) }

    func realtime(_ query: QuerySource, key: String, value: JSONValue) async throws -> JSONValue {
        try await JSONReader.read(
            useCases.runRealtimeQuery.run(
                RealtimeRequest(
                    query: query, etl: nil, indexKey: [key], entities: .one([value]), project: .defaultProject, principal: .anonymous, warnOnSkew: false)))
    }

    /// The same as soon as nothing is being made or loaded any more.
    func realtimeOnceLoaded(_ id: QueryID, key: String, value: JSONValue) async throws -> JSONValue {
        for _ in 0..<400 {
            do { return try await realtime(id, key: key, value: value) } catch let failure as any Failure where failure.code == "loading" {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        return try await realtime(id, key: key, value: value)
    }

    /// Looks again and again until `isSo`, for at most 20 s.
    func until(_ isSo: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<400 {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
