import FeatureModel
public import Realtime
public import Warehouse

/// Simulates insurance flows: into the warehouse first, then through the store's one apply function.
public struct PublishFlows: Sendable {
    /// What one call may ask for.
    public static let maximumFlows = 1_000_000

    private let writer: any WarehouseWriter
    private let store: any RealtimeStore
    private let tables: FlowTables
    private let isOn: Bool

    public init(writer: any WarehouseWriter, store: any RealtimeStore, tables: FlowTables, isOn: Bool) {
        self.writer = writer
        self.store = store
        self.tables = tables
        self.isOn = isOn
    }

    /// Creates the tables if they are absent, inserts the rows in one transaction, and returns once readers of this process see them.
    /// Throws `tableDiffers` if a table of that name has other columns, `seedUsed` if flows of this seed are there already.
    public func run(flows: Int, seed: UInt64?) async throws {
        guard isOn else {
            throw ExtractionError(.simulationOff, "the flow simulation is switched off", hint: "start the service without FLOW_SIMULATION=off")
        }
        guard (1...Self.maximumFlows).contains(flows) else {
            throw ExtractionError(.malformedRequest, "n_flows must be from 1 to \(Self.maximumFlows)")
        }
        var generator = FlowGenerator(seed: seed ?? .random(in: .min ... .max), tables: tables)
        generator.add(flows: flows)
        let rows = [
            (tables.users, generator.userRows), (tables.quotes, generator.quoteRows), (tables.policies, generator.policyRows),
            (tables.transactions, generator.transactionRows),
        ]
        try await writer.ensure(tables.all)
        do {
            try await writer.insert(rows.map { (table: $0.0, frames: [$0.1]) })
        } catch let error as WarehouseError where error.sqlstate == "23505" {
            let which = seed.map { "seed \($0)" } ?? "this seed"
            throw ExtractionError(.seedUsed, "flows of \(which) are in the warehouse already", hint: "choose another seed, or none")
        }
        try await store.apply(ChangeBatch(rows.map { (table: $0.0.name, change: .upsert($0.1)) }))
    }
}
