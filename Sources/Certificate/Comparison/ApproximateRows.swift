/// Compares rows whose floating-point columns may differ in their last digits: sums depend on the order of their terms, which
/// SQL leaves open. All other columns are compared exactly.
enum ApproximateRows {
    /// Relative.
    static let tolerance = 1e-12

    static func match(_ expected: [String], _ found: [String], floats: Set<String>) -> Bool {
        guard expected.count == found.count, !floats.isEmpty else { return false }
        let floats = Set(floats.map(RowMembers.name))
        let a = expected.compactMap { split($0, floats) }, b = found.compactMap { split($0, floats) }
        guard a.count == expected.count, b.count == found.count else { return false }
        var waiting = Dictionary(grouping: b, by: \.exact)
        for row in a {
            guard let index = waiting[row.exact]?.firstIndex(where: { isNear($0.numbers, row.numbers) }) else { return false }
            waiting[row.exact]?.remove(at: index)
        }
        return true
    }

    private static func split(_ row: String, _ floats: Set<Substring>) -> (exact: [Substring], numbers: [Double])? {
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

    private static func isNear(_ a: [Double], _ b: [Double]) -> Bool {
        zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1)) }
    }
}
