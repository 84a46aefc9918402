internal import CSQLite
internal import FeatureModel

/// Where a registered function puts its result; the last one put counts, and none is NULL. Valid during the call only.
public struct FunctionResult {
    let context: OpaquePointer

    public func null() { sqlite3_result_null(context) }

    public func set(_ value: Int64) { sqlite3_result_int64(context, value) }

    public func set(_ value: Bool) { sqlite3_result_int64(context, value ? 1 : 0) }

    public func set(_ value: Double) { sqlite3_result_double(context, value) }

    public func set(_ value: String) {
        var value = value
        value.withUTF8 { set(utf8: $0) }
    }

    /// A copy of the text.
    public func set(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard let start = text.baseAddress, !text.isEmpty else { return sqlite3_result_text(context, "", 0, fs_sqlite_static()) }
        start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            sqlite3_result_text64(context, $0, UInt64(text.count), fs_sqlite_transient(), UInt8(SQLITE_UTF8))
        }
    }

    /// A copy of the bytes as text.
    public func set(utf8 text: [UInt8]) { text.withUnsafeBufferPointer { set(utf8: $0) } }

    /// A copy of the bytes.
    public func set(blob bytes: UnsafeBufferPointer<UInt8>) {
        guard !bytes.isEmpty else { return _ = sqlite3_result_zeroblob64(context, 0) }
        sqlite3_result_blob64(context, bytes.baseAddress, UInt64(bytes.count), fs_sqlite_transient())
    }

    /// One of the arguments as it is.
    public func set(_ argument: Argument) { sqlite3_result_value(context, argument.handle) }

    /// Fails the statement. A ``FunctionError``, or a `Failure` that names an SQLSTATE, keeps it.
    public func fail(_ error: any Error) {
        let failure = error as? any Failure
        let raised = failure?.sqlstate.map { FunctionError(sqlstate: $0, message: failure?.message ?? "") }
        var text = String(describing: raised ?? error)
        text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { sqlite3_result_error(context, $0.baseAddress, Int32(clamping: $0.count)) }
        }
    }

    /// Something made from a constant argument (a compiled pattern) and kept as long as SQLite keeps the argument: across the rows
    /// of one run, when the argument is a literal or a parameter. `make` runs where nothing is kept yet.
    public func kept<Object: AnyObject>(forArgument index: Int, _ make: () throws -> Object) rethrows -> Object {
        if let stored = sqlite3_get_auxdata(context, Int32(index)),
            let object = Unmanaged<AnyObject>.fromOpaque(stored).takeUnretainedValue() as? Object
        {
            return object
        }
        let object = try make()
        sqlite3_set_auxdata(context, Int32(index), Unmanaged<AnyObject>.passRetained(object).toOpaque()) {
            Unmanaged<AnyObject>.fromOpaque($0!).release()
        }
        return object
    }
}
