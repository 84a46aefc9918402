internal import EmbeddedSQL
public import FeatureModel
public import Realtime
internal import SQLDialect
import Synchronization
internal import Threads

/// The realtime store in SQLite: private in-memory copies of every mirror, so that readers on different threads never meet.
///
/// A lookup whose plan searches runs on the calling thread. Everything that writes goes through one thread, one job after
/// another, and reaches every copy before it returns. Nothing is kept when the store is released.
public final class SQLiteRealtimeStore: RealtimeStore {
    let configuration: StoreConfiguration
    let copies: Copies
    let mirrors = Mirrors()
    /// The one writer.
    private let writer = ThreadPool(name: "realtime-writer", threads: 1, queueLimit: 65_536)
    /// Lookups that may visit many rows.
    let scanners: ThreadPool
    private let waitingWrites = Atomic(0)
    private let names = Atomic(0)
    private let size = Mutex((total: 0, live: 0))
    let hot: HotBudget

    /// Writes that may wait for the writer before more are refused as busy.
    private static let writeQueueLimit = 1_024

    /// Throws if SQLite refuses the configuration's functions.
    public init(_ configuration: StoreConfiguration = StoreConfiguration()) throws {
        self.configuration = configuration
        copies = try Copies(configuration)
        hot = HotBudget(limit: configuration.hotBytes, rule: .init(calls: configuration.hotCalls, nanoseconds: UInt64(configuration.hotMicroseconds) * 1_000))
        scanners = ThreadPool(name: "realtime-scan", threads: configuration.scanThreads, queueLimit: configuration.scanQueueLimit)
    }

    // MARK: Mirrors

    public func mirror(_ table: TableDefinition) async throws {
        let layout = try MirrorLayout(table)
        _ = try await write { try self.makeMirror(layout) }
    }

    public func drop(_ table: TableName) async throws {
        try await write {
            guard let mirror = self.mirrors[table] else { return }
            // Readers that are inside finish before the table goes; none begins afterwards.
            mirror.phase = .dropped
            self.mirrors.remove(table)
            let loading = mirror.withRecord { record in
                defer { record.load = nil }
                return record.load?.table
            }
            try self.copies.writeEverywhere { session, _ in
                for name in [mirror.layout.name, loading].compactMap(\.self) {
                    try session.connection.execute("DROP TABLE IF EXISTS \(SQLiteNames.quoted(name))")
                }
                session.access.readableTables.remove(mirror.layout.name)
            }
        }
    }

    public func state(of table: TableName) -> TableState { mirrors[table]?.state ?? .absent }

    public func statistics() -> StoreStatistics {
        let rows = mirrors.all.map { mirror in (mirror.layout.table, mirror.withRecord(\.rows)) }
        return StoreStatistics(bytes: size.withLock { $0.total }, copies: copies.inService, rows: Dictionary(uniqueKeysWithValues: rows), hotBytes: hot.bytes)
    }

    /// The table's mirror, made if there is none. On the writer.
    func makeMirror(_ layout: MirrorLayout) throws -> Mirror {
        if let existing = mirrors[layout.table] {
            guard existing.layout.holdsRows(of: layout.definition) else {
                throw RealtimeError(
                    .definitionChanged, "the mirror of \(layout.table) has other columns", hint: "Drop the mirror and make it anew.")
            }
            return existing
        }
        if let rival = mirrors.rival(of: layout) {
            throw RealtimeError(
                .notMirrorable, "the table \(layout.table) cannot be mirrored",
                reason: "its name differs from \(rival)'s in case only, which SQLite ignores",
                hint: "Rename one of the tables.")
        }
        do {
            try copies.writeEverywhere { session, _ in
                try session.connection.execute(layout.createTable(named: layout.name))
                if let index = layout.createKeyIndex(named: layout.name + "~key", on: layout.name) { try session.connection.execute(index) }
                session.access.readableTables.insert(layout.name)
            }
        } catch let error as SQLiteError {
            throw RealtimeError(.notMirrorable, "the table \(layout.table) cannot be mirrored", reason: error.description)
        }
        let mirror = Mirror(layout)
        mirrors.add(mirror)
        return mirror
    }

    // MARK: For the parts of the store

    /// Runs a job on the writer's thread. A job that still waits when its task is cancelled is dropped.
    func write<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        let waiting = waitingWrites.add(1, ordering: .relaxed).newValue
        defer { waitingWrites.subtract(1, ordering: .relaxed) }
        guard waiting <= Self.writeQueueLimit else { throw RealtimeError.queueFull }
        do { return try await writer.run(job) } catch { throw RealtimeError.from(error) }
    }

    /// Runs a job that must not be skipped: also for a task that is cancelled, and beyond the limit of waiting writes.
    func writeInAnyCase(_ job: @escaping @Sendable () throws -> Void) async {
        let writer = writer
        // A task of its own does not inherit the cancellation.
        await Task { try? await writer.run(job) }.value
    }

    /// A name in SQLite that no mirror can have (theirs hold a dot) and no other table or index has.
    func freshName(_ what: String) -> String { "~\(what)\(names.add(1, ordering: .relaxed).newValue)" }

    /// Throws `memoryLimit`, so that the transaction is rolled back, if the store has grown past its limit. On the first copy,
    /// before the commit; the others hold the same.
    func checkMemory(_ session: CopySession) throws {
        let pages = try session.pages()
        // What SQLite keeps beside each page's bytes.
        let bytesPerPage = pages.size + 280
        let now = (total: pages.total * bytesPerPage * copies.all.count, live: (pages.total - pages.free) * bytesPerPage * copies.all.count)
        let before = size.withLock { $0 }
        guard now.live <= configuration.maximumBytes || now.live <= before.live else {
            throw RealtimeError(
                .memoryLimit, "the realtime store would grow past its limit",
                reason: "\(copies.all.count) copies would hold \(now.live >> 20) MiB, the limit is \(configuration.maximumBytes >> 20) MiB",
                hint: "Raise the store's limit, lower its number of copies, or mirror fewer rows.")
        }
        size.withLock { $0 = now }
    }
}
