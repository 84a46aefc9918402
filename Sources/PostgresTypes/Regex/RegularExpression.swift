/// A compiled regular expression of PostgreSQL's advanced kind.
///
/// Matching takes time proportional to text and pattern. Back references, look-around and collating elements are refused.
public final class RegularExpression: Sendable {
    private let tree: RegexTree
    public let groupCount: Int

    public init(_ pattern: UnsafeBufferPointer<UInt8>, _ options: RegexOptions) throws(PostgresError) {
        var parser = RegexParser(pattern, options)
        tree = try RegexTree.make(try parser.parse())
        groupCount = parser.groups
    }

    /// A text as the expression sees it.
    public struct Subject: Sendable {
        let scalars: [UInt32]

        public init(_ text: UnsafeBufferPointer<UInt8>) { scalars = Characters(text).map { Characters.scalar($0) } }

        public var count: Int { scalars.count }

        /// The characters of a range.
        public func write(_ range: Range<Int>, to out: inout [UInt8]) { for scalar in scalars[range] { Characters.append(scalar, to: &out) } }
    }

    public func matches(_ subject: Subject) -> Bool { RegexRun(text: subject.scalars).leftmostStart(tree.program, from: 0) != nil }

    /// The first match at or after a character, and with `wantsGroups` what its groups captured. The match itself is group 0.
    public func firstMatch(in subject: Subject, from: Int, wantsGroups: Bool) throws(PostgresError) -> [Range<Int>?]? {
        guard from <= subject.count else { return nil }
        let run = RegexRun(text: subject.scalars)
        guard let start = run.leftmostStart(tree.program, from: from),
            let end = run.end(tree.program, from: start, limit: subject.count, isShortest: tree.prefersShort == true)
        else { return nil }
        guard wantsGroups, groupCount > 0 else { return [start..<end] + [Range<Int>?](repeating: nil, count: groupCount) }
        var captures = RegexCaptures(run, groups: groupCount)
        guard try captures.dissect(tree, start..<end) else { throw PostgresError("XX000", "regular expression failed") }
        captures.groups[0] = start..<end
        return captures.groups
    }

    /// All matches as the `regexp_` functions count them: after an empty one the search goes on a character later.
    public func allMatches(
        in subject: Subject, from: Int, wantsGroups: Bool, upTo limit: Int = .max
    ) throws(PostgresError) -> [[Range<Int>?]] {
        var matches: [[Range<Int>?]] = []
        var at = from
        while matches.count < limit, let match = try firstMatch(in: subject, from: at, wantsGroups: wantsGroups), let whole = match[0] {
            matches.append(match)
            at = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        }
        return matches
    }
}
