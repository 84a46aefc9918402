internal import EmbeddedSQL
internal import PostgresTypes

/// `string_agg`: each value after the first is preceded by its own delimiter.
final class StringAggregate: Aggregate {
    private var rows = SortedRows()

    func step(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        try carrying { () throws(PostgresError) in try rows.add(arguments, specificationAt: 2) }
    }

    func finish(_ result: FunctionResult) {
        guard !rows.isEmpty else { return result.null() }
        var out: [UInt8] = []
        for (index, row) in rows.sorted().enumerated() {
            if index > 0, case .text(let delimiter) = row.values[1] { out += delimiter }
            if case .text(let text) = row.values[0] { out += text }
        }
        result.set(utf8: out)
    }
}
