internal import EmbeddedSQL
internal import PostgresTypes

/// Variance and deviation of numerics: exact sums, so rows can leave.
final class NumericSpread: WindowAggregate {
    private let answer: (NumericVariance) throws(PostgresError) -> Numeric?
    private var variance = NumericVariance()

    init(_ answer: @escaping (NumericVariance) throws(PostgresError) -> Numeric?) { self.answer = answer }

    func step(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        try carrying { () throws(PostgresError) in try variance.add(try arguments[0].numeric()) }
    }

    func inverse(_ arguments: Arguments) throws {
        guard !arguments[0].isNull else { return }
        try carrying { () throws(PostgresError) in try variance.remove(try arguments[0].numeric()) }
    }

    func finish(_ result: FunctionResult) throws {
        result.set(numeric: try carrying { () throws(PostgresError) in try answer(variance) })
    }
}
