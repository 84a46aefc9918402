internal import EmbeddedSQL

/// What a compiled statement will do to the mirrors, read from SQLite's own program for it.
enum PlanReader {
    /// Whether the program goes through no mirror (or index of one) from end to end, but seeks in all it opens.
    ///
    /// EXPLAIN QUERY PLAN says the same, but names a scanned table by its alias, which a subquery may share. In the program it is
    /// exact: a scan begins with `Rewind` or `Last` on a cursor that `OpenRead` opened, or counts with `Count`. That holds for the
    /// scans, too, that fill an automatic index or a Bloom filter. Subqueries' results are held under other cursors.
    static func seeksOnly(_ sql: String, on connection: Connection) throws -> Bool {
        var mirrors: Set<Int64> = []
        var scanned: Set<Int64> = []
        let program = try connection.prepare("EXPLAIN " + sql)
        while try program.step() {
            let cursor = program.int64(2)
            switch program.string(1) {
            case "OpenRead", "ReopenIdx": mirrors.insert(cursor)
            case "Rewind", "Last", "Count": scanned.insert(cursor)
            default: break
            }
        }
        return mirrors.isDisjoint(with: scanned)
    }
}
