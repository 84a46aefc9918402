import Foundation

/// The guards of a statement that decline it where rows tie: `CASE WHEN t3.c5 THEN pg_raise(…) … ELSE value END`, over marks such as
/// `(count(*) OVER (PARTITION BY keys) > count(*) OVER (PARTITION BY keys and what is put out)) AS "c5"`.
struct TieGuards {
    /// What a mark compares: rows that tie, and rows that are the same.
    private struct Mark: Hashable {
        let tied: Set<Substring>
        let same: Set<Substring>

        /// No rows tie and differ.
        var isVoid: Bool { tied == same }
    }

    private let marks: [Substring: Mark]
    /// The conditions of the branches that decline, with the columns that they look at.
    private let conditions: [(text: Substring, columns: Set<Substring>)]
    /// The statement without them.
    private let rest: String

    private init(_ sql: String) {
        let word = #/pg_raise\('[^']*', '[^']*'\)/#, branch = #/CASE (?:WHEN (?:(?!WHEN|CASE).)* THEN pg_raise\(\) )*ELSE ((?:(?!CASE|END).)*) END/#
        let condition = #/WHEN ((?:(?!WHEN|CASE).)*) THEN pg_raise\(\)/#
        let mark = #/\(count\(\*\) OVER \(PARTITION BY ([^()]*)\) [<>=]+ count\(\*\) OVER \(PARTITION BY ([^()]*)\)\) AS "(c\d+)"/#
        let plain = sql.replacing(word, with: "pg_raise()")
        func columns(_ list: Substring) -> Set<Substring> { Set(list.components(separatedBy: ", ").map { Substring($0) }) }
        marks = Dictionary(
            plain.matches(of: mark).map { found in
                // Another comparison than the rewriter's is another mark, equal to none.
                let isSound = found.output.0.contains(" > ")
                return (found.output.3, Mark(tied: isSound ? columns(found.output.1) : ["\(found.output.0)"], same: columns(found.output.2)))
            }, uniquingKeysWith: { first, _ in Mark(tied: first.tied, same: ["two marks of one name"]) })
        conditions = plain.matches(of: condition).map { found in
            (found.output.1, Set(found.output.1.matches(of: #/t\d+\.(c\d+)/#).map(\.output.1)))
        }
        rest = plain.replacing(branch) { String($0.output.1) }.replacing(mark, with: "mark")
    }

    /// Whether what a mutant changed of a statement's guards leaves it declining the same: each guard that is not as it was looks only at marks
    /// that are never set, or at rows that a guard which is as it was declines as well.
    static func areSpare(in mutant: String, of sound: String) -> Bool {
        let changed = TieGuards(mutant), right = TieGuards(sound)
        guard !right.conditions.isEmpty, changed.rest == right.rest else { return false }
        let untouched = right.conditions.filter { own in
            changed.conditions.contains { $0.text == own.text } && own.columns.allSatisfy { changed.marks[$0] == right.marks[$0] }
        }
        let watched = Set(untouched.flatMap { $0.columns.compactMap { right.marks[$0] } })
        let touched = right.conditions.filter { own in !untouched.contains { $0.text == own.text } }
        return touched.allSatisfy { own in
            let own = own.columns.compactMap { right.marks[$0] }
            return !own.isEmpty && own.allSatisfy { $0.isVoid || watched.contains($0) }
        }
    }
}
