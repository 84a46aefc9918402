internal import EmbeddedSQL
internal import PostgresTypes
internal import Realtime

/// `sum(double precision)` and `sum(real)`.
final class FloatSum: WindowAggregate {
    private let rounding: SumRounding
    private var values = FrameValues<Double>()
    private var isNarrow = false
    /// The sum of all values, while none has left.
    private var running: Double?
    private var hasLeft = false
    private var failure: PostgresError?

    init(_ rounding: SumRounding) { self.rounding = rounding }

    func step(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        isNarrow = arguments[1].int64 == 32
        let value = arguments[0].double
        values.append(value)
        guard !hasLeft, failure == nil else { return }
        do throws(PostgresError) { running = try sum(running, value) } catch { failure = error }
    }

    func inverse(_ arguments: Arguments) {
        guard !arguments[0].isNull else { return }
        values.removeFirst()
        hasLeft = true
        failure = nil
    }

    private func sum(_ total: Double?, _ value: Double) throws(PostgresError) -> Double {
        guard let total else { return value }
        return isNarrow ? Double(try FloatMath.add(Float(total), Float(value))) : try FloatMath.add(total, value)
    }

    func finish(_ result: FunctionResult) throws {
        if hasLeft {
            running = nil
            try carrying { () throws(PostgresError) in for value in values.current { running = try sum(running, value) } }
        }
        if let failure { throw FunctionError(failure) }
        guard let running else { return result.null() }
        if rounding != .asItComes, running.isFinite {
            let margin = RoundingMargin(values.current).sum
            return result.set(rounding == .most ? running + margin : running - margin)
        }
        try carrying { () throws(PostgresError) in try result.set(float: running) }
    }
}
