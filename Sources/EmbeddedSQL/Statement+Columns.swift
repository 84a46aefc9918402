internal import CSQLite
public import FeatureModel

/// The five ways in which SQLite holds a value.
public enum StorageClass: Int32, Sendable {
    case integer = 1, real = 2, text = 3, blob = 4, null = 5
}

extension Statement {
    public var columnCount: Int { Int(sqlite3_column_count(handle)) }

    public func columnName(_ index: Int) -> String { sqlite3_column_name(handle, Int32(index)).map { String(cString: $0) } ?? "" }

    public func storageClass(_ index: Int) -> StorageClass { StorageClass(rawValue: sqlite3_column_type(handle, Int32(index))) ?? .null }

    public func isNull(_ index: Int) -> Bool { sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL }

    /// 0 for NULL; other classes are converted by SQLite's rules.
    public func int64(_ index: Int) -> Int64 { sqlite3_column_int64(handle, Int32(index)) }

    /// 0 for NULL.
    public func double(_ index: Int) -> Double { sqlite3_column_double(handle, Int32(index)) }

    /// The UTF-8 of a text, without a copy; empty for NULL. Valid until the next ``step()`` or ``reset()``.
    public func utf8(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard let start = sqlite3_column_text(handle, Int32(index)) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(index))))
    }

    /// The bytes of a BLOB, without a copy; empty for NULL. Valid until the next ``step()`` or ``reset()``.
    public func blob(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        guard let start = sqlite3_column_blob(handle, Int32(index)) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let count = Int(sqlite3_column_bytes(handle, Int32(index)))
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
    }

    public func string(_ index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

    public func optionalString(_ index: Int) -> String? { isNull(index) ? nil : string(index) }

    public func optionalInt64(_ index: Int) -> Int64? { isNull(index) ? nil : int64(index) }

    /// The column as a scalar of its own class.
    public func value(_ index: Int) -> Value {
        switch storageClass(index) {
        case .integer: .int(int64(index))
        case .real: .double(double(index))
        case .text: .text(string(index))
        case .blob: .bytes(Array(blob(index)))
        case .null: .null
        }
    }

    /// Collects what `read` makes of each row, and resets the statement.
    public func rows<Row>(_ read: (Statement) throws -> Row) throws -> [Row] {
        defer { reset() }
        var rows: [Row] = []
        while try step() { rows.append(try read(self)) }
        return rows
    }

    /// What `read` makes of the first row, or nil; resets the statement.
    public func firstRow<Row>(_ read: (Statement) throws -> Row) throws -> Row? {
        defer { reset() }
        return try step() ? try read(self) : nil
    }
}
