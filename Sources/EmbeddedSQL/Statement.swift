internal import CSQLite
public import FeatureModel

/// A compiled statement. Frees its `sqlite3_stmt` exactly once and keeps its connection open; used under the connection's rules.
///
/// Parameters are numbered from 1, columns from 0. Buffers that a column reader gives are valid until the next ``step()`` or ``reset()``.
public final class Statement {
    let handle: OpaquePointer
    public let connection: Connection

    init(_ connection: Connection, _ sql: String, flags: UInt32) throws {
        self.connection = connection
        var sql = sql
        var compiled: OpaquePointer?
        var more = false
        let status = sql.withUTF8 { text -> Int32 in
            let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
            var tail: UnsafePointer<CChar>?
            let status = sqlite3_prepare_v3(connection.handle, start, Int32(clamping: text.count), flags, &compiled, &tail)
            if let start, let tail { more = Self.holdsSQL(text[(tail - start)...]) }
            return status
        }
        guard status == SQLITE_OK else { throw SQLiteError(status, on: connection.handle) }
        guard let compiled else { throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the text holds no statement") }
        guard !more else {
            sqlite3_finalize(compiled)
            throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the text holds more than one statement")
        }
        handle = compiled
    }

    deinit { sqlite3_finalize(handle) }

    /// What follows the first statement may be white space and semicolons; comments are not looked into and count as SQL.
    private static func holdsSQL(_ tail: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        tail.contains { !($0 == 0x20 || (0x09...0x0d).contains($0) || $0 == UInt8(ascii: ";")) }
    }

    // MARK: Running

    /// Goes to the next row; false when there is none. After an error or the last row, ``reset()`` before running again.
    @discardableResult public func step() throws -> Bool {
        let status = sqlite3_step(handle)
        if status == SQLITE_ROW { return true }
        if status == SQLITE_DONE { return false }
        throw SQLiteError(status, on: connection.handle)
    }

    /// Ready to run again, parameters kept. Ends the read transaction that running began.
    public func reset() { sqlite3_reset(handle) }

    /// Every parameter NULL again.
    public func clearBindings() { sqlite3_clear_bindings(handle) }

    /// Runs the statement to its end and resets it; for statements without rows.
    public func run() throws {
        defer { reset() }
        while try step() {}
    }

    /// Whether the statement leaves the database file as it is, as SQLite judges it.
    public var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// How often SQLite has compiled the statement again by itself, because the schema or a setting changed.
    public var recompilations: Int { Int(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)) }

    /// The text, as compiled.
    public var sql: String { String(cString: sqlite3_sql(handle)) }

    public var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }

    // MARK: Binding

    public func bind(_ value: Int64, at index: Int) throws { try check(sqlite3_bind_int64(handle, Int32(index), value)) }

    public func bind(_ value: Double, at index: Int) throws { try check(sqlite3_bind_double(handle, Int32(index), value)) }

    public func bindNull(at index: Int) throws { try check(sqlite3_bind_null(handle, Int32(index))) }

    /// Binds a copy of the text.
    public func bind(_ value: String, at index: Int) throws {
        var value = value
        try value.withUTF8 { try bind(utf8: $0, at: index) }
    }

    /// Binds a copy of UTF-8 text.
    public func bind(utf8 text: UnsafeBufferPointer<UInt8>, at index: Int) throws {
        try check(bindText(text, index, fs_sqlite_transient()))
    }

    /// Binds text without copying it: the buffer must stay as it is until the statement is reset and the parameter bound again.
    public func bind(borrowing text: UnsafeBufferPointer<UInt8>, at index: Int) throws {
        try check(bindText(text, index, fs_sqlite_static()))
    }

    /// Binds a copy of the bytes as a BLOB.
    public func bind(blob bytes: UnsafeBufferPointer<UInt8>, at index: Int) throws {
        // A null pointer would bind NULL: an empty BLOB needs an address.
        let status =
            bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, Int32(index), 0)
            : sqlite3_bind_blob64(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count), fs_sqlite_transient())
        try check(status)
    }

    /// Binds a scalar as it is: booleans as 0 and 1, bytes as a BLOB.
    public func bind(_ value: Value, at index: Int) throws {
        switch value {
        case .null: try bindNull(at: index)
        case .bool(let flag): try bind(flag ? 1 : 0 as Int64, at: index)
        case .int(let number): try bind(number, at: index)
        case .double(let number): try bind(number, at: index)
        case .text(let text): try bind(text, at: index)
        case .bytes(let bytes): try bytes.withUnsafeBufferPointer { try bind(blob: $0, at: index) }
        }
    }

    /// Binds the values to the parameters from 1 on.
    public func bind(_ values: [Value]) throws {
        for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
    }

    private func bindText(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ destructor: sqlite3_destructor_type?) -> Int32 {
        guard let start = text.baseAddress, !text.isEmpty else { return sqlite3_bind_text(handle, Int32(index), "", 0, fs_sqlite_static()) }
        return start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            sqlite3_bind_text64(handle, Int32(index), $0, UInt64(text.count), destructor, UInt8(SQLITE_UTF8))
        }
    }

    private func check(_ status: Int32) throws {
        if status != SQLITE_OK { throw SQLiteError(status, on: connection.handle) }
    }
}
