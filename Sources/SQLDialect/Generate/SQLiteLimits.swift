internal import FeatureModel

/// Limits built into SQLite that a statement can reach.
enum SQLiteLimits {
    static func obstacles(of generator: SQLiteGenerator, columns: Int) -> [Obstacle] {
        var found: [Obstacle] = []
        func check(_ value: Int, _ limit: Int, _ construct: String, _ hint: String) {
            if value > limit { found.append(Obstacle(construct: "\(construct): \(value), the limit is \(limit)", hint: hint)) }
        }
        // SQLite's parser keeps at most 100 symbols on its stack.
        check(generator.deepestParentheses, 90, "nested parentheses", "give inner parts a name with WITH")
        check(generator.mostJoinedTables, 64, "tables in one join", "split the query with WITH")
        check(generator.mostTerms, 500, "terms of a set operation", "keep long lists in a table and join it")
        check(generator.mostArguments, 127, "arguments of one function", "nest the calls")
        check(columns, 2_000, "output columns", "split the query")
        check(generator.sql.utf8.count, 1_000_000, "bytes of the statement for SQLite", "split the query")
        return found
    }
}
