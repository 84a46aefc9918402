internal import FeatureModel
internal import SQLDialect

/// Compares rows whose floating-point columns may differ by rounding: sums depend on the order of their terms, which SQL leaves open. All other
/// columns are compared exactly.
struct ApproximateRows: Sendable {
    /// Relative.
    static let tolerance = 1e-12
    private let floats: Set<Substring>

    init(_ columns: [RealtimeStatement.OutputCell]) {
        floats = Set(columns.filter { !$0.type.isArray && [.float4, .float8].contains($0.type.kind) }.map { RowMembers.name($0.name) })
    }

    /// Whether the numbers agree within ``tolerance``.
    func match(_ expected: [String], _ found: [String]) -> Bool {
        guard expected.count == found.count, !floats.isEmpty, let a = split(expected), var waiting = split(found).map(Self.grouped) else { return false }
        for row in a {
            guard let index = waiting[row.exact]?.firstIndex(where: { Self.isNear($0, row.numbers) }) else { return false }
            waiting[row.exact]?.remove(at: index)
        }
        return true
    }

    /// Whether the rows are the same but for the numbers.
    func matchElsewhere(_ expected: [String], _ found: [String]) -> Bool {
        guard expected.count == found.count, !floats.isEmpty, let a = split(expected), let b = split(found) else { return false }
        return Self.grouped(a).mapValues(\.count) == Self.grouped(b).mapValues(\.count)
    }

    /// Whether each number lies among those found, or within ``tolerance`` of them.
    func isRounding(_ expected: [String], _ found: [[String]]) -> Bool {
        guard !found.isEmpty, found.allSatisfy({ matchElsewhere(expected, $0) }), let own = columns(expected) else { return false }
        let others = found.compactMap(columns)
        return own.allSatisfy { place, numbers in
            numbers.enumerated().allSatisfy { index, number in
                let known = others.compactMap { $0[place]?[index] }
                guard let least = known.min(), let greatest = known.max() else { return false }
                let room = Self.tolerance * max(least.magnitude, greatest.magnitude)
                return number >= least - room && number <= greatest + room
            }
        }
    }

    /// The numbers of one column in the rows that are the same elsewhere.
    private struct Place: Hashable {
        let exact: [Substring]
        let column: Int
    }

    /// By place, in ascending order.
    private func columns(_ rows: [String]) -> [Place: [Double]]? {
        split(rows).map { rows in
            Self.grouped(rows).reduce(into: [:]) { found, group in
                for column in group.value[0].indices { found[Place(exact: group.key, column: column)] = group.value.map { $0[column] }.sorted() }
            }
        }
    }

    private typealias Row = (exact: [Substring], numbers: [Double])

    private static func grouped(_ rows: [Row]) -> [[Substring]: [[Double]]] { Dictionary(grouping: rows, by: \.exact).mapValues { $0.map(\.numbers) } }

    /// Nil if one is no object.
    private func split(_ rows: [String]) -> [Row]? {
        let split = rows.compactMap { row -> Row? in
            guard let members = RowMembers.split(row) else { return nil }
            var exact: [Substring] = [], numbers: [Double] = []
            for member in members {
                if floats.contains(member.name), let number = Double(member.value) {
                    numbers.append(number)
                    exact.append("number")
                } else {
                    exact.append(member.value)
                }
            }
            return (exact, numbers)
        }
        return split.count == rows.count ? split : nil
    }

    private static func isNear(_ a: [Double], _ b: [Double]) -> Bool {
        zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1)) }
    }
}
