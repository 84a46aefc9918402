import Foundation

/// Mutants that answer every question as the original does, and why: there is nothing to catch.
enum Equivalents {
    static func reason(of mutant: MutationRun.Mutant) -> String? {
        if !mutant.isOrdered, mutant.name.contains("ORDER BY"), zip(mutant.statements, mutant.sound).allSatisfy({ unordered($0) == unordered($1) }) {
            return "the order of the answer is not settled by the query, so it is not promised"
        }
        if mutant.name.hasPrefix("key "), mutant.name.contains("left out") || mutant.name.contains(">="), mutant.statements.dropFirst().allSatisfy(filtersOutside) {
            return "a copy of the predicate, pushed down to visit fewer rows: the same predicate stands outside"
        }
        if zip(mutant.statements, mutant.sound).allSatisfy({ $0 == $1 || TieGuards.areSpare(in: $0, of: $1) }) {
            return "a tie guard that can never decline, or one of several over the same rows that tie: these stand side by side, so another declines"
        }
        if mutant.name.hasPrefix("key "), mutant.name.contains("left out"), mutant.statements.dropFirst().allSatisfy({ $0.contains("?1") }) {
            return "the predicate stands once more further in, and nothing else comes from there"
        }
        if mutant.name.hasSuffix("constant cut short"), mutant.difference.contains("'UT')"), mutant.difference.contains("'UTC')") { return "the zone UT is UTC" }
        if mutant.name.hasSuffix("conversion to digits skipped") { return "SQLite and the pg_num functions take an integer for its digits" }
        if mutant.name.hasSuffix("DISTINCT added"), mutant.difference.contains(/(IN|EXISTS) \(SELECT DISTINCT/) { return "IN and EXISTS count no rows" }
        if mutant.name.contains("ORDER BY"), mutant.sound.allSatisfy({ $0.contains(" IN (SELECT") }), mutant.difference.contains("ELSE 1 END ORDER BY") {
            return "IN asks for no order"
        }
        return known.first { $0.query == mutant.query.prefix(3) && mutant.name.contains($0.name) }?.reason
    }

    /// Those that a person has looked at.
    private static let known: [(query: Substring, name: String, reason: String)] = [
        ("f09", "constant cut short", "the zone UT is UTC"),
        ("f13", "row_number as", "rows of one rank are declined, so only the first has rank 1"),
        ("f13", "DISTINCT added", "the rows hold a row number, or one row a key"),
        ("f17", "constant cut short", "the escape character of a pattern without one"),
        ("f17", "pg_like as pg_ilike", "the pattern has no letters"),
        ("f19", "constant one more", "whether letters of either case match, in a pattern without letters"),
        ("f21", "1 constant one more", "an amount beyond integer is beyond the numeric(10,2) of the next column, which fails alike"),
        ("f21", "12 constant one more", "the width of a sum of two constants"),
        ("f23", "18 constant one more", "the width of an absolute value of 64 bits, 65 being taken for 64"),
        ("f25", "IS NOT as <>", "both aggregates are null together"),
        ("f33", "constant one more", "the end of a series of days, a microsecond later"),
        ("f39", "DISTINCT added", "the rows hold a row number"),
        ("f41", "with nulls at the other end", "a RANGE frame with an offset takes nulls together with nulls alone"),
        ("f41", "constant one more", "the width of a sum of 64 bits, 65 being taken for 64"),
        ("f43", "with nulls at the other end", "the moment before the first is null, and so is the difference from a null one"),
        ("f45", "constant one more", "a width of 64 bits, or that of a division of two constants"),
        ("f49", "= as >=", "the greatest of 0 and 1"),
        ("f53", "3 constant one more", "the width of a number of 64 bits, 65 being taken for 64"),
        ("f57", "rank as", "asked of the first row alone, whose rank is 1"),
        ("f57", "row_number as", "rows of one rank are declined, so only the first has rank 1"),
        ("f57", "DISTINCT added", "the rows hold SQLite's own row number"),
        ("f57", "window ORDER BY with nulls", "no row with a null there passes the condition before, or it is asked of the first row alone"),
        ("f57", "ON without a condition", "the condition is the constant true"),
        ("f57", "condition of LEFT JOIN moved to WHERE", "the condition is the constant true"),
        ("f59", "DISTINCT added", "one row a group"),
        ("f61", "where it does not belong", "country is a grouping key of these branches: it does belong"),
        ("f65", "constant one more", "EXISTS asks for no value"),
    ]

    /// Without the ORDER BY of the outermost SELECT, unless that says which rows there are.
    private static func unordered(_ sql: String) -> String {
        guard let place = outer(sql, "ORDER BY"), outer(sql, "LIMIT") == nil else { return sql }
        return String(sql[..<place])
    }

    /// The outermost SELECT itself asks for the key.
    private static func filtersOutside(_ sql: String) -> Bool {
        guard let place = outer(sql, "WHERE") else { return false }
        var condition = String(sql[place...])
        // Sub-queries from the inside out: what they ask for filters nothing by itself.
        while let inner = condition.firstMatch(of: /\([^()]*\)/) {
            condition.replaceSubrange(inner.range, with: inner.output.hasPrefix("(SELECT ") ? "" : "‹\(inner.output.dropFirst().dropLast())›")
        }
        return condition.contains("?1")
    }

    /// Where the word stands outside all parentheses.
    private static func outer(_ sql: String, _ word: String) -> String.Index? {
        var depth = 0
        for index in sql.indices {
            switch sql[index] {
            case "(": depth += 1
            case ")": depth -= 1
            default: if depth == 0, sql[index...].hasPrefix(word) { return index }
            }
        }
        return nil
    }
}

extension MutationRun.Mutant {
    /// Where it parts from the sound statement.
    var difference: String {
        guard let (own, right) = zip(statements, sound).first(where: { $0 != $1 }) else { return "" }
        let place = zip(own, right).prefix { $0 == $1 }.count
        let start = max(0, place - 80)
        return "…\(own.dropFirst(start).prefix(220))…\n    not \(right.dropFirst(start).prefix(220))…"
    }

    var statements: [String] { sql.components(separatedBy: "\n    ") }
}
