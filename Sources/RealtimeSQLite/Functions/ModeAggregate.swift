internal import EmbeddedSQL
internal import PostgresTypes

/// `mode`: the most frequent value, the first of those in the order.
final class ModeAggregate: Aggregate {
    private var specification: SortSpecification?
    private var values: [StoredValue] = []

    func step(_ arguments: Arguments) throws {
        if specification == nil { specification = try carrying { () throws(PostgresError) in try SortSpecification(arguments[1].utf8) } }
        if !arguments[0].isNull { values.append(StoredValue(arguments[0])) }
    }

    func finish(_ result: FunctionResult) throws {
        guard let specification, !values.isEmpty else { return result.null() }
        let sorted = values.sorted { specification.order($0, $1) < 0 }
        var best = (start: 0, count: 0)
        var start = 0
        for index in 1...sorted.count where index == sorted.count || specification.order(sorted[start], sorted[index]) != 0 {
            if index - start > best.count { best = (start, index - start) }
            start = index
        }
        try specification.refuseDifferentPrints(of: sorted[best.start], among: sorted[best.start..<best.start + best.count])
        sorted[best.start].put(result)
    }
}
