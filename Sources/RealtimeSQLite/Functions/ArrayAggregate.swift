internal import EmbeddedSQL
internal import PostgresTypes

/// `array_agg`: elements come printed, NULLs stay.
final class ArrayAggregate: Aggregate {
    private var rows = SortedRows()

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in try rows.add(arguments, specificationAt: 1) }
    }

    func finish(_ result: FunctionResult) {
        guard !rows.isEmpty else { return result.null() }
        let elements = rows.sorted().map { row -> [UInt8]? in if case .text(let text) = row.values[0] { text } else { nil } }
        result.set(utf8: ArrayText(elements: elements).printed)
    }
}
