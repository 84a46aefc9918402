import FeatureModel
import Foundation
import RealtimeSQLite
import Realtime
import SQLDialect
import Synchronization

/// What readers feel of a writer: lookups by key from as many tasks as there are processors, beside batches of changes of different sizes at one
/// rate, on different numbers of copies.
struct Contention {
    private static let tableRows = 100_000, changedRows = 10_000, seconds = 2.0
    private static let int8 = PostgresType(.int8)
    private static let table = TableDefinition(
        name: TableName(schema: "s", name: "accounts"), kind: .table,
        columns: ["id", "amount", "limit_1", "limit_2"].map { .init(name: $0, type: int8, isNullable: false) }, primaryKey: ["id"])

    struct Line {
        let copies: Int
        /// Rows a batch; 0 for no writer.
        let batch: Int
        let lookupsPerSecond: Double
        /// Microseconds a lookup takes, its wait included.
        let p50, p99, p999, longest: Double
        /// Milliseconds that a batch takes on one copy.
        let batchTime: Double
        let megabytes: Double
    }

    static func table() async throws -> [Line] {
        let readers = ProcessInfo.processInfo.activeProcessorCount
        var lines: [Line] = []
        for copies in [1, readers, readers + 1, 2 * readers] {
            let store = try SQLiteRealtimeStore(StoreConfiguration(copies: copies))
            try await store.load(Self.table, from: AsyncThrowingStream { $0.yield(frame(0..<tableRows)); $0.finish() })
            let lookup = try await store.prepare(statement)
            for batch in [0, 10, 100, 1_000, 10_000] { lines.append(try await line(store, lookup, readers, batch)) }
        }
        return lines
    }

    /// Lookups a second without a writer and beside batches of so many rows, on a copy a processor: the medians of rounds in turns.
    static func compared(batch: Int, rounds: Int) async throws -> (idle: Double, busy: Double) {
        let readers = ProcessInfo.processInfo.activeProcessorCount
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: readers))
        try await store.load(Self.table, from: AsyncThrowingStream { $0.yield(frame(0..<tableRows)); $0.finish() })
        let lookup = try await store.prepare(statement)
        var idle: [Double] = [], busy: [Double] = []
        for _ in 0..<rounds {
            idle.append(try await line(store, lookup, readers, 0).lookupsPerSecond)
            busy.append(try await line(store, lookup, readers, batch).lookupsPerSecond)
        }
        return (idle.sorted()[rounds / 2], busy.sorted()[rounds / 2])
    }

    private static func line(_ store: SQLiteRealtimeStore, _ lookup: any PreparedLookup, _ readers: Int, _ batch: Int) async throws -> Line {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        let (times, spent) = try await withThrowingTaskGroup(of: (times: [UInt32], batches: [Double]).self) { group in
            for reader in 0..<readers { group.addTask { (try await read(store, lookup, from: reader, until: end), []) } }
            if batch > 0 { group.addTask { ([], try await write(store, batch, until: end)) } }
            var times: [UInt32] = [], batches: [Double] = []
            for try await part in group {
                times += part.times
                batches += part.batches
            }
            return (times.sorted(), batches.sorted())
        }
        func time(_ share: Double) -> Double { Double(times[min(times.count - 1, Int(Double(times.count) * share))]) / 1_000 }
        let copies = store.statistics().copies
        return Line(
            copies: copies, batch: batch, lookupsPerSecond: Double(times.count) / seconds, p50: time(0.5), p99: time(0.99), p999: time(0.999),
            longest: time(1), batchTime: spent.isEmpty ? 0 : spent[spent.count / 2] / Double(copies), megabytes: Double(store.statistics().bytes) / 1_048_576)
    }

    /// Nanoseconds of each lookup.
    private static func read(_ store: SQLiteRealtimeStore, _ lookup: any PreparedLookup, from start: Int, until end: ContinuousClock.Instant) async throws -> [UInt32] {
        var times: [UInt32] = []
        times.reserveCapacity(2_000_000)
        var id = start * 7_919, before = ContinuousClock.now
        while before < end {
            id = (id + 104_729) % tableRows
            let rows = try await store.rows(lookup, key: [.int(Int64(id))], limits: LookupLimits())
            precondition(rows.rowCount == 1, "a row is missing")
            let now = ContinuousClock.now
            times.append(UInt32(clamping: Int(before.duration(to: now) / .nanoseconds(1))))
            before = now
            // The writer's task runs on the same threads as the readers'; its batches have a thread of their own.
            if times.count.isMultiple(of: 64) {
                await Task.yield()
                before = .now
            }
        }
        return times
    }

    /// Milliseconds of each batch, on all copies. Batches come at the moments that the rate says.
    private static func write(_ store: SQLiteRealtimeStore, _ batch: Int, until end: ContinuousClock.Instant) async throws -> [Double] {
        var times: [Double] = []
        var next = ContinuousClock.now, first = 0
        let interval = Duration.seconds(Double(batch) / Double(changedRows))
        while next < end {
            try await Task.sleep(until: next)
            let changes = ChangeBatch([(Self.table.name, .upsert(frame(first..<first + batch)))])
            let start = ContinuousClock.now
            try await store.apply(changes)
            times.append(start.duration(to: .now) / .milliseconds(1))
            first = (first + batch) % (tableRows - batch)
            next = next.advanced(by: interval)
        }
        return times
    }

    private static func frame(_ ids: Range<Int>) -> Frame {
        var frame = Frame(schema: Schema(Self.table.columns.map { .init(name: $0.name, type: $0.type) }))
        for id in ids { for column in frame.columns.indices { frame.columns[column].append(Int64(column == 0 ? id : id ^ column)) } }
        return frame
    }

    private static let statement = RealtimeStatement(
        sql: "SELECT \(table.columns.map { SQLiteNames.quoted($0.name) }.joined(separator: ", ")) FROM \"s.accounts\" WHERE \"id\" = ?1",
        parameters: [.init(column: "id", type: int8, encoding: .integer)],
        columns: table.columns.map { .init(name: $0.name, type: int8, isNullable: false, encoding: .integer) }, tables: [table.name], wantedIndexes: [])
}
