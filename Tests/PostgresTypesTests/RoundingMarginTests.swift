import PostgresTypes
import Testing

@Suite("How far rounding carries sums of doubles")
struct RoundingMarginTests {
    /// Values around a centre that hides them more or less, in the order that the generator gives.
    private func values(_ generator: inout some RandomNumberGenerator) -> [(y: Double, x: Double)] {
        let (centre, width) = (pow10(Int.random(in: -3...12, using: &generator)), pow10(Int.random(in: -3...3, using: &generator)))
        return (0..<Int.random(in: 2...60, using: &generator)).map { _ in
            (y: Double.random(in: -width...width, using: &generator), x: centre + Double.random(in: -width...width, using: &generator))
        }
    }

    private func pow10(_ exponent: Int) -> Double { (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 } }

    private func moments(_ pairs: [(y: Double, x: Double)]) throws -> PairMoments {
        var result = PairMoments()
        for pair in pairs { try result.add(y: pair.y, x: pair.x) }
        return result
    }

    @Test("every order of the values comes out within the margin, and the margin is small beside what is summed")
    func orders() throws {
        var generator = Steps(state: 7)
        for _ in 0..<2_000 {
            var pairs = values(&generator)
            let first = try moments(pairs)
            let x = RoundingMargin(pairs.map(\.x)), y = RoundingMargin(pairs.map(\.y))
            let carried = first.carried(x: x, y: y)
            pairs.shuffle(using: &generator)
            let other = try moments(pairs)
            for answer: (PairMoments) -> Double? in [{ $0.averageX }, { $0.spreadX }, { $0.spreadY }, { $0.spreadXY }, { $0.covariance(ofSample: true) }] {
                let all = carried.compactMap(answer), value = try #require(answer(other))
                #expect(value >= all.min() ?? .nan && value <= all.max() ?? .nan)
            }
            let greatest = pairs.map(\.x.magnitude).max() ?? 0, count = Double(pairs.count)
            #expect(x.sum <= 1e-13 * count * greatest)
            #expect(x.spread(with: y) <= 1e-11 * count * greatest * (pairs.map(\.y.magnitude).max() ?? 0))
        }
    }

    @Test("a regression on what does not vary but for rounding is refused, on what does not vary at all is null")
    func constant() throws {
        let exact = try moments((1...10).map { (y: Double($0), x: 5) })
        #expect(try exact.correlation() == nil && exact.slope() == nil && exact.intercept() == nil && exact.determination() == nil)
        let rounded = try moments((1...10).map { (y: Double($0), x: 0.1) })
        #expect(throws: PostgresError.self) { try rounded.correlation() }
        #expect(throws: PostgresError.self) { try rounded.slope() }
        let varying = try moments((1...10).map { (y: Double($0), x: 1e9 + Double($0) / 64) })
        #expect(try varying.slope() == 64)
    }

    /// The same numbers always.
    private struct Steps: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }
}
