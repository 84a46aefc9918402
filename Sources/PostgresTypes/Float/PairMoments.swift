/// The running state of PostgreSQL's correlation and regression aggregates.
public struct PairMoments: Sendable {
    private var count = 0.0
    private var sumX = 0.0
    private var sumXX = 0.0
    private var sumY = 0.0
    private var sumYY = 0.0
    private var sumXY = 0.0

    public init() {}

    public mutating func add(y: Double, x: Double) throws(PostgresError) {
        let (before, oldX, oldY) = (count, sumX, sumY)
        count += 1
        sumX += x
        sumY += y
        if before > 0 {
            let (distanceX, distanceY) = (x * count - sumX, y * count - sumY)
            let scale = 1.0 / (count * before)
            sumXX += distanceX * distanceX * scale
            sumYY += distanceY * distanceY * scale
            sumXY += distanceX * distanceY * scale
            if sumX.isInfinite || sumXX.isInfinite || sumY.isInfinite || sumYY.isInfinite || sumXY.isInfinite {
                let overflowsX = (sumX.isInfinite || sumXX.isInfinite) && !oldX.isInfinite && !x.isInfinite
                let overflowsY = (sumY.isInfinite || sumYY.isInfinite) && !oldY.isInfinite && !y.isInfinite
                let overflowsXY = sumXY.isInfinite && !oldX.isInfinite && !x.isInfinite && !oldY.isInfinite && !y.isInfinite
                if overflowsX || overflowsY || overflowsXY { throw .floatOverflow }
                if sumXX.isInfinite { sumXX = .nan }
                if sumYY.isInfinite { sumYY = .nan }
                if sumXY.isInfinite { sumXY = .nan }
            }
        } else {
            if !x.isFinite { (sumXX, sumXY) = (.nan, .nan) }
            if !y.isFinite { (sumYY, sumXY) = (.nan, .nan) }
        }
    }

    public var averageX: Double? { count > 0 ? sumX / count : nil }
    public var averageY: Double? { count > 0 ? sumY / count : nil }
    public var spreadX: Double? { count > 0 ? sumXX : nil }
    public var spreadY: Double? { count > 0 ? sumYY : nil }
    public var spreadXY: Double? { count > 0 ? sumXY : nil }

    public func covariance(ofSample isSample: Bool) -> Double? {
        guard count > (isSample ? 1 : 0) else { return nil }
        return sumXY / (isSample ? count - 1 : count)
    }

    public var correlation: Double? { count > 0 && sumXX != 0 && sumYY != 0 ? sumXY / (sumXX * sumYY).squareRoot() : nil }

    public var determination: Double? {
        guard count > 0, sumXX != 0 else { return nil }
        return sumYY == 0 ? 1 : (sumXY * sumXY) / (sumXX * sumYY)
    }

    public var slope: Double? { count > 0 && sumXX != 0 ? sumXY / sumXX : nil }
    public var intercept: Double? { count > 0 && sumXX != 0 ? (sumY - sumX * sumXY / sumXX) / count : nil }
}
