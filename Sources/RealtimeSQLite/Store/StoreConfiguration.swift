public import EmbeddedSQL
public import Realtime

/// How large the realtime store may grow and how many readers it serves at once.
public struct StoreConfiguration: Sendable {
    /// Private copies of all mirrors. Readers on different copies never wait for each other; memory grows with each.
    public var copies: Int
    /// Bytes that all copies together may hold.
    public var maximumBytes: Int
    /// Indexes made for keys, per table; the primary key is not counted.
    public var indexesPerTable: Int
    /// Further columns that an index for a key may hold, so that lookups which read no others need not go to the rows; 0 for none.
    public var coveredColumns: Int
    /// Compiled statements kept per copy; the least recently used goes first.
    public var statementsPerCopy: Int
    /// Threads for lookups that may visit many rows.
    public var scanThreads: Int
    /// Such lookups waiting for a thread, before more are refused as busy.
    public var scanQueueLimit: Int
    /// A lookup made so many times a minute …
    public var hotCalls: Int
    /// … that takes so long on average has its answers kept by key until a table it reads changes.
    public var hotMicroseconds: Int
    /// What such answers may take in memory, together.
    public var hotBytes: Int
    /// Registers the functions and collations that statements and mirrors use, on each new connection.
    public var registerFunctions: @Sendable (Connection) throws -> Void

    public init(
        copies: Int = Machine.processors, maximumBytes: Int = Machine.memory / 2, indexesPerTable: Int = 8, coveredColumns: Int = 8,
        statementsPerCopy: Int = 256, scanThreads: Int = 2, scanQueueLimit: Int = 64,
        hotCalls: Int = 60, hotMicroseconds: Int = 20, hotBytes: Int = 64 << 20,
        registerFunctions: @escaping @Sendable (Connection) throws -> Void = PostgresFunctions.register
    ) {
        self.copies = max(1, copies)
        self.maximumBytes = maximumBytes
        self.indexesPerTable = indexesPerTable
        self.coveredColumns = max(0, coveredColumns)
        self.statementsPerCopy = max(1, statementsPerCopy)
        self.scanThreads = max(1, scanThreads)
        self.scanQueueLimit = scanQueueLimit
        self.hotCalls = hotCalls
        self.hotMicroseconds = max(0, hotMicroseconds)
        self.hotBytes = max(0, hotBytes)
        self.registerFunctions = registerFunctions
    }
}

extension StoreConfiguration {
    /// For a store that holds a few rows for a moment.
    /// - Parameter sums: other than ``SumRounding/asItComes`` it is for seeing what rounding does.
    public static func stage(sums: SumRounding = .asItComes) -> StoreConfiguration {
        StoreConfiguration(copies: 1, maximumBytes: 256 << 20, indexesPerTable: 64, scanThreads: 1) { try PostgresFunctions.register(on: $0, sums: sums) }
    }
}
