internal import EmbeddedSQL

/// A copy's connection with its guards and compiled statements. Used under the copy's lock.
///
/// Two locks keep lookups from writing: the authorizer refuses to compile anything but reads of mirrors and listed functions,
/// and `query_only` refuses to run a write. Both open inside ``inWriteTransaction(_:)`` alone.
final class CopySession {
    let connection: Connection
    let access = Access()
    let watch = Watch()
    /// Lookups, by their number.
    var lookups: StatementCache<UInt64>
    /// What the apply function runs, by text.
    private var writes: StatementCache<String>
    private let beginning, committing: Statement

    /// - Parameter canRollBack: what a session that only repeats what another has done can do without: if it fails, it is thrown away.
    init(_ configuration: StoreConfiguration, canRollBack: Bool) throws {
        connection = try Connection(.memory, hasJournal: canRollBack)
        lookups = StatementCache(capacity: configuration.statementsPerCopy)
        writes = StatementCache(capacity: 256)
        // Sorting stays in memory; freed pages need no wiping, since nothing of them reaches a file.
        try connection.execute("PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF; PRAGMA case_sensitive_like=ON")
        // The first use of a table-valued function writes SQLite's schema, which the authorizer would refuse.
        try connection.execute("SELECT 1 FROM json_each('[]'); SELECT 1 FROM json_tree('[]')")
        try configuration.registerFunctions(connection)
        beginning = try connection.prepare("BEGIN", isKept: true)
        committing = try connection.prepare("COMMIT", isKept: true)
        for (limit, value) in Self.limits { connection.setLimit(limit, value) }
        connection.setAuthorizer { [access] in access.allows($0) }
        connection.setProgressHandler(everySteps: Watch.stepsBetween) { [watch] in watch.mayContinue() }
        close()
    }

    private static let limits: [(Connection.Limit, Int)] = [
        (.valueBytes, 64 << 20), (.sqlBytes, 4 << 20), (.attachedDatabases, 0), (.triggerDepth, 1), (.workerThreads, 0),
    ]

    func inWriteTransaction<Result>(_ body: (CopySession) throws -> Result) throws -> Result {
        try open()
        do {
            let result = try connection.transaction { try body(self) }
            close()
            return result
        } catch {
            close()
            throw error
        }
    }

    /// One transaction for several statements that read, each of which would else begin and end its own. `body` leaves none of them running.
    func inReadTransaction<Result>(_ body: () throws -> Result) throws -> Result {
        // Nothing was written that a commit could fail for. An interrupt from outside may strike it, which holds for one statement.
        defer { for _ in 0..<3 where connection.isInTransaction { try? control(committing) } }
        try control(beginning)
        return try body()
    }

    /// SQLite compiles these anew by itself, too, when a mirror or an index is made.
    private func control(_ statement: Statement) throws {
        access.mode = .control
        defer { access.mode = .read }
        try watch.lookingAway { try statement.run() }
    }

    /// Fills the still empty database from elsewhere.
    func becomeCopy(_ fill: (Connection) throws -> Void) throws {
        try open()
        defer { close() }
        try fill(connection)
    }

    private func open() throws {
        access.mode = .write
        try connection.setQueryOnly(false)
    }

    private func close() {
        // It could fail only without memory; then the authorizer guards alone until the next write, rather than a commit
        // that has happened being reported as failed.
        try? connection.setQueryOnly(true)
        access.mode = .read
    }

    /// The database's pages. To be used inside ``inWriteTransaction(_:)``.
    func pages() throws -> (total: Int, free: Int, size: Int) {
        let read = { (pragma: String) in try self.writing("PRAGMA " + pragma).firstRow { Int($0.int64(0)) } ?? 0 }
        return (try read("page_count"), try read("freelist_count"), try read("page_size"))
    }

    /// A statement of the apply function, compiled once. To be used inside ``inWriteTransaction(_:)``.
    func writing(_ sql: String) throws -> Statement {
        try writes.statement(for: sql) { try connection.prepare(sql, isKept: true) }
    }
}
