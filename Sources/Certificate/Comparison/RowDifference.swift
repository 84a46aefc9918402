/// Where two sorted lists of rows part, in a few lines.
enum RowDifference {
    static func describe(_ expected: [String], _ found: [String], limit: Int = 3) -> String {
        var missing = Dictionary(grouping: expected) { $0 }.mapValues(\.count)
        var extra: [String] = []
        for row in found {
            if let count = missing[row], count > 0 { missing[row] = count - 1 } else { extra.append(row) }
        }
        let lacking = expected.filter { row in
            guard let count = missing[row], count > 0 else { return false }
            missing[row] = count - 1
            return true
        }
        let lines = lacking.prefix(limit).map { "  PostgreSQL: \($0)" } + extra.prefix(limit).map { "  realtime:   \($0)" }
        return (["\(expected.count) and \(found.count) rows, \(lacking.count) of them not the same"] + lines).joined(separator: "\n")
    }

    /// The first place at which two orders of the same rows part.
    static func order(_ expected: [String], _ found: [String]) -> String {
        guard let place = zip(expected, found).enumerated().first(where: { $0.element.0 != $0.element.1 }) else { return "nowhere" }
        return "row \(place.offset + 1) is \(place.element.0) in PostgreSQL, \(place.element.1) in the realtime store"
    }
}
