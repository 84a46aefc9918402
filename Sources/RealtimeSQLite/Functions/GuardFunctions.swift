internal import EmbeddedSQL
internal import PostgresTypes

extension PostgresFunctions {
    static func registerGuards(_ registry: FunctionRegistry) throws {
        try registry.aggregate("pg_single", 1) { SingleRow() }
        try limit(registry, "pg_limit", none: -1, "2201W", "LIMIT must not be negative")
        try limit(registry, "pg_offset", none: 0, "2201X", "OFFSET must not be negative")
        try registry.scalar("pg_raise", 2) { a, _ throws(PostgresError) in throw PostgresError(a[0].string, a[1].string) }
        let text = { (compare: @escaping (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Int) in
            { (a: Argument, b: Argument) in compare(a.utf8, b.utf8) }
        }
        let binary = { (a: Argument, b: Argument) in StoredValue(a).binaryOrder(to: StoredValue(b)) }
        try extreme(registry, "pg_greatest_num", sign: 1, text(NumericText.compare))
        try extreme(registry, "pg_least_num", sign: -1, text(NumericText.compare))
        try extreme(registry, "pg_greatest_interval", sign: 1, text(StoreCollations.compareIntervals))
        try extreme(registry, "pg_least_interval", sign: -1, text(StoreCollations.compareIntervals))
        try extreme(registry, "pg_greatest", sign: 1, binary)
        try extreme(registry, "pg_least", sign: -1, binary)
    }

    private static func limit(_ registry: FunctionRegistry, _ name: String, none: Int64, _ state: String, _ message: String) throws {
        try registry.scalar(name, 1) { a, result throws(PostgresError) in
            if a[0].isNull { return result.set(none) }
            if a[0].int64 < 0 { throw PostgresError(state, message) }
            result.set(a[0].int64)
        }
    }

    /// The argument that is beyond all before it; NULLs are passed over.
    private static func extreme(_ registry: FunctionRegistry, _ name: String, sign: Int, _ compare: @escaping (Argument, Argument) -> Int) throws {
        try registry.scalar(name, -1) { a, result in
            var best: Int?
            for index in 0..<a.count where !a[index].isNull {
                if let standing = best, compare(a[index], a[standing]) * sign <= 0 { continue }
                best = index
            }
            if let best { result.set(a[best]) } else { result.null() }
        }
    }
}
