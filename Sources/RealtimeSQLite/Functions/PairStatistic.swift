internal import EmbeddedSQL
internal import PostgresTypes
internal import Realtime

/// Correlation, covariance and regression of pairs of doubles.
final class PairStatistic: WindowAggregate {
    private let rounding: SumRounding
    private let answer: (PairMoments) throws(PostgresError) -> Double?
    private let countsRows: Bool
    private var values = FrameValues<(y: Double, x: Double)>()
    private var moments = PairMoments()
    private var hasLeft = false
    private var failure: PostgresError?

    init(_ rounding: SumRounding, countsRows: Bool = false, _ answer: @escaping (PairMoments) throws(PostgresError) -> Double?) {
        self.rounding = rounding
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
        try carrying { () throws(PostgresError) in
            guard var value = try answer(moments) else { return result.null() }
            if rounding != .asItComes, value.isFinite {
                let pairs = values.current
                let carried = moments.carried(x: RoundingMargin(pairs.lazy.map(\.x)), y: RoundingMargin(pairs.lazy.map(\.y)))
                for moved in carried {
                    guard let other = try answer(moved) else { continue }
                    value = rounding == .most ? max(value, other) : min(value, other)
                }
            }
            try result.set(float: value)
        }
    }
}
