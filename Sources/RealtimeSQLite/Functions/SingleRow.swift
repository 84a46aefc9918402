internal import EmbeddedSQL
internal import PostgresTypes

/// A sub-query's only row.
final class SingleRow: Aggregate {
    private var value: StoredValue?

    func step(_ arguments: Arguments) throws {
        guard value == nil else { throw FunctionError(sqlstate: "21000", message: "more than one row returned by a subquery used as an expression") }
        value = StoredValue(arguments[0])
    }

    func finish(_ result: FunctionResult) {
        if let value { value.put(result) } else { result.null() }
    }
}
