internal import CPgQuery
internal import Foundation

/// The two halves of parsing, for tests that spoil what goes from one to the other.
extension ParseTree {
    /// What libpg_query writes of a text; nil if it refuses it.
    package static func json(of sql: String) throws -> [UInt8]? {
        try DeepStack.runHere { () throws(SQLDialectError) in
            let result = pg_query_parse(sql)
            defer { pg_query_free_parse_result(result) }
            guard result.error == nil, let json = result.parse_tree else { return nil }
            return Array(UnsafeRawBufferPointer(start: json, count: strlen(json)))
        }
    }

    package static func decode(json: [UInt8], of sql: String, limits: ParseLimits = .sent) throws -> ParseTree {
        try DeepStack.runHere { () throws(SQLDialectError) in
            // A typed error does not go through the closure of an array.
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: json.count)
            defer { copy.deallocate() }
            _ = copy.initialize(from: json)
            var decoder = ParseTreeDecoder(json: UnsafeBufferPointer(copy), sql: sql, maximumDepth: limits.depth)
            return try decoder.decode()
        }
    }
}
