internal import CSQLite

/// What SQLite answered instead of success.
public struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The primary result code, e.g. `SQLITE_CONSTRAINT` (19).
    public let code: Int32
    /// The extended result code, e.g. `SQLITE_CONSTRAINT_UNIQUE` (2067).
    public let extendedCode: Int32
    /// SQLite's own words; without the SQLSTATE if a registered function raised it. May quote names, never bound values of ours.
    public let message: String
    /// Set when a registered function raised a PostgreSQL error (see ``FunctionError``).
    public let sqlstate: String?
    /// Byte offset in the statement where preparing failed, or nil.
    public let offset: Int?

    public init(extendedCode: Int32, message: String, offset: Int? = nil) {
        code = extendedCode & 0xff
        self.extendedCode = extendedCode
        self.offset = offset
        if let (state, text) = FunctionError.parse(message) {
            sqlstate = state
            self.message = text
        } else {
            sqlstate = nil
            self.message = message
        }
    }

    init(_ code: Int32, on handle: OpaquePointer?) {
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        let text = handle.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        let offset = handle.map { Int(sqlite3_error_offset($0)) } ?? -1
        // The handle's last error can be another one's, when the call failed before reaching the connection.
        let isOfThisCall = extended & 0xff == code & 0xff
        self.init(
            extendedCode: isOfThisCall ? extended : code,
            message: String(cString: (isOfThisCall ? text : sqlite3_errstr(code)) ?? text!), offset: isOfThisCall && offset >= 0 ? offset : nil)
    }

    /// The interpreter was stopped by ``Interrupter`` or by the progress handler.
    public var isInterrupt: Bool { code == SQLITE_INTERRUPT }
    /// Another connection holds the lock, longer than the busy timeout.
    public var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
    /// A UNIQUE or PRIMARY KEY constraint was violated (`SQLITE_CONSTRAINT_UNIQUE`, `SQLITE_CONSTRAINT_PRIMARYKEY`).
    public var isUniqueViolation: Bool { extendedCode == SQLITE_CONSTRAINT | 8 << 8 || extendedCode == SQLITE_CONSTRAINT | 6 << 8 }
    /// The file is no database or damaged.
    public var isCorruption: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }
    /// The authorizer refused the statement.
    public var isDenied: Bool { code == SQLITE_AUTH }
    /// A write was attempted on a connection or database that only reads.
    public var isReadOnly: Bool { code == SQLITE_READONLY }
    /// The statement could not be compiled, or a function raised an error.
    public var isGeneric: Bool { code == SQLITE_ERROR }
    /// The table changed so that the statement has to be prepared anew.
    public var isSchemaChange: Bool { code == SQLITE_SCHEMA }
    /// No memory, or no space left for the file.
    public var isOutOfSpace: Bool { code == SQLITE_NOMEM || code == SQLITE_FULL }

    public var description: String { "SQLite \(extendedCode): \(message)" }
}
