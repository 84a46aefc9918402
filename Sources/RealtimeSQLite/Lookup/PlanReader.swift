internal import EmbeddedSQL
internal import FeatureModel
internal import Realtime
internal import SQLDialect

/// What a compiled statement will do to the mirrors.
enum PlanReader {
    static func plan(of statement: RealtimeStatement, on connection: Connection) throws -> LookupPlan {
        var steps: [LookupPlan.Step] = []
        let rows = try connection.prepare("EXPLAIN QUERY PLAN " + statement.sql)
        while try rows.step() { steps.append(step(rows.string(3), statement.aliases)) }
        let seeksOnly = try seeksOnly(statement.sql, on: connection)
        return LookupPlan(steps: steps, seeksOnly: seeksOnly, isKeyed: statement.reach.unreached.isEmpty)
    }

    /// A line of EXPLAIN QUERY PLAN: `SCAN t1 …`, `SEARCH t2 USING INDEX i (c=? AND d=?)`, with the aliases that the compiler gave.
    private static func step(_ text: String, _ aliases: [String: TableName]) -> LookupPlan.Step {
        let words = text.split(separator: " ", maxSplits: 3).map(String.init)
        guard words.count > 1 else { return LookupPlan.Step(text: text) }
        // A Bloom filter and an index made for one statement are filled by a scan.
        if text.hasPrefix("BLOOM FILTER ON "), let table = aliases[words[3]] { return LookupPlan.Step(text: text, scanned: table) }
        guard let table = aliases[words[1]] else { return LookupPlan.Step(text: text) }
        if words[0] == "SCAN" || text.contains(" USING AUTOMATIC ") { return LookupPlan.Step(text: text, scanned: table) }
        guard words[0] == "SEARCH" else { return LookupPlan.Step(text: text) }
        let columns = text.split(separator: "(").last.map { $0.prefix { $0 != ")" } } ?? ""
        let names = columns.split(separator: " AND ").compactMap { $0.hasSuffix("=?") ? String($0.dropLast(2)) : nil }
        return LookupPlan.Step(text: text, searched: table, by: names)
    }

    /// Whether the program goes through no mirror (or index of one) from end to end, but seeks in all it opens.
    ///
    /// EXPLAIN QUERY PLAN says the same in words for people. In the program it is exact: a scan begins with `Rewind` or `Last` on a cursor
    /// that `OpenRead` opened, or counts with `Count`. That holds for the scans, too, that fill an automatic index or a Bloom filter.
    /// Subqueries' results are held under other cursors.
    private static func seeksOnly(_ sql: String, on connection: Connection) throws -> Bool {
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
