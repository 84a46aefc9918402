/// The state of `variance`, `var_pop`, `stddev` and `stddev_pop` over numeric and integers: exact sums of values and squares.
public struct NumericVariance: Sendable {
    private var sum = NumericSum()
    private var squares = NumericSum()

    public init() {}

    public var count: Int { sum.count }

    public mutating func add(_ value: Numeric) throws(PostgresError) {
        try sum.add(value)
        try squares.add(try Numeric.multiply(value, value))
    }

    public mutating func remove(_ value: Numeric) throws(PostgresError) {
        try sum.remove(value)
        try squares.remove(try Numeric.multiply(value, value))
    }

    /// Nil for no rows, and for a sample of one.
    public func variance(ofSample isSample: Bool) throws(PostgresError) -> Numeric? { try result(isSample: isSample, root: false) }

    public func standardDeviation(ofSample isSample: Bool) throws(PostgresError) -> Numeric? { try result(isSample: isSample, root: true) }

    private func result(isSample: Bool, root: Bool) throws(PostgresError) -> Numeric? {
        guard count > (isSample ? 1 : 0), let total = try sum.sum(), let totalOfSquares = try squares.sum() else { return nil }
        guard sum.isFinite else { return .nan }
        let rows = Numeric(count)
        let spread = try Numeric.subtract(try Numeric.multiply(rows, totalOfSquares), try Numeric.multiply(total, total))
        guard spread.signum > 0 else { return .zero }
        let divisor = try Numeric.multiply(rows, Numeric(isSample ? count - 1 : count))
        let scale = Numeric.divisionScale(spread, divisor)
        let variance = try Numeric.divide(spread, divisor, scale: scale)
        return root ? try variance.squareRoot(scale: scale) : variance
    }
}
