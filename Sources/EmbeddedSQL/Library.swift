internal import CSQLite

/// SQLite as a process holds it once.
enum Library {
    /// Read before the first connection is opened. Switching off the count of allocated bytes spares every allocation a
    /// process-wide lock, which costs threads with connections of their own most of their parallelism.
    static let isConfigured: Bool = {
        let status = fs_sqlite_config_memory_status(0)
        // MISUSE: something else in the process has initialised SQLite already; all works, only slower.
        return (status == SQLITE_OK || status == SQLITE_MISUSE) && sqlite3_initialize() == SQLITE_OK
    }()
}
