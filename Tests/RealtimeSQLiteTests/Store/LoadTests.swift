import EmbeddedSQL
import FeatureModel
import Realtime
import SQLDialect
import Testing

@testable import RealtimeSQLite

@Suite("A load") struct LoadTests {
    private static let table = Fixture.table("t", [("id", PostgresType(.int4)), ("version", PostgresType(.int4))], key: ["id"])
    private static let versions = Fixture.statement(
        "SELECT count(*), min(version), max(version) FROM \"s.t\"", key: nil,
        columns: [("n", PostgresType(.int8)), ("low", PostgresType(.int4)), ("high", PostgresType(.int4))], tables: [table.name])

    private let store: SQLiteRealtimeStore

    init() throws { store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2)) }

    private func frame(_ ids: Range<Int64>, version: Int64) -> Frame { Fixture.frame(Self.table, ids.map { [.int($0), .int(version)] }) }

    /// Frames that are handed over one at a time.
    private func gate() -> (AsyncThrowingStream<Frame, any Error>, AsyncThrowingStream<Frame, any Error>.Continuation) {
        AsyncThrowingStream.makeStream()
    }

    private func until(_ condition: () -> Bool) async { while !condition() { await Task.yield() } }

    @Test("shows its rows all at once, while readers and changes go on")
    func swap() async throws {
        try await store.load(Self.table, rows: (0..<1_000).map { [.int($0), 1] })
        let lookup = try await store.prepare(Self.versions)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<150 {
                        let row = try await store.rows(lookup)[0]
                        #expect(row == [1_000, row[1], row[1]])
                    }
                }
            }
            group.addTask {
                for version in 2...12 {
                    let frames = [0..<300, 300..<301, 301..<1_000].map { self.frame($0, version: Int64(version)) }
                    try await store.load(Self.table, from: Fixture.stream(frames))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.rows(lookup) == [[1_000, 12, 12]])
        #expect(store.state(of: Self.table.name) == .ready(rows: 1_000))
    }

    @Test("applies changes that arrive meanwhile to the rows that are read, and on top of those that are loaded")
    func meanwhile() async throws {
        try await store.load(Self.table, rows: [[1, 1], [2, 1]])
        let lookup = try await store.prepare(Fixture.lookup(Self.table, by: "id"))
        let (stream, frames) = gate()
        let load = Task { [store] in try await store.load(Self.table, from: stream) }
        frames.yield(frame(1..<4, version: 2))
        await until { store.state(of: Self.table.name) == .loading(rows: 3, of: -1) }
        try await store.upsert(Self.table, [[2, 7], [9, 7]])
        try await store.apply(ChangeBatch([(Self.table.name, .delete(Fixture.keys(Self.table, [[3]])))]))
        #expect(try await store.rows(lookup, 1) == [[1, 1]])
        #expect(try await store.rows(lookup, 2) == [[2, 7]])
        frames.yield(frame(4..<6, version: 2))
        frames.finish()
        try await load.value
        for (id, rows): (Int64, [[Value]]) in [(1, [[1, 2]]), (2, [[2, 7]]), (3, []), (4, [[4, 2]]), (5, [[5, 2]]), (9, [[9, 7]])] {
            #expect(try await store.rows(lookup, .int(id)) == rows)
        }
        #expect(store.state(of: Self.table.name) == .ready(rows: 5))
    }

    @Test("that fails leaves the rows as they were, and says why")
    func failure() async throws {
        struct Away: Error {}
        try await store.load(Self.table, rows: [[1, 1]])
        let lookup = try await store.prepare(Fixture.lookup(Self.table, by: "id"))
        let (stream, frames) = gate()
        frames.yield(frame(1..<2_000, version: 2))
        frames.finish(throwing: Away())
        await #expect(throws: Away.self) { try await store.load(Self.table, from: stream) }
        #expect(try await store.rows(lookup, 1) == [[1, 1]])
        guard case .failed = store.state(of: Self.table.name) else { return #expect(Bool(false), "the state does not tell") }
        #expect(try tables() == [["s.t"], ["s.t"]])
        try await store.load(Self.table, rows: [[1, 3]])
        #expect(try await store.rows(lookup, 1) == [[1, 3]])
    }

    @Test("that is cancelled is not taken for one that has ended")
    func cancelled() async throws {
        try await store.load(Self.table, rows: [[1, 1]])
        let (stream, frames) = gate()
        let load = Task { [store] in try await store.load(Self.table, from: stream) }
        frames.yield(frame(5..<9, version: 2))
        await until { store.state(of: Self.table.name) == .loading(rows: 4, of: -1) }
        load.cancel()
        await #expect(throws: CancellationError.self) { try await load.value }
        let lookup = try await store.prepare(Self.versions)
        #expect(try await store.rows(lookup) == [[1, 1, 1]])
        #expect(try tables() == [["s.t"], ["s.t"]])
    }

    @Test("refuses two rows of one key, and a second load of the same table beside it")
    func refused() async throws {
        let twice = await #expect(throws: RealtimeError.self) { try await store.load(Self.table, rows: [[1, 1], [1, 2]]) }
        #expect(twice?.kind == .notMirrorable)
        let (stream, frames) = gate()
        let load = Task { [store] in try await store.load(Self.table, from: stream) }
        frames.yield(frame(0..<1, version: 1))
        await until { store.state(of: Self.table.name) == .loading(rows: 1, of: -1) }
        let second = await #expect(throws: RealtimeError.self) { try await store.load(Self.table, rows: []) }
        #expect(second?.kind == .busy)
        frames.finish()
        try await load.value
        #expect(store.state(of: Self.table.name) == .ready(rows: 1))
    }

    @Test("ends when its mirror is dropped meanwhile")
    func dropped() async throws {
        let (stream, frames) = gate()
        let load = Task { [store] in try await store.load(Self.table, from: stream) }
        frames.yield(frame(0..<1, version: 1))
        await until { store.state(of: Self.table.name) == .loading(rows: 1, of: -1) }
        try await store.drop(Self.table.name)
        frames.finish()
        let error = await #expect(throws: RealtimeError.self) { try await load.value }
        #expect(error?.kind == .definitionChanged)
        #expect(store.state(of: Self.table.name) == .absent)
        #expect(try tables() == [[], []])
    }

    @Test("stops at the memory limit, the table as before")
    func memory() async throws {
        let store = try SQLiteRealtimeStore(StoreConfiguration(copies: 2, maximumBytes: 4 << 20))
        try await store.load(Self.table, rows: [[1, 1]])
        let frames = (0..<40).map { frame(Int64($0) * 8_000..<Int64($0 + 1) * 8_000, version: 2) }
        let error = await #expect(throws: RealtimeError.self) { try await store.load(Self.table, from: Fixture.stream(frames)) }
        #expect(error?.kind == .memoryLimit)
        let lookup = try await store.prepare(Self.versions)
        #expect(try await store.rows(lookup) == [[1, 1, 1]])
        // What was freed can be used again.
        for _ in 0..<3 { try await store.load(Self.table, from: Fixture.stream([frames[0]])) }
        let batch = await #expect(throws: RealtimeError.self) {
            for frame in frames { try await store.apply(ChangeBatch([(Self.table.name, .upsert(frame))])) }
        }
        #expect(batch?.kind == .memoryLimit)
        try await store.apply(ChangeBatch([(Self.table.name, .truncate)]))
        #expect(try await store.rows(lookup) == [[0, .null, .null]])
    }

    /// The tables that each copy has.
    private func tables() throws -> [[String]] {
        try store.copies.all.map { copy in
            try copy.write { session in try session.connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").rows { $0.string(0) } }
        }
    }
}
