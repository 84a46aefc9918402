internal import CSQLite

/// A connection to an SQLite database, and the only owner of its handle.
///
/// One owner at a time: it is opened without SQLite's mutexes, so two threads must never be inside it or its statements at
/// once; guard it by a lock or a thread of its own. ``interrupter`` alone may be used from anywhere.
/// The handle is closed when the connection and all its statements are released.
///
/// Text in double quotes is never a string, `load_extension` is off, the schema is not trusted and cannot be written to directly.
public final class Connection {
    public enum Location: Sendable, Hashable {
        /// A private database that ends with the connection.
        case memory
        /// Opened for reading and writing, in WAL mode; made if absent.
        case file(path: String, synchronous: Synchronous = .full)
        /// An existing file, for reading.
        case readOnlyFile(path: String)
    }

    /// How hard a commit is pushed to the disk.
    public enum Synchronous: String, Sendable { case off = "OFF", normal = "NORMAL", full = "FULL", extra = "EXTRA" }

    let handle: OpaquePointer
    /// Stops what the connection is running; usable from any thread, also after the connection is gone.
    public let interrupter: Interrupter
    var authorizer: AuthorizerBox?
    var progress: ProgressBox?
    /// Found out at the first use of ``setQueryOnly(_:)``.
    var queryOnlyActsWhenCompiled: Bool?

    /// - Parameters:
    ///   - busyTimeout: milliseconds to wait for another connection's lock before a statement fails as busy.
    ///   - hasJournal: false for a database in memory that is thrown away when a write on it fails: it cannot roll back.
    public init(_ location: Location, busyTimeout: Int32 = 5_000, hasJournal: Bool = true) throws {
        guard Library.isConfigured else { throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "SQLite could not be initialised") }
        let (path, access) =
            switch location {
            case .memory: (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY)
            case .file(let path, _): (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            case .readOnlyFile(let path): (path, SQLITE_OPEN_READONLY)
            }
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard status == SQLITE_OK, let opened else {
            let error = SQLiteError(status, on: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        interrupter = Interrupter(opened)
        // While nothing is hardened yet: later SQLite does not take it.
        if !hasJournal { try execute("PRAGMA journal_mode=OFF") }
        try harden()
        sqlite3_busy_timeout(opened, busyTimeout)
        if case .file(_, let synchronous) = location {
            try execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=\(synchronous.rawValue); PRAGMA foreign_keys=ON")
        }
    }

    deinit {
        interrupter.forget()
        // Never fails: statements hold the connection, so none is left.
        sqlite3_close_v2(handle)
    }

    private func harden() throws {
        let switches: [(Int32, Int32)] = [
            (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ]
        for (name, value) in switches { try check(fs_sqlite_db_config_switch(handle, name, value)) }
        _ = fs_sqlite_disable_optimizations(handle, Self.bloomFilter | Self.constantPropagation | Self.unusedJoins | Self.scansOfIndexes)
    }

    /// SQLite 3.40 leaves out a LEFT JOIN that changes nothing, and then reads the tables behind it in the wrong direction where it counts on
    /// their order: ORDER BY … DESC, also a window's, comes out ascending.
    private static let unusedJoins: UInt32 = 0x100

    /// A table that is gone through from end to end comes in its own order, also where an index holds all that is read of it: sums of doubles
    /// depend on it, and an index that somebody makes must not change them.
    private static let scansOfIndexes: UInt32 = 0x20

    /// SQLite 3.38 to 3.40 filter the rows of an automatic index by the lengths of texts, whatever collation says that they are equal:
    /// a join of 1.5 with 1.50 loses rows.
    private static let bloomFilter: UInt32 = 0x80000

    /// SQLite puts a key's value in place of a column that must be equal to it, also where no row has that key, and what is computed
    /// with it may then fail.
    private static let constantPropagation: UInt32 = 0x8000

    func check(_ status: Int32) throws {
        if status != SQLITE_OK { throw SQLiteError(status, on: handle) }
    }

    // MARK: Running

    /// Compiles one statement. Throws if the text holds none or more than one.
    /// - Parameter isKept: says that the statement will live long, so SQLite does not take its memory from short-lived pools.
    public func prepare(_ sql: String, isKept: Bool = false) throws -> Statement {
        try Statement(self, sql, flags: isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0)
    }

    /// Runs one or several statements without parameters and throws their rows away.
    public func execute(_ sql: String) throws {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Set by every INSERT that adds a row, and left alone by one that an ON CONFLICT clause turned into an update:
    /// set it before, to learn afterwards which of the two happened.
    public var lastInsertRowID: Int64 {
        get { sqlite3_last_insert_rowid(handle) }
        set { sqlite3_set_last_insert_rowid(handle, newValue) }
    }

    // MARK: Transactions

    /// How a transaction begins: `immediate` takes the write lock at once, so it cannot fail as busy half-way.
    public enum TransactionKind: String, Sendable { case deferred = "DEFERRED", immediate = "IMMEDIATE", exclusive = "EXCLUSIVE" }

    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws. Not to be nested.
    public func transaction<Result>(_ kind: TransactionKind = .immediate, _ body: () throws -> Result) throws -> Result {
        try execute("BEGIN \(kind.rawValue)")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite has rolled back by itself after some errors (a full disk, no memory).
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    // MARK: Limits and sizes

    public enum Limit: Int32, Sendable {
        case valueBytes = 0, sqlBytes = 1, columns = 2, expressionDepth = 3, compoundSelects = 4, programSteps = 5, functionArguments = 6
        case attachedDatabases = 7, likePatternBytes = 8, parameters = 9, triggerDepth = 10, workerThreads = 11
    }

    /// Lowers a limit of the connection; returns the one before. SQLite never raises one beyond what it was built with.
    @discardableResult public func setLimit(_ limit: Limit, _ value: Int) -> Int {
        Int(sqlite3_limit(handle, limit.rawValue, Int32(clamping: value)))
    }
}
