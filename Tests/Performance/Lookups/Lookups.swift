import Differential
import Foundation
import Realtime

/// Times lookups of every shape of ``KeyShape`` in the realtime store, over tables of different sizes, side by side.
///
///     lookups [ROWS …]     rows of the biggest table; default 10000 1000000
///
/// Prints milliseconds a lookup (the median) at each size and the ratio of the last to the first. Ends with status 1 if a shape that the key
/// reaches takes more than 0.1 ms. Then what a SQL ETL adds, what keeping answers saves, and what exact
/// functions cost against SQLite's own.
@main
struct Lookups {
    /// What a lookup of a few rows may take.
    private static let limit = 0.1

    static func main() async throws {
        let given = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let sizes = given.isEmpty ? [10_000, 1_000_000] : given
        var shops: [TwoEngines] = []
        for size in sizes {
            print("loading \(size) orders")
            shops.append(try await TwoEngines(setup: KeyTables.setup(orders: size)))
        }
        print(Self.row("shape", sizes.map { "\($0)" } + ["ratio", "reach"]))
        var isGood = true
        for shape in KeyShape.every {
            var times: [Double] = []
            for (shop, size) in zip(shops, sizes) { times.append(try await Self.median(shape, shop, size)) }
            let isSlow = shape.reach == .all && times.contains { $0 > limit }
            if isSlow { isGood = false }
            print(Self.row(shape.name, times.map(Self.text) + [Self.text(times.last! / times[0]), shape.reach == .all ? (isSlow ? "slow" : "") : "\(shape.reach)"]))
        }
        print("\n" + Self.row("SQL ETL", ["query", "with ETL", "ratio"]))
        for shape in KeyShape.every where shape.etl != nil && shape.reach == .all {
            let (alone, with) = try await Self.pair(shape, shops.last!, sizes.last!)
            print(Self.row(shape.name, [Self.text(alone), Self.text(with), Self.text(with / alone)]))
        }
        print("\n" + Self.row("answers kept (cache: true)", ["made", "kept", "ratio"]))
        for shape in KeyShape.every.filter({ $0.etl == nil && $0.reach == .all }).prefix(6) {
            let (made, kept) = try await Self.kept(shape, shops.last!, sizes.last!)
            print(Self.row(shape.name, [Self.text(made), Self.text(kept), Self.text(kept / made)]))
        }
        for shop in shops { await shop.close() }
        print("\n" + Self.row("exact functions, nanoseconds a row", ["exact", "plain", "ratio"]))
        for line in try FunctionSpeed(rows: 200_000).table() {
            print(Self.row(line.name, [line.exact, line.plain].map { String(format: "%.0f", $0) } + [String(format: "%.2f", line.ratio)]))
        }
        exit(isGood ? 0 : 1)
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        name.padding(toLength: 56, withPad: " ", startingAt: 0) + cells.map { $0.count < 10 ? String(repeating: " ", count: 10 - $0.count) + $0 : "  " + $0 }.joined()
    }

    private static func text(_ number: Double) -> String { String(format: "%.4f", number) }

    /// Milliseconds.
    private static func median(_ shape: KeyShape, _ shop: TwoEngines, _ size: Int) async throws -> Double {
        let keyed = try await shop.keyed(shape)
        let rounds = keyed.lookup.visitsFewRows ? 400 : 1
        var times: [Double] = []
        for round in 0..<rounds { times.append(try await time(keyed, shop, Self.key(shape, round, size))) }
        return times.sorted()[times.count / 2]
    }

    /// The query alone and with its ETL, in turns, no key twice: what one has brought into the processor's cache is of no use to the other.
    private static func pair(_ shape: KeyShape, _ shop: TwoEngines, _ size: Int) async throws -> (Double, Double) {
        let with = try await shop.keyed(shape), alone = try await shop.keyed(KeyShape(shape.name, shape.sql, key: shape.key, shape.reach))
        var times: [[Double]] = [[], []]
        for round in 0..<2_000 {
            times[0].append(try await time(alone, shop, Self.key(shape, 2 * round, size)))
            times[1].append(try await time(with, shop, Self.key(shape, 2 * round + 1, size)))
        }
        return (times[0].sorted()[1_000], times[1].sorted()[1_000])
    }

    /// A lookup of the same 64 keys made each time, and its answers kept, in turns.
    private static func kept(_ shape: KeyShape, _ shop: TwoEngines, _ size: Int) async throws -> (Double, Double) {
        let made = try await shop.keyed(shape), kept = try await shop.keyed(shape, isCached: true)
        var times: [[Double]] = [[], []]
        for round in 0..<2_000 {
            let key = Self.key(shape, round % 64, size)
            times[0].append(try await time(made, shop, key))
            times[1].append(try await time(kept, shop, key))
        }
        return (times[0].sorted()[1_000], times[1].sorted()[1_000])
    }

    private static func key(_ shape: KeyShape, _ round: Int, _ size: Int) -> [String] {
        let customer = String((round + 1) * 104_729 % (size / 10))
        return shape.key.enumerated().map { $0.offset == 0 ? customer : $0.element == "status" ? "ok" : "9" }
    }

    private static func time(_ keyed: KeyedShape, _ shop: TwoEngines, _ key: [String]) async throws -> Double {
        let start = ContinuousClock.now
        _ = try? await shop.run(keyed, key)
        return start.duration(to: .now) / .milliseconds(1)
    }
}
