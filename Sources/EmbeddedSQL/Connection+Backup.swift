internal import CSQLite

extension Connection {
    /// Makes this connection's database a copy of another's, page by page.
    ///
    /// `portion` is called with the step that copies the next `pagesAtATime` pages and says whether more are left; it runs the
    /// step while it owns the source, and returns what it said. Between portions others may read the source, not write to it.
    public func copyDatabase(from source: Connection, pagesAtATime: Int32 = 1_024, portion: (() throws -> Bool) throws -> Bool) throws {
        guard let backup = sqlite3_backup_init(handle, "main", source.handle, "main") else {
            throw SQLiteError(sqlite3_errcode(handle), on: handle)
        }
        defer { sqlite3_backup_finish(backup) }
        while try portion({
            let status = sqlite3_backup_step(backup, pagesAtATime)
            guard status == SQLITE_OK || status == SQLITE_DONE else {
                throw SQLiteError(extendedCode: status, message: String(cString: sqlite3_errstr(status)))
            }
            return status == SQLITE_OK
        }) {}
    }
}
