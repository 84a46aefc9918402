internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_disc`: one of the values.
final class DiscretePercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var specification: SortSpecification?
    /// Each with its text, where an array is asked for.
    private var values: [(value: StoredValue, text: StoredValue)] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            try fraction.note(arguments[1])
            if specification == nil { specification = try SortSpecification(arguments[2].utf8) }
        }
        if !arguments[0].isNull { values.append((StoredValue(arguments[0]), StoredValue(arguments[3]))) }
    }

    func finish(_ result: FunctionResult) throws {
        guard let specification else { return result.null() }
        let sorted = values.sorted { specification.order($0.value, $1.value) < 0 }
        try fraction.put(of: sorted.count, result) { share in
            let found = sorted[max(1, Int((share * Double(sorted.count)).rounded(.up))) - 1]
            try specification.refuseDifferentPrints(of: found.value, among: sorted.lazy.map(\.value))
            return found
        } one: { found in
            found.value.put(result)
        } text: { found in
            if case .text(let text) = found.text { text } else { [] }
        }
    }
}
