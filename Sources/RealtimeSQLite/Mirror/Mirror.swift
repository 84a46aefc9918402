internal import FeatureModel
import Foundation
internal import Realtime
import Synchronization

/// One mirror's life: made, loaded, perhaps loaded again, dropped. A mirror that is made anew is another object, so a lookup
/// that was prepared over this one notices.
final class Mirror: Sendable {
    enum Phase: Int, Sendable {
        /// Never loaded: nobody may read it.
        case empty
        case serving
        case dropped
    }

    /// What the store's one writer keeps about a mirror, and others look at.
    struct Record: Sendable {
        var rows = 0
        var changedAt = Date()
        /// The indexes that lookups wanted.
        var indexes: [KeyIndex] = []
        var load: Load?
        var failure: String?
    }

    /// Rows on their way into a table beside the mirror, which takes its place at the end.
    struct Load: Sendable {
        /// The table's name in SQLite.
        let table: String
        var rowsRead = 0
        /// Rows in the table, changes on top included.
        var rows = 0
        /// Changes that arrived meanwhile, to be applied on top.
        var changes: [RowChange] = []
        var changesBytes = 0
        /// Set when the changes could not be kept: the load will fail.
        var failure: RealtimeError?
    }

    let layout: MirrorLayout
    private let storedPhase = Atomic(Phase.empty.rawValue)
    private let record = Mutex(Record())
    /// Whether a load is under way, or the last one failed.
    private let isUnsettled = Atomic(false)
    private let changes = Atomic<UInt64>(0)

    init(_ layout: MirrorLayout) { self.layout = layout }

    var phase: Phase {
        get { Phase(rawValue: storedPhase.load(ordering: .acquiring)) ?? .dropped }
        set { storedPhase.store(newValue.rawValue, ordering: .releasing) }
    }

    /// Grows with every change, before whoever made it is told that it is visible. Odd while one is on its way into the copies: some show
    /// it then and others do not. At an even version every copy that a reader holds shows the same rows.
    var version: UInt64 { changes.load(ordering: .sequentiallyConsistent) }

    /// Before the first copy is written. On the writer, as ``endChange()``, which follows also where the change failed.
    func beginChange() { changes.add(1, ordering: .sequentiallyConsistent) }

    func endChange() {
        record.withLock { $0.changedAt = Date() }
        changes.add(1, ordering: .sequentiallyConsistent)
    }

    /// The newest change that every reader sees from now on.
    var mark: TableMark {
        record.withLock { TableMark(table: layout.table, change: Int(version / 2), changedAt: $0.changedAt) }
    }

    func withRecord<Result: Sendable>(_ body: (inout Record) throws -> Result) rethrows -> Result {
        try record.withLock { record in
            defer { isUnsettled.store(record.load != nil || record.failure != nil, ordering: .releasing) }
            return try body(&record)
        }
    }

    /// What ``state`` says as `ready`, without a lock.
    var isReady: Bool { phase == .serving && !isUnsettled.load(ordering: .acquiring) }

    var state: TableState {
        withRecord { record in
            if let load = record.load { return .loading(rows: load.rowsRead, of: layout.definition.estimatedRows) }
            if let failure = record.failure { return .failed(failure) }
            return switch phase {
            case .empty: .loading(rows: 0, of: layout.definition.estimatedRows)
            case .serving: .ready(rows: record.rows)
            case .dropped: .absent
            }
        }
    }

    /// Throws unless rows may be read: `loading` before the first load has ended, `definitionChanged` once it is dropped.
    func checkReadable() throws {
        switch phase {
        case .serving: return
        case .empty:
            let (rows, estimate) = withRecord { ($0.load?.rowsRead ?? 0, layout.definition.estimatedRows) }
            throw RealtimeError(
                .loading, "the table \(layout.table) is not loaded into the realtime store yet",
                reason: estimate > 0 ? "\(rows) of about \(estimate) rows are loaded" : "\(rows) rows are loaded",
                details: .object([.init("table", .string(layout.table.description)), .init("rows", .init(rows)), .init("of", .init(estimate))]))
        case .dropped:
            throw RealtimeError(
                .definitionChanged, "the mirror of \(layout.table) was dropped or made anew since the lookup was prepared",
                hint: "Prepare the lookup again.")
        }
    }
}
