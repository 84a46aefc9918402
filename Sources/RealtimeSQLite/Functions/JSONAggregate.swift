internal import EmbeddedSQL
internal import PostgresTypes

/// `json_agg` and `jsonb_agg` of values that are JSON already.
final class JSONAggregate: Aggregate {
    private var rows = SortedRows()
    /// Arrays and rows stand on lines of their own.
    private var hasLines = false

    func step(_ arguments: Arguments) throws {
        hasLines = arguments[1].int64 == 2
        try carrying { () throws(PostgresError) in try rows.add(arguments, specificationAt: 2) }
    }

    func finish(_ result: FunctionResult) {
        guard !rows.isEmpty else { return result.null() }
        var out = [UInt8(ascii: "[")]
        for (index, row) in rows.sorted().enumerated() {
            if index > 0 { out += ", ".utf8 }
            if case .text(let text) = row.values[0] {
                if index > 0, hasLines { out += "\n ".utf8 }
                out += text
            } else {
                out += "null".utf8
            }
        }
        out.append(UInt8(ascii: "]"))
        result.set(utf8: out)
    }
}
