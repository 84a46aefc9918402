public import FeatureModel
public import Formats
public import SQLDialect

/// Rows of the warehouse's tables in memory, and the statements that look them up.
///
/// Rows enter through ``apply(_:)`` and ``load(_:from:)`` alone, and both end in the backend's one apply function.
public protocol RealtimeStore: Sendable {
    /// Makes an empty mirror of the table if there is none. Throws `notMirrorable` naming the column that cannot be held exactly,
    /// `definitionChanged` if a mirror with other columns exists.
    func mirror(_ table: TableDefinition) async throws

    /// Drops the mirror, e.g. to make it anew with changed columns.
    func drop(_ table: TableName) async throws

    /// Replaces the mirror's rows by the frames, visible all at once at the end. Meanwhile the table's state is `loading`;
    /// changes applied meanwhile are kept and applied on top. On error the table is as before, or absent.
    func load(_ table: TableDefinition, from frames: AsyncThrowingStream<Frame, any Error>) async throws

    /// Applies a commit's changes to every copy; returns when every reader sees them, all or none. Tables without a mirror are passed over.
    func apply(_ batch: ChangeBatch) async throws

    func state(of table: TableName) -> TableState

    /// Checks the statement against the mirrors and makes the indexes its key needs. Call again after a mirror changed.
    ///
    /// - Parameter isCached: keep its answers by key, however cheap they are, until a table it reads changes.
    func prepare(_ statement: RealtimeStatement, isCached: Bool) async throws -> any PreparedLookup

    /// Rows for one key. Runs on the calling thread if the plan visits few rows, else on a bounded pool.
    /// Throws `timeLimit`, `rowLimit`, or a `sqlError` such as division by zero.
    func rows(_ lookup: any PreparedLookup, key: [Value], limits: LookupLimits) async throws -> Frame

    /// The same rows, written behind what `out` holds as soon as they are read, joined by commas. After an error what `out` holds counts for nothing.
    func rows(_ lookup: any PreparedLookup, key: [Value], limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8]) async throws

    /// Rows for several keys, in their order, all from one state of the tables; limits count for all of them together.
    /// Throws as ``rows(_:key:limits:)``; the details of a `badKeyValue` name the key's place from 0 as `index`.
    func rows(_ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits) async throws -> KeyedRows

    /// The same rows, written behind what `out` holds, each key's joined by commas. `open` writes what stands before those of a key, told its
    /// place and whether there are any. After an error what `out` holds counts for nothing.
    func rows(
        _ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8],
        open: (_ key: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void) async throws

    /// Throws `badRequestValue` with the column, if a value is none that a call's request may hold there. Rows stand one after the other; with
    /// several the details name the row's place as `index`.
    func check(requests: [Value], of columns: [RequestColumn]) throws

    /// Of each table that the lookup reads; every later lookup includes what it says.
    func marks(of lookup: any PreparedLookup) -> [TableMark]

    /// Bytes held, rows per table.
    func statistics() -> StoreStatistics
}

extension RealtimeStore {
    public func prepare(_ statement: RealtimeStatement) async throws -> any PreparedLookup { try await prepare(statement, isCached: false) }

    public func rows(_ lookup: any PreparedLookup, key: [Value], limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8]) async throws {
        encoder.append(try await rows(lookup, key: key, limits: limits), to: &out)
    }

    public func rows(
        _ lookup: any PreparedLookup, keys: KeyBatch, limits: LookupLimits, as encoder: JSONRowEncoder, to out: inout [UInt8],
        open: (_ key: Int, _ isFound: Bool, _ out: inout [UInt8]) -> Void
    ) async throws {
        try await rows(lookup, keys: keys, limits: limits).append(as: encoder, to: &out, open: open)
    }
}

/// A statement that a store has accepted. Opaque: only the store that made it can run it.
public protocol PreparedLookup: Sendable {
    var statement: RealtimeStatement { get }
    /// The columns of a key, in the order in which its values are given.
    var keyColumns: [String] { get }
    /// Whether every table that it reads is ready: in service, and not about to be replaced because it lacks a change.
    var isReady: Bool { get }
    var plan: LookupPlan { get }
    /// Whether the key leads to every table, and the plan goes through none from end to end.
    var visitsFewRows: Bool { get }
    /// What is kept of its answers.
    var hot: HotStatistics { get }
}

/// Answers of one lookup that are kept for the next call of the same key.
public struct HotStatistics: Sendable, Hashable {
    /// Whether answers are kept at present: the lookup is made often and costs much, or its query is marked.
    public let isHot: Bool
    public let hits: Int
    /// Calls that found no answer kept while the lookup was hot, or one that a change had made old.
    public let misses: Int
    public let answers: Int
    public let bytes: Int
    /// How long ago, at the most, the oldest answer was read; 0 without any.
    public let oldestSeconds: Double

    public init(isHot: Bool, hits: Int, misses: Int, answers: Int, bytes: Int, oldestSeconds: Double) {
        self.isHot = isHot
        self.hits = hits
        self.misses = misses
        self.answers = answers
        self.bytes = bytes
        self.oldestSeconds = oldestSeconds
    }
}

public struct LookupLimits: Sendable {
    public var seconds: Double
    public var rows: Int
    /// What the rows may take in memory.
    public var bytes: Int
    /// What `now()` is, in microseconds since 1970-01-01 UTC; nil for the time at which the lookup begins.
    public var clock: Int64?

    public init(seconds: Double = 1, rows: Int = 10_000, bytes: Int = 64 << 20, clock: Int64? = nil) {
        self.seconds = seconds
        self.rows = rows
        self.bytes = bytes
        self.clock = clock
    }
}

/// What one commit changed.
public struct ChangeBatch: Sendable {
    public enum Change: Sendable {
        /// Whole rows, columns in the table's order. With a primary key a row of the same key is replaced.
        case upsert(Frame)
        /// Rows to remove; the frame's columns are the primary key's.
        case delete(Frame)
        case truncate
    }

    public let changes: [(table: TableName, change: Change)]

    public init(_ changes: [(table: TableName, change: Change)]) { self.changes = changes }
}

public enum TableState: Sendable, Hashable {
    case absent
    /// Rows read so far, and the planner's estimate (-1 if unknown).
    case loading(rows: Int, of: Int)
    case ready(rows: Int)
    /// The last load failed; the reason is safe to show.
    case failed(String)
}

public struct StoreStatistics: Sendable {
    public let bytes: Int
    public let copies: Int
    public let rows: [TableName: Int]
    /// Of answers kept beside the copies.
    public let hotBytes: Int

    public init(bytes: Int, copies: Int, rows: [TableName: Int], hotBytes: Int) {
        self.bytes = bytes
        self.copies = copies
        self.rows = rows
        self.hotBytes = hotBytes
    }
}
