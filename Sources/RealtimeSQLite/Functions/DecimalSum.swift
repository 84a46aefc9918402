internal import EmbeddedSQL
internal import PostgresTypes

/// `sum` and `avg` of numerics in their printed form.
final class DecimalSum: WindowAggregate {
    private let isAverage: Bool
    private var sum = NumericSum()

    init(isAverage: Bool) { self.isAverage = isAverage }

    func step(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        try carrying { () throws(PostgresError) in try sum.add(try arguments[0].numeric()) }
    }

    func inverse(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        try carrying { () throws(PostgresError) in try sum.remove(try arguments[0].numeric()) }
    }

    func finish(_ result: FunctionResult) throws {
        result.set(numeric: try carrying { () throws(PostgresError) in isAverage ? try sum.average() : try sum.sum() })
    }
}
