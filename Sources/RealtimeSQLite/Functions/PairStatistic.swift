internal import EmbeddedSQL
internal import PostgresTypes

/// Correlation, covariance and regression of pairs of doubles.
final class PairStatistic: WindowAggregate {
    private let answer: (PairMoments) -> Double?
    private let countsRows: Bool
    private var values = FrameValues<(y: Double, x: Double)>()
    private var moments = PairMoments()
    private var hasLeft = false
    private var failure: PostgresError?

    init(countsRows: Bool = false, _ answer: @escaping (PairMoments) -> Double?) {
        self.answer = answer
        self.countsRows = countsRows
    }

    func step(_ arguments: Arguments) {
        guard !arguments.containsNull else { return }
        let pair = (y: arguments[0].double, x: arguments[1].double)
        values.append(pair)
        guard !hasLeft, failure == nil else { return }
        do throws(PostgresError) { try moments.add(y: pair.y, x: pair.x) } catch { failure = error }
    }

    func inverse(_ arguments: Arguments) {
        guard !arguments.containsNull else { return }
        values.removeFirst()
        hasLeft = true
        failure = nil
    }

    func finish(_ result: FunctionResult) throws {
        if countsRows { return result.set(Int64(values.current.count)) }
        if hasLeft {
            moments = PairMoments()
            try carrying { () throws(PostgresError) in for pair in values.current { try moments.add(y: pair.y, x: pair.x) } }
        }
        if let failure { throw FunctionError(failure) }
        guard let value = answer(moments) else { return result.null() }
        try carrying { () throws(PostgresError) in try result.set(float: value) }
    }
}
