import FeatureModel
import Logging
import Realtime
import Warehouse

/// Sees to it that the tables saved queries read are in the realtime store: makes the mirrors, loads them, tries again after a
/// failure, and makes them anew when a definition changed.
actor TableMirrors {
    /// How many tables are loaded at once; the rest wait.
    static let concurrentLoads = 2
    /// Seconds between two tries after a failure, doubled up to the last.
    private static let retrySeconds = [1, 2, 4, 8, 15]

    private let warehouse: any Warehouse
    private let store: any RealtimeStore
    private let logger: Logger
    private var definitions: [TableName: TableDefinition] = [:]
    private var waiting: [TableName] = []
    private var loading: [TableName: Task<Void, Never>] = [:]
    private var failures: [TableName: Int] = [:]

    init(warehouse: any Warehouse, store: any RealtimeStore, logger: Logger) {
        self.warehouse = warehouse
        self.store = store
        self.logger = logger
    }

    /// Makes empty mirrors now and loads them in the background. A table that is there already is left alone, unless its
    /// definition differs: then it is made anew. Throws `notMirrorable`.
    func require(_ tables: [TableDefinition]) async throws {
        for table in tables {
            if let known = definitions[table.name] {
                if Self.isSame(known, table) { continue }
                loading[table.name]?.cancel()
                await loading[table.name]?.value
                try await store.drop(table.name)
            }
            definitions[table.name] = table
            do { try await store.mirror(table) } catch {
                definitions[table.name] = nil
                throw error
            }
            waiting.append(table.name)
        }
        startWaiting()
    }

    /// Whether none of the tables is mirrored by another definition.
    func agree(with tables: [TableDefinition]) -> Bool { tables.allSatisfy { table in definitions[table.name].map { Self.isSame($0, table) } ?? true } }

    private static func isSame(_ one: TableDefinition, _ other: TableDefinition) -> Bool {
        one == other || AnalysedStatement.digest(of: [one]) == AnalysedStatement.digest(of: [other])
    }

    /// Definitions of everything mirrored, to be compared with the warehouse's.
    var mirrored: [TableDefinition] { Array(definitions.values) }

    /// Tables that are not ready, with their states.
    var unready: [(TableName, TableState)] {
        definitions.keys.sorted().compactMap { name in
            let state = store.state(of: name)
            if case .ready = state { return nil }
            return (name, state)
        }
    }

    func stop() async {
        waiting = []
        for task in loading.values { task.cancel() }
        for task in loading.values { await task.value }
    }

    private func startWaiting() {
        while loading.count < Self.concurrentLoads, !waiting.isEmpty {
            let name = waiting.removeFirst()
            guard loading[name] == nil, let table = definitions[name] else { continue }
            loading[name] = Task { await load(table) }
        }
    }

    private func load(_ table: TableDefinition) async {
        do {
            try await store.load(table, from: Self.lazily { [warehouse] in try await warehouse.rows(of: table) })
            failures[table.name] = nil
            logger.info("table loaded", metadata: ["table": "\(table.name)", "state": "\(store.state(of: table.name))"])
        } catch is CancellationError {
            // Dropped or stopping.
        } catch {
            let attempt = failures[table.name, default: 0]
            failures[table.name] = attempt + 1
            logger.warning("table not loaded", metadata: ["table": "\(table.name)", "reason": "\(error)", "attempt": "\(attempt + 1)"])
            if (error as? RealtimeError)?.kind != .notMirrorable {
                let pause = Self.retrySeconds[min(attempt, Self.retrySeconds.count - 1)]
                try? await Task.sleep(for: .seconds(pause))
                if !Task.isCancelled, definitions[table.name] == table { waiting.append(table.name) }
            }
        }
        loading[table.name] = nil
        startWaiting()
    }

    /// Asks for the rows at the first `next()`: the store has then begun to keep the changes that arrive meanwhile,
    /// so none can fall between the warehouse's snapshot and the store's.
    private static func lazily(_ open: @escaping @Sendable () async throws -> FrameStream) -> FrameStream {
        let rows = LazyRows(open: open)
        return AsyncThrowingStream { try await rows.next() }
    }
}

/// `AsyncThrowingStream` calls this from one task at a time.
private final class LazyRows: @unchecked Sendable {
    private let open: @Sendable () async throws -> FrameStream
    private var iterator: FrameStream.AsyncIterator?

    init(open: @escaping @Sendable () async throws -> FrameStream) { self.open = open }

    func next() async throws -> Frame? {
        var current: FrameStream.AsyncIterator
        if let iterator { current = iterator } else { current = try await open().makeAsyncIterator() }
        let frame = try await current.next()
        iterator = current
        return frame
    }
}
