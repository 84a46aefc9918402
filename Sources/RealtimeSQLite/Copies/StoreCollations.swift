public import EmbeddedSQL
internal import PostgresTypes
internal import SQLDialect

/// The orders that mirrors' columns are declared with.
public enum StoreCollations {
    @Sendable public static func register(on connection: Connection) throws {
        try connection.registerCollation(SQLiteNames.numericCollation) { NumericText.compare($0, $1) }
        try connection.registerCollation(SQLiteNames.intervalCollation) { compareIntervals($0, $1) }
    }

    /// By PostgreSQL's length of an interval. Both are printed by PostgreSQL; any other text comes after them, by its bytes.
    static func compareIntervals(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        switch (try? Interval(parsing: left), try? Interval(parsing: right)) {
        case (.some(let a), .some(let b)): a < b ? -1 : a == b ? 0 : 1
        case (.some, nil): -1
        case (nil, .some): 1
        case (nil, nil): left.elementsEqual(right) ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
        }
    }
}
