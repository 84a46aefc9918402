internal import EmbeddedSQL
internal import PostgresTypes

/// `array_agg` of arrays.
final class NestedArrayAggregate: Aggregate {
    private var rows = SortedRows()

    func step(_ arguments: Arguments) throws {
        try carrying { () throws(PostgresError) in
            if arguments[0].isNull { throw PostgresError("22004", "cannot accumulate null arrays") }
            try rows.add(arguments, specificationAt: 1)
        }
    }

    func finish(_ result: FunctionResult) throws {
        guard !rows.isEmpty else { return result.null() }
        var arrays: [ArrayText] = []
        for row in rows.sorted() {
            guard case .text(let text) = row.values[0] else { continue }
            try carrying { () throws(PostgresError) in
                arrays.append(try text.withUnsafeBufferPointer { text throws(PostgresError) in try ArrayText(parsing: text) })
            }
        }
        result.set(utf8: try carrying { () throws(PostgresError) in try ArrayText.nested(arrays) }.printed)
    }
}
