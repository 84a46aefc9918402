internal import CSQLite

/// One argument of a call of a registered function; valid during the call only.
public struct Argument {
    let handle: OpaquePointer

    public var storageClass: StorageClass { StorageClass(rawValue: sqlite3_value_type(handle)) ?? .null }
    public var isNull: Bool { sqlite3_value_type(handle) == SQLITE_NULL }
    /// 0 for NULL; other classes are converted by SQLite's rules.
    public var int64: Int64 { sqlite3_value_int64(handle) }
    /// 0 for NULL.
    public var double: Double { sqlite3_value_double(handle) }

    /// The UTF-8 of a text, without a copy; empty for NULL. Valid until the call returns.
    public var utf8: UnsafeBufferPointer<UInt8> {
        guard let start = sqlite3_value_text(handle) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(handle)))
    }

    /// The bytes of a BLOB, without a copy; empty for NULL. Valid until the call returns.
    public var blob: UnsafeBufferPointer<UInt8> {
        guard let start = sqlite3_value_blob(handle) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: Int(sqlite3_value_bytes(handle)))
    }

    public var string: String { String(decoding: utf8, as: UTF8.self) }
}

/// The arguments of a call, in order; valid during the call only.
public struct Arguments {
    let handles: UnsafeMutablePointer<OpaquePointer?>?
    public let count: Int

    public subscript(index: Int) -> Argument {
        precondition(index >= 0 && index < count, "the function was registered with fewer arguments")
        return Argument(handle: handles![index]!)
    }

    /// Those from the given one on.
    public func dropFirst(_ number: Int) -> Arguments {
        precondition(number >= 0 && number <= count, "the function was registered with fewer arguments")
        return Arguments(handles: handles.map { $0 + number }, count: count - number)
    }

    /// Whether one of them is NULL: most of PostgreSQL's functions then give NULL.
    public var containsNull: Bool {
        for index in 0..<count where self[index].isNull { return true }
        return false
    }
}
