public import Catalog
public import ETL
import FeatureModel
public import Logging
public import CoreMetrics
public import Realtime
public import SQLDialect
public import SourceFetch
public import Warehouse

/// Everything the service can do, assembled over the backends it is given.
public struct UseCases: Sendable {
    public struct Backends: Sendable {
        public var catalog: any Catalog
        public var warehouse: any Warehouse
        public var writer: any WarehouseWriter
        public var prover: any Prover
        public var store: any RealtimeStore
        public var etl: any ETLRuntime
        public var fetcher: any SourceFetching
        /// Makes an empty store for a few rows, in which certificates are made.
        public var makeStage: @Sendable (SumRounding) throws -> any RealtimeStore

        public init(
            catalog: any Catalog, warehouse: any Warehouse, writer: any WarehouseWriter, prover: any Prover, store: any RealtimeStore,
            etl: any ETLRuntime, fetcher: any SourceFetching, makeStage: @escaping @Sendable (SumRounding) throws -> any RealtimeStore
        ) {
            self.catalog = catalog
            self.warehouse = warehouse
            self.writer = writer
            self.prover = prover
            self.store = store
            self.etl = etl
            self.fetcher = fetcher
            self.makeStage = makeStage
        }
    }

    public struct Options: Sendable {
        /// `DB_SCHEMA`: where the simulated flows live.
        public var schema = "feature_store"
        public var isSimulationOn = true
        public var policy: FunctionPolicy
        public var training = RunLimits()
        public var lookup = LookupLimits()
        /// Entities of one realtime call.
        public var lookupKeys = 1_000
        public var rules = LookupRules()
        public var etl = ETLLimits()
        public var trainingETL = ETLLimits(seconds: 300)
        /// Seconds between two looks at the warehouse's definitions.
        public var definitionInterval = 2.0
        /// Seconds that a save waits for its certificate; after that it is made in the background.
        public var certificateSeconds = 8.0

        public init(policy: FunctionPolicy) { self.policy = policy }
    }

    public let runTrainingQuery: RunTrainingQuery
    public let runRealtimeQuery: RunRealtimeQuery
    public let extractTraining: ExtractTraining
    public let extractRealtime: ExtractRealtime
    public let publishFlows: PublishFlows
    public let verifyQuery: VerifyQuery
    public let listing: Listing
    public let health: HealthMonitor
    public let backends: Backends

    private let serving: Serving
    private let mirrors: TableMirrors
    private let definitions: DefinitionWatch
    private let certificates: CertificateKeeper
    private let follower: CatalogFollower
    private let recorder: SkewRecorder
    private let logger: Logger

    public init(_ backends: Backends, identity: IdentityKey, options: Options, metrics: any MetricsFactory, logger: Logger) {
        let library = Library(catalog: backends.catalog)
        let mirrors = TableMirrors(warehouse: backends.warehouse, store: backends.store, logger: logger)
        let analyse = AnalyseStatement(warehouse: backends.warehouse, prover: backends.prover, policy: options.policy, logger: logger)
        let check = LookupCheck(rules: options.rules, sizes: TableSizes(store: backends.store, warehouse: backends.warehouse))
        let serving = Serving(
            library: library, mirrors: mirrors, store: backends.store, analyse: analyse,
            reporter: KeyReporter(check: check, warehouse: backends.warehouse), logger: logger)
        let certify = CertifyStatement(
            prover: backends.prover, makeStage: backends.makeStage, warehouse: backends.warehouse, library: library, policy: options.policy)
        certificates = CertificateKeeper(serving: serving, certify: certify, interval: .seconds(options.definitionInterval), patience: .seconds(options.certificateSeconds),
            logger: logger)
        let saving = SaveQuery(serving: serving, identity: identity, certificates: certificates)
        let loading = LoadETL(library: library, fetcher: backends.fetcher, identity: identity, policy: options.policy)
        let lookUp = LookUp(store: backends.store, limits: options.lookup, mostKeys: options.lookupKeys, certificates: certificates)
        let recorder = SkewRecorder(catalog: backends.catalog, metrics: metrics, logger: logger)

        runTrainingQuery = RunTrainingQuery(saving: saving, serving: serving, warehouse: backends.warehouse, limits: options.training)
        runRealtimeQuery = RunRealtimeQuery(serving: serving, lookUp: lookUp)
        extractTraining = ExtractTraining(
            serving: serving, certificates: certificates, loading: loading, runtime: backends.etl, warehouse: backends.warehouse, limits: options.training,
            etlLimits: options.trainingETL)
        extractRealtime = ExtractRealtime(
            serving: serving, loading: loading, lookUp: lookUp, runtime: backends.etl, etlLimits: options.etl, watch: SkewWatch(recorder: recorder))
        publishFlows = PublishFlows(
            writer: backends.writer, store: backends.store, tables: FlowTables(schema: options.schema), isOn: options.isSimulationOn)
        verifyQuery = VerifyQuery(serving: serving, certificates: certificates, certify: certify)
        listing = Listing(library: library, serving: serving)
        definitions = DefinitionWatch(
            serving: serving, warehouse: backends.warehouse, interval: .seconds(options.definitionInterval), logger: logger)
        follower = CatalogFollower(
            watch: backends.catalog.watch(), library: library, serving: serving,
            following: FollowBinding(serving: serving, certificates: certificates, definitions: definitions), logger: logger)
        health = HealthMonitor(
            probes: [("warehouse", backends.warehouse.ping), ("catalog", backends.catalog.ping)], mirrors: mirrors, logger: logger)
        self.backends = backends
        self.serving = serving
        self.mirrors = mirrors
        self.recorder = recorder
        self.logger = logger
    }

    /// The work beside the requests, until it is cancelled: restores the saved queries, follows what other processes save,
    /// watches definitions and dependencies, records skew events.
    public func runInBackground() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await health.run() }
            group.addTask { await recorder.run() }
            group.addTask { await restore() }
            group.addTask { await definitions.run() }
            group.addTask { await certificates.run() }
            group.addTask { await follower.run() }
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
            recorder.finish()
            await mirrors.stop()
            group.cancelAll()
        }
    }

    /// Ready once the tables are loaded; the statements follow beside the requests.
    private func restore() async {
        await untilTheCatalogAnswers { try await serving.requireTables() }
        await health.restored()
        await untilTheCatalogAnswers { try await serving.restoreAll() }
    }

    private func untilTheCatalogAnswers(_ body: () async throws -> Void) async {
        while !Task.isCancelled {
            do { return try await body() } catch {
                logger.warning("the saved queries are not read yet", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
