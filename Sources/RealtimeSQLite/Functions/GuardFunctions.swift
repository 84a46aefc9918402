internal import EmbeddedSQL
internal import PostgresTypes
internal import SQLDialect

extension PostgresFunctions {
    static func registerGuards(_ registry: FunctionRegistry) throws {
        try registry.aggregate("pg_single", 1) { SingleRow() }
        try limit(registry, "pg_limit", none: -1, "2201W", "LIMIT must not be negative")
        try limit(registry, "pg_offset", none: 0, "2201X", "OFFSET must not be negative")
        try registry.scalar("pg_raise", 2) { a, _ throws(PostgresError) in throw PostgresError(a[0].string, a[1].string) }
        func extremes(_ suffix: String, _ compare: @escaping (Argument, Argument) -> Int) throws {
            try extreme(registry, "pg_greatest\(suffix)", sign: 1, compare)
            try extreme(registry, "pg_least\(suffix)", sign: -1, compare)
        }
        try extremes("") { StoredValue($0).binaryOrder(to: StoredValue($1)) }
        for order in ValueOrder.allCases {
            let comparison = StoreCollations.comparison(order)
            try extremes("_\(order.rawValue)") { comparison($0.utf8, $1.utf8) }
        }
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
