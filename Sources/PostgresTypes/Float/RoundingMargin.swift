/// How far rounding may carry sums of doubles, in two computations that add up in orders of their own.
///
/// With u for half a unit in the last place of 1, n values of at most g and a range r: each of n sums is off by at most u of itself. Youngs and
/// Cramer's k-th distance `k x - sum` is at most k r, and off by u g (k² / 2 + 4 k) at most; a product of two such, divided by k (k - 1), by what
/// each distance makes of the other's error, and by 4 u of itself.
public struct RoundingMargin: Sendable {
    private static let unit = Double.ulpOfOne / 2

    private var count = 0.0
    private var total = 0.0
    private var greatest = 0.0
    private var least = Double.infinity
    private var most = -Double.infinity

    public init(_ values: some Sequence<Double>) {
        for value in values {
            count += 1
            total += value.magnitude
            greatest = max(greatest, value.magnitude)
            least = min(least, value)
            most = max(most, value)
        }
    }

    private var range: Double { count > 0 ? most - least : 0 }

    /// Of the sum.
    public var sum: Double { 2 * Self.unit * count * total }

    /// Of the sum of the products of the distances from both averages.
    public func spread(with other: RoundingMargin) -> Double {
        let (n, u) = (count, Self.unit)
        let ofDistances = u * (n * n / 4 + 4 * n) * (range * other.greatest + other.range * greatest)
        let ofErrors = u * greatest * u * other.greatest * (n + 7) * (n + 7) * (n + 7)
        return 2 * (ofDistances + ofErrors + u * (n + 4) * n * range * other.range)
    }
}

extension FloatMoments {
    /// As they may have come out.
    public func carried(by margin: RoundingMargin) -> [FloatMoments] {
        [-1.0, 1].flatMap { sign in [-1.0, 1].map { other in moved(sum: sign * margin.sum, spread: other * margin.spread(with: margin)) } }
    }
}

extension PairMoments {
    /// As they may have come out.
    public func carried(x: RoundingMargin, y: RoundingMargin) -> [PairMoments] {
        let margins = [x.sum, y.sum, x.spread(with: x), y.spread(with: y), x.spread(with: y)]
        return (0..<1 << margins.count).map { signs in moved(by: margins.indices.map { signs >> $0 & 1 == 0 ? -margins[$0] : margins[$0] }) }
    }
}
