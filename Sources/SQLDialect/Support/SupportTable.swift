internal import FeatureModel

/// All operators, functions, casts and aggregates that the realtime store answers as PostgreSQL does, by name and argument types.
/// The compiler looks here and nowhere else; what is not found is an obstacle. `architecture/sql-support.md` is written from it.
///
/// Where PostgreSQL leaves the answer open, both engines' answers are right and may differ. Open by the order of equal rows are LIMIT,
/// DISTINCT ON, row numbers, offsets, ROWS frames and ordered lists; by equal values that print differently (1.5 and 1.50, `1 day` and
/// `24:00:00`, 0 and -0) GROUP BY, DISTINCT, UNION, INTERSECT and EXCEPT, with and without ALL. These are proven, refused, or answered with an error at run time
/// (`Rewrite/TotalOrder`, `TieGuard`, `WindowTies`, `AggregateTies`, `PrintedKeys`; `min`, `max`, `mode` and `percentile_disc` themselves).
/// One kind remains that nothing checks: the last bits of sums of doubles.
public enum SupportTable {
    public static let entries: [SupportEntry] =
        read(operatorLines, .operator) + read(functionLines, .function) + read(castLines, .cast) + read(aggregateLines, .aggregate)
        + read(windowFunctionLines, .windowFunction)

    private static func read(_ lines: String, _ kind: SupportEntry.Kind) -> [SupportEntry] {
        lines.split(separator: "\n").map { SupportEntry($0, kind: kind) }
    }

    private struct Key: Hashable {
        let kind: SupportEntry.Kind
        let name: String
    }

    private static let index = Dictionary(grouping: entries) { Key(kind: $0.kind, name: $0.name) }

    /// The entry for exactly these types. varchar is taken for text where no entry names it: PostgreSQL holds both alike.
    static func entry(_ kind: SupportEntry.Kind, _ name: String, _ types: [PostgresType]) -> SupportEntry? {
        let candidates = index[Key(kind: kind, name: name)] ?? []
        func find(_ same: (PostgresType, PostgresType) -> Bool) -> SupportEntry? {
            candidates.first { $0.arguments.count == types.count && zip($0.arguments, types).allSatisfy(same) }
        }
        return find { $0.kind == $1.kind && $0.isArray == $1.isArray }
            ?? find { $0.kind == ($1.kind == .varchar ? .text : $1.kind) && $0.isArray == $1.isArray }
    }

    static func cast(from: PostgresType, to: PostgresType) -> SupportEntry? {
        func find(_ from: PostgresType.Kind, _ to: PostgresType.Kind) -> SupportEntry? {
            index[Key(kind: .cast, name: "::")]?.first { $0.arguments[0].kind == from && $0.result.kind == to }
        }
        let source = from.kind == .varchar ? .text : from.kind, target = to.kind == .varchar ? .text : to.kind
        return find(from.kind, to.kind) ?? find(source, target)
    }
}
