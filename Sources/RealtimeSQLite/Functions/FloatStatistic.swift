internal import EmbeddedSQL
internal import PostgresTypes
internal import Realtime

/// Average, variance and deviation of doubles.
final class FloatStatistic: WindowAggregate {
    private let rounding: SumRounding
    private let answer: (FloatMoments) -> Double?
    private var values = FrameValues<Double>()
    private var moments = FloatMoments()
    private var hasLeft = false
    private var failure: PostgresError?

    init(_ rounding: SumRounding, _ answer: @escaping (FloatMoments) -> Double?) {
        self.rounding = rounding
        self.answer = answer
    }

    func step(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        let value = arguments[0].double
        values.append(value)
        guard !hasLeft, failure == nil else { return }
        do throws(PostgresError) { try moments.add(value) } catch { failure = error }
    }

    func inverse(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        values.removeFirst()
        hasLeft = true
        failure = nil
    }

    func finish(_ result: FunctionResult) throws {
        if hasLeft {
            moments = FloatMoments()
            try carrying { () throws(PostgresError) in for value in values.current { try moments.add(value) } }
        }
        if let failure { throw FunctionError(failure) }
        guard var value = answer(moments) else { return result.null() }
        if rounding != .asItComes, value.isFinite {
            let others = moments.carried(by: RoundingMargin(values.current)).compactMap(answer)
            value = (rounding == .most ? others.max() : others.min()) ?? value
        }
        try carrying { () throws(PostgresError) in try result.set(float: value) }
    }
}
