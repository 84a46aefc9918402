/// The running state of PostgreSQL's correlation and regression aggregates.
///
/// What divides by the spread of a variable that is the same in all rows divides by nothing, which PostgreSQL knows if the sums came out
/// exact; else its answer is some number that rounding made, another for another order of rows. Such an answer is refused here.
public struct PairMoments: Sendable {
    private var count = 0.0
    private var sumX = 0.0
    private var sumXX = 0.0
    private var sumY = 0.0
    private var sumYY = 0.0
    private var sumXY = 0.0
    private var extentX = Extent()
    private var extentY = Extent()

    public init() {}

    public mutating func add(y: Double, x: Double) throws(PostgresError) {
        let (before, oldX, oldY) = (count, sumX, sumY)
        count += 1
        sumX += x
        sumY += y
        extentX.add(x)
        extentY.add(y)
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

    /// - Parameter margins: of the sums of x and y, their spreads, and that of both.
    func moved(by margins: [Double]) -> PairMoments {
        var result = self
        result.sumX += margins[0]
        result.sumY += margins[1]
        result.sumXX = max(0, result.sumXX + margins[2])
        result.sumYY = max(0, result.sumYY + margins[3])
        result.sumXY += margins[4]
        return result
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

    public func correlation() throws(PostgresError) -> Double? {
        guard try varies(sumXX, extentX), try varies(sumYY, extentY) else { return nil }
        return sumXY / (sumXX * sumYY).squareRoot()
    }

    public func determination() throws(PostgresError) -> Double? {
        guard try varies(sumXX, extentX) else { return nil }
        return try varies(sumYY, extentY) ? (sumXY * sumXY) / (sumXX * sumYY) : 1
    }

    public func slope() throws(PostgresError) -> Double? { try varies(sumXX, extentX) ? sumXY / sumXX : nil }

    public func intercept() throws(PostgresError) -> Double? {
        try varies(sumXX, extentX) ? (sumY - sumX * sumXY / sumXX) / count : nil
    }

    /// Whether a variable has a spread to divide by; throws if what it has may be rounding alone.
    private func varies(_ spread: Double, _ extent: Extent) throws(PostgresError) -> Bool {
        if spread == 0, extent.isOneValue { return false }
        if spread <= extent.rounding(count) {
            throw PostgresError(
                "P0001", "a variable of the correlation or regression is the same in all rows but for rounding, and the answer would be rounding's; "
                    + "round its values, or leave out groups in which it does not vary")
        }
        return true
    }

    /// What values were there, to tell how far rounding may have carried their sums.
    private struct Extent: Sendable {
        private var first: Double?
        private var greatest = 0.0
        private(set) var isOneValue = true

        mutating func add(_ value: Double) {
            if let first { isOneValue = isOneValue && value == first } else { first = value }
            greatest = max(greatest, value.magnitude)
        }

        /// No value that is the same in all rows comes out with a greater spread. The k-th sum is off by at most u k² / 2 of the greatest value,
        /// where u is half a unit in the last place of 1, and its product by u k; squared, divided by k (k - 1) and added up, that stays below u² n³.
        func rounding(_ count: Double) -> Double {
            let off = greatest * (Double.ulpOfOne / 2)
            return off * off * count * count * count
        }
    }
}
