import API
import Catalog
import CatalogMongo
import CatalogSQLite
import ETL
import EmbeddedPostgres
import Extraction
import FeatureModel
import Foundation
import HTTPStack
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Observability
import Realtime
import RealtimeSQLite
import SQLDialect
import ServiceLifecycle
import SourceFetch
import UnixSignals
import Warehouse
import WarehousePostgres

/// Puts the service together from its settings: the only place that names concrete backends.
struct Compose {
    private let settings: Settings
    private let logger: Logger

    init(_ settings: Settings) {
        self.settings = settings
        logger = Logger(label: "featurestore")
    }

    /// Starts everything, serves until SIGTERM or SIGINT, then stops in reverse order: requests in flight are answered first.
    func run() async throws {
        let folder = try DataFolder(settings.dataFolder)
        logger.notice(
            "starting",
            metadata: [
                "data": "\(folder.path(""))", "warehouse": settings.databaseURL == nil ? "private" : "DATABASE_URL",
                "catalog": settings.mongoURI == nil ? "file" : "MONGODB_URI",
            ])
        let prover = EmbeddedPostgres(folder: folder.path("prover"), profile: .scratch, log: logger)
        let database = settings.databaseURL == nil ? EmbeddedPostgres(folder: folder.path("postgres"), profile: .durable, log: logger) : nil
        do {
            try await serve(folder: folder, prover: prover, database: database)
        } catch {
            await stop(prover, database)
            throw error
        }
        await stop(prover, database)
        logger.notice("stopped")
    }

    private func stop(_ servers: EmbeddedPostgres?...) async {
        for server in servers.compactMap(\.self) { await server.stop() }
    }

    private func serve(folder: DataFolder, prover: EmbeddedPostgres, database: EmbeddedPostgres?) async throws {
        async let proverStart: Void = startProver(prover)
        try await database?.start()
        _ = await proverStart
        let registry = PrometheusRegistry()
        let workers = PythonWorkers(settings: workerSettings(), logger: logger)
        let backends = try backends(folder: folder, prover: prover, database: database, workers: workers)
        let identity = try await agreedIdentity(with: backends.catalog)
        let useCases = UseCases(backends, identity: identity, options: options(), metrics: registry, logger: logger)
        let router = try FeatureStoreRouter(useCases: useCases, registry: registry, bodyLimit: settings.bodyLimit, logger: logger)
        let app = Application(
            router: router.router(), server: .loopBoundHTTP1(limits: connectionLimits, lane: router.lane, serverName: "featurestore"),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "featurestore",
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionLimit)),
            onServerRunning: { [logger] channel in
                logger.notice("listening", metadata: ["address": "\(channel.localAddress?.description ?? "?")", "port": "\(channel.localAddress?.port ?? 0)"])
            },
            logger: logger)
        var group = ServiceGroupConfiguration(
            services: [.init(service: Background { await workers.run() }), .init(service: Background { await useCases.runInBackground() }), .init(service: app)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: group).run()
        await backends.warehouse.close()
        await backends.writer.close()
        await backends.prover.close()
        await backends.catalog.close()
    }

    /// Without a prover queries are saved and not servable; everything else goes on.
    private func startProver(_ server: EmbeddedPostgres) async {
        do { try await server.start() } catch {
            logger.warning("the prover is not running: queries saved now cannot be served", metadata: ["reason": "\(error)"])
        }
    }

    private func backends(folder: DataFolder, prover: EmbeddedPostgres, database: EmbeddedPostgres?, workers: PythonWorkers) throws -> UseCases.Backends {
        let readURL = try database?.connectionString(role: .reader) ?? settings.databaseURL ?? ""
        let writeURL = try database?.connectionString(role: .owner) ?? settings.databaseWriteURL ?? ""
        let catalog: any Catalog =
            if let uri = settings.mongoURI { try CatalogMongo(address: uri) } else { try CatalogSQLite(path: folder.path("catalog.sqlite")) }
        return UseCases.Backends(
            catalog: catalog,
            warehouse: try PostgresWarehouse(url: readURL, searchPath: [settings.schema, "public"], log: logger),
            writer: try PostgresWarehouseWriter(url: writeURL),
            prover: try proverClient(prover),
            store: try SQLiteRealtimeStore(storeConfiguration),
            etl: workers,
            fetcher: SourceFetcher(settings: SourceFetchSettings(roots: settings.etlRoots, allowedHosts: settings.etlAllowedHosts)),
            makeStage: { try SQLiteRealtimeStore(.stage(sums: $0)) })
    }

    private var connectionLimits: ConnectionLimits {
        let seconds = settings.connectionSeconds
        let amount = { (seconds: Double) in TimeAmount.milliseconds(Int64(seconds * 1_000)) }
        return ConnectionLimits(receiving: amount(seconds.receiving), sending: amount(seconds.sending), idle: amount(seconds.idle))
    }

    private var storeConfiguration: StoreConfiguration {
        StoreConfiguration(
            copies: settings.storeCopies, maximumBytes: settings.storeMemory, coveredColumns: settings.indexColumns, hotCalls: settings.cacheCalls, hotMicroseconds: settings.cacheMicroseconds,
            hotBytes: settings.cacheBytes, registerFunctions: PostgresFunctions.register)
    }

    private func proverClient(_ server: EmbeddedPostgres) throws -> any Prover {
        guard let url = try? server.connectionString(role: .prover) else { return AbsentProver() }
        return try PostgresProver(url: url)
    }

    private func workerSettings() -> PythonWorkerSettings {
        PythonWorkerSettings(workers: settings.etlWorkers, allowUnsandboxed: settings.etlAllowUnsandboxed)
    }

    private func options() -> UseCases.Options {
        var options = UseCases.Options(policy: FunctionPolicy(extra: settings.allowedFunctions))
        options.schema = settings.schema
        options.isSimulationOn = settings.isSimulationOn
        options.training = RunLimits(seconds: settings.trainingSeconds)
        options.lookup = LookupLimits(seconds: settings.realtimeSeconds, rows: settings.realtimeRows)
        options.lookupKeys = settings.realtimeKeys
        options.rules.scannedRows = settings.realtimeScanRows
        options.rules.hotTables = Set(settings.hotTables)
        options.etl = ETLLimits(seconds: settings.etlSeconds, memory: settings.etlMemory)
        options.trainingETL = ETLLimits(seconds: settings.etlTrainingSeconds, memory: settings.etlMemory)
        options.definitionInterval = settings.definitionSeconds
        return options
    }

    /// Waits for a catalog that is away: the ids of everything depend on its key. Refuses to start with another key.
    private func agreedIdentity(with catalog: any Catalog) async throws -> IdentityKey {
        let configured = try settings.identityKey.map { try IdentityKey(configured: $0) }
        while true {
            do { return try await IdentityKey.agreed(configured: configured, with: catalog) } catch let error as CatalogError where error.kind == .unavailable {
                logger.warning("waiting for the catalog", metadata: ["reason": "\(error.reason)"])
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Stands in where PostgreSQL's binaries are missing: nothing is typed, so nothing saved is servable.
private struct AbsentProver: Prover {
    private static let absence = WarehouseError(
        .unavailable, "there is no prover", reason: "the private PostgreSQL that types queries could not be started; see the log")

    func type(_ sql: String, over tables: [TableDefinition], environment: WarehouseEnvironment) async throws -> TypedStatement { throw Self.absence }

    func rehearse(
        _ rehearsals: [Rehearsal], over tables: [TableDefinition], environment: WarehouseEnvironment, limits: RehearsalLimits
    ) async throws -> [RehearsalOutcome] { throw Self.absence }

    func close() async {}
}

/// Runs beside the server and ends when it has: services stop in the reverse order of their start.
private struct Background: Service {
    let body: @Sendable () async -> Void

    init(_ body: @escaping @Sendable () async -> Void) { self.body = body }

    func run() async throws { await cancelWhenGracefulShutdown { await body() } }
}
