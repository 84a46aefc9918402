/// The running state of PostgreSQL's `avg`, `variance` and `stddev` over doubles (Youngs and Cramer), in its order of operations.
public struct FloatMoments: Sendable {
    private var count = 0.0
    private var sum = 0.0
    private var spread = 0.0

    public init() {}

    public mutating func add(_ value: Double) throws(PostgresError) {
        let before = count
        let sumBefore = sum
        count += 1
        sum += value
        if before > 0 {
            let distance = value * count - sum
            spread += distance * distance / (count * before)
            if sum.isInfinite || spread.isInfinite {
                if !sumBefore.isInfinite, !value.isInfinite { throw .floatOverflow }
                spread = .nan
            }
        } else if value.isNaN || value.isInfinite {
            spread = .nan
        }
    }

    func moved(sum: Double, spread: Double) -> FloatMoments {
        var result = self
        result.sum += sum
        // No spread is negative, however it was rounded.
        result.spread = max(0, result.spread + spread)
        return result
    }

    public var average: Double? { count > 0 ? sum / count : nil }

    public func variance(ofSample isSample: Bool) -> Double? {
        guard count > (isSample ? 1 : 0) else { return nil }
        return spread / (isSample ? count - 1 : count)
    }
}
