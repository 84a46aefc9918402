internal import EmbeddedSQL
internal import PostgresTypes

/// `percentile_disc`: one of the values.
final class DiscretePercentile: Aggregate {
    private var fraction = PercentileFraction()
    private var specification: SortSpecification?
    private var values: [StoredValue] = []

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            try fraction.note(arguments[1])
            if specification == nil { specification = try SortSpecification(arguments[2].utf8) }
        }
        if !arguments[0].isNull { values.append(StoredValue(arguments[0])) }
    }

    func finish(_ result: FunctionResult) {
        guard let share = fraction.of(values.count), let specification else { return result.null() }
        let sorted = values.sorted { specification.order([$0], [$1]) < 0 }
        let number = Int((share * Double(sorted.count)).rounded(.up))
        sorted[max(1, number) - 1].put(result)
    }
}
