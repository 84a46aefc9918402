import FeatureModel
import Realtime
import RealtimeSQLite
import SQLDialect
import Synchronization

/// A realtime store that answers one row too few as long as it is told to: what a rewriter that errs would look like.
final class LyingStore: RealtimeStore {
    final class Switch: Sendable {
        private let state = Atomic(false)
        private let asked = Atomic(0)
        var isOn: Bool { state.load(ordering: .acquiring) }
        /// How many stores were made.
        var count: Int { asked.load(ordering: .acquiring) }
        func turn(on: Bool) { state.store(on, ordering: .releasing) }
        func note() { asked.add(1, ordering: .acquiringAndReleasing) }
    }

    private let store: SQLiteRealtimeStore
    private let lying: Switch

    init(_ lying: Switch) throws {
        store = try SQLiteRealtimeStore(.stage())
        self.lying = lying
        lying.note()
    }

    func mirror(_ table: TableDefinition) async throws { try await store.mirror(table) }
    func drop(_ table: TableName) async throws { try await store.drop(table) }
    func load(_ table: TableDefinition, from frames: AsyncThrowingStream<Frame, any Error>) async throws { try await store.load(table, from: frames) }
    func apply(_ batch: ChangeBatch) async throws { try await store.apply(batch) }
    func state(of table: TableName) -> TableState { store.state(of: table) }
    func statistics() -> StoreStatistics { store.statistics() }
    func check(requests: [Value], of columns: [RequestColumn]) throws { try store.check(requests: requests, of: columns) }
    func marks(of lookup: any PreparedLookup) -> [TableMark] { store.marks(of: lookup) }

    func prepare(_ statement: RealtimeStatement, isCached: Bool) async throws -> any PreparedLookup {
        try await store.prepare(statement, isCached: isCached)
    }

    func rows(_ lookup: any PreparedLookup, key: [Value], limits: LookupLimits) async throws -> Frame {
        let frame = try await store.rows(lookup, key: key, limits: limits)
        return lying.isOn && frame.rowCount > 0 ? Frame(schema: frame.schema) : frame
    }

    func rows(_ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits) async throws -> KeyedRows {
        try await store.rows(lookup, keys: keys, limits: limits)
    }
}
