public import FeatureModel

/// PostgreSQL as this project reads it. Every call runs in a READ ONLY transaction with a time limit, on sessions pinned to
/// TimeZone, DateStyle ISO, IntervalStyle postgres, extra_float_digits 1, bytea_output hex and a search path.
///
/// Cancelling the calling task cancels the statement on the server. A server that is away throws
/// `WarehouseError.unavailable`; connections are made again by themselves.
public protocol Warehouse: Sendable {
    /// What the server is; read once per connection to a server and cached.
    func environment() async throws -> WarehouseEnvironment

    /// Definitions of the relations that unqualified or qualified names mean under the search path, and of everything the views
    /// among them stand on. The second part says which definition each reference means. Throws `unknownTable` naming the first that does not exist.
    func definitions(of references: [RelationReference]) async throws -> ResolvedDefinitions

    /// PostgreSQL's own description of a SELECT's output columns, without running it. Throws `statementRefused` with position.
    func describe(_ sql: String) async throws -> [OutputColumn]

    /// PostgreSQL's plan for a SELECT, a line a step, without running it.
    func explain(_ sql: String) async throws -> [String]

    /// Runs a SELECT and streams each row as the bytes of `row_to_json`, in the order PostgreSQL gives.
    func jsonRows(of sql: String, limits: RunLimits) async throws -> JSONRowStream

    /// Runs a SELECT and streams typed frames. `schema` is what ``describe(_:)`` gave, with nullability added.
    func frames(of sql: String, schema: Schema, limits: RunLimits) async throws -> FrameStream

    /// All rows of a table, to load the realtime store with. Columns in the definition's order.
    func rows(of table: TableDefinition) async throws -> FrameStream

    /// Returns when the server answers a trivial statement; throws otherwise.
    func ping() async throws

    func close() async
}

/// Abandoning the iteration, or cancelling its task, stops the statement. To a cancelled task the stream may simply end
/// (`AsyncThrowingStream` does so): whoever needs all rows asks `Task.checkCancellation()` after the loop.
///
/// Batches of rows, each the UTF-8 of a JSON object; `batch.rows` are ranges into `batch.bytes`.
public typealias JSONRowStream = AsyncThrowingStream<JSONRowBatch, any Error>
/// Frames; ends early as ``JSONRowStream`` does.
public typealias FrameStream = AsyncThrowingStream<Frame, any Error>

public struct JSONRowBatch: Sendable {
    /// The rows, joined by commas: ready to stand between `[` and `]`.
    public let bytes: [UInt8]
    public let rowCount: Int

    public init(bytes: [UInt8], rowCount: Int) {
        self.bytes = bytes
        self.rowCount = rowCount
    }
}

public struct RunLimits: Sendable {
    /// Seconds before the server is told to stop (`statement_timeout`).
    public var seconds: Double
    /// nil: no limit.
    public var rows: Int?
    /// Settings that the statement reads, for its transaction alone: values reach it as parameters, never as text.
    public var settings: [String: String] = [:]

    public init(seconds: Double = 300, rows: Int? = nil) {
        self.seconds = seconds
        self.rows = rows
    }
}

/// A table as a statement names it; `schema` is nil when the statement leaves it to the search path.
public struct RelationReference: Hashable, Sendable {
    public let schema: String?
    public let name: String

    public init(schema: String?, name: String) {
        self.schema = schema
        self.name = name
    }
}

public struct ResolvedDefinitions: Sendable {
    /// Every relation, those under views included, without repetition, sorted by name.
    public let tables: [TableDefinition]
    /// What each reference means.
    public let meaning: [RelationReference: TableName]

    public init(tables: [TableDefinition], meaning: [RelationReference: TableName]) {
        self.tables = tables
        self.meaning = meaning
    }
}

public struct OutputColumn: Hashable, Sendable, Codable {
    public let name: String
    public let type: PostgresType

    public init(name: String, type: PostgresType) {
        self.name = name
        self.type = type
    }
}

public struct WarehouseEnvironment: Hashable, Sendable, Codable {
    /// `server_version_num`, e.g. 150018.
    public let versionNumber: Int
    /// `datcollate` of the database, e.g. `C.UTF-8`.
    public let collation: String
    /// `datctype`.
    public let characterType: String
    /// The session's pinned TimeZone.
    public let timeZone: String
    public let searchPath: [String]

    public init(versionNumber: Int, collation: String, characterType: String, timeZone: String, searchPath: [String]) {
        self.versionNumber = versionNumber
        self.collation = collation
        self.characterType = characterType
        self.timeZone = timeZone
        self.searchPath = searchPath
    }
}

/// The one way rows get into the warehouse through this service: publish, later ingest. Uses `DATABASE_WRITE_URL`.
public protocol WarehouseWriter: Sendable {
    /// Creates schema and tables that are absent, then checks that each has exactly the columns given (names and types);
    /// throws `tableDiffers` otherwise. Safe when many processes do it at once.
    func ensure(_ tables: [TableDefinition]) async throws

    /// Inserts all frames in one transaction; returns after the commit. Frames' columns are the table's, in order.
    func insert(_ rows: [(table: TableDefinition, frames: [Frame])]) async throws

    func close() async
}
