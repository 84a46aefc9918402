import Differential
import Foundation
import Realtime

/// Times lookups of every shape of ``KeyShape`` in the realtime store, over tables of different sizes, side by side.
///
///     lookups [ROWS …]       rows of the biggest table; default 10000 1000000
///     lookups contention     readers beside a writer, on different numbers of copies (``Contention``)
///     lookups figures        both in four rows of the table that `make bench` prints
///
/// Prints milliseconds a lookup (the median) at each size and the ratio of the last to the first. Ends with status 1 if a shape that the key
/// reaches takes more than 0.1 ms. Then what a SQL ETL adds, what keeping answers saves, and what exact
/// functions cost against SQLite's own.
@main
struct Lookups {
    /// What a lookup of a few rows may take.
    private static let limit = 0.1
    /// Lookups of a kind that are compared with lookups of another.
    private static let rounds = 2_000

    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "contention": return try await contention()
        case "figures": return try await figures()
        default: break
        }
        let given = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let sizes = given.isEmpty ? [10_000, 1_000_000] : given
        var shops: [TwoEngines] = []
        for size in sizes {
            print("loading \(size) orders")
            shops.append(try await TwoEngines(setup: KeyTables.setup(orders: size)))
        }
        let isGood = try await shapes(shops, sizes)
        try await etls(shops.last!, sizes.last!)
        try await answersKept(shops.last!, sizes.last!)
        for shop in shops { await shop.close() }
        print("\n" + Self.row("exact functions, nanoseconds a row", ["exact", "plain", "ratio"]))
        for line in try FunctionSpeed(rows: 200_000).table() {
            print(Self.row(line.name, [line.exact, line.plain].map { String(format: "%.0f", $0) } + [String(format: "%.2f", line.ratio)]))
        }
        exit(isGood ? 0 : 1)
    }

    private static func contention() async throws {
        print(row("copies, rows a batch (10,000 rows/s), ms a batch on a copy, MB", ["lookups/s", "p50 µs", "p99", "p99.9", "longest"]))
        for line in try await Contention.table() {
            let name = line.batch == 0 ? "\(line.copies) copies, no writer" : "\(line.copies) copies, \(line.batch) rows, " + String(format: "%.2f ms", line.batchTime)
            print(row(name + String(format: ", %.0f MB", line.megabytes), [line.lookupsPerSecond, line.p50, line.p99, line.p999, line.longest].map { String(format: "%.0f", $0) }))
        }
    }

    /// What, ratio, measured, to reach; between tabs.
    private static func figures() async throws {
        let sizes = [10_000, 1_000_000]
        var shops: [TwoEngines] = []
        for size in sizes { shops.append(try await TwoEngines(setup: KeyTables.setup(orders: size))) }
        var found: [(name: String, ratio: Double, times: [Double])] = []
        for shape in KeyShape.every where shape.reach == .all {
            let times = try await medians(shape, shops, sizes)
            found.append((shape.name, times[1] / times[0], times))
        }
        for shop in shops { await shop.close() }
        found.sort { $0.ratio < $1.ratio }
        let told = { (name: String, line: (name: String, ratio: Double, times: [Double])) in
            print("lookups at 1,000,000 rows / at 10,000, \(name)", String(format: "%.2f×", line.ratio),
                  String(format: "%@: %.1f µs", line.name, line.times[1] * 1_000), "1.5×, 1.1×", separator: "\t")
        }
        told("the median of \(found.count) shapes", found[found.count / 2])
        told("the worst of them", found[found.count - 1])
        for (batch, name) in [(10, "a commit each ms"), (50, "a commit each 5 ms")] {
            let (idle, busy) = try await Contention.compared(batch: batch, rounds: 5)
            print("lookups in the store beside 10,000 rows/s, \(name): throughput / idle", String(format: "%.2f", busy / idle),
                  String(format: "%.0f lookups/s", busy), "0.8, 0.95", separator: "\t")
        }
    }

    private static func shapes(_ shops: [TwoEngines], _ sizes: [Int]) async throws -> Bool {
        print(row("shape", sizes.map { "\($0)" } + ["ratio", "reach"]))
        var isGood = true
        for shape in KeyShape.every {
            let times = try await medians(shape, shops, sizes)
            let isSlow = shape.reach == .all && times.contains { $0 > limit }
            if isSlow { isGood = false }
            print(row(shape.name, times.map(text) + [text(times.last! / times[0]), shape.reach == .all ? (isSlow ? "slow" : "") : "\(shape.reach)"]))
        }
        return isGood
    }

    /// A query, the same with its ETL, and both as one query written by hand.
    private static func etls(_ shop: TwoEngines, _ size: Int) async throws {
        print("\n" + row("SQL ETL", ["query", "with ETL", "by hand", "/ query", "/ by hand"]))
        for shape in KeyShape.every where shape.reach == .all {
            guard let byHand = shape.writtenByHand else { continue }
            let kinds = [try await shop.keyed(shape.alone), try await shop.keyed(shape), try await shop.keyed(byHand)]
            // No key twice: what one has brought into the processor's cache is of no use to another.
            let times = try await compared(kinds.count) { kind, round in try await time(kinds[kind], shop, key(shape, kinds.count * round + kind, size)) }
            print(row(shape.name, times.map(text) + [text(times[1] / times[0]), text(times[1] / times[2])]))
        }
    }

    /// Lookups of the same few keys made each time, and their answers kept; then of keys that nobody has asked for. `worth from` is the share
    /// of asks that must find an answer so that keeping answers costs nothing.
    private static func answersKept(_ shop: TwoEngines, _ size: Int) async throws {
        print("\n" + row("answers kept (cache: true)", ["made", "kept", "ratio", "new made", "new kept", "worth from"]))
        let names = ["two columns", "GROUP BY", "select", "row_number by key", "two windows by key", "join by a value that others share"]
        for shape in names.compactMap({ name in KeyShape.every.first { $0.name == name } }) {
            let made = try await shop.keyed(shape), kept = try await shop.keyed(shape, isCached: true)
            let times = try await compared(4) { kind, round in
                try await time(kind % 2 == 0 ? made : kept, shop, key(shape, kind < 2 ? round % 64 : 64 + 2 * round + kind % 2, size))
            }
            let cost = times[3] - times[2], gain = times[0] - times[1]
            print(row(shape.name, times[..<2].map(text) + [text(times[1] / times[0])] + times[2...].map(text) + [percent(max(0, cost) / (max(0, cost) + gain))]))
        }
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        name.padding(toLength: 56, withPad: " ", startingAt: 0) + cells.map { $0.count < 11 ? String(repeating: " ", count: 11 - $0.count) + $0 : "  " + $0 }.joined()
    }

    private static func text(_ number: Double) -> String { String(format: "%.4f", number) }

    private static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }

    /// Milliseconds at each size, in turns of so many lookups that each finds the caches as it would by itself.
    private static func medians(_ shape: KeyShape, _ shops: [TwoEngines], _ sizes: [Int]) async throws -> [Double] {
        var kinds: [KeyedShape] = []
        for shop in shops { kinds.append(try await shop.keyed(shape)) }
        var times = [[Double]](repeating: [], count: shops.count)
        for turn in 0..<10 {
            for (kind, keyed) in kinds.enumerated() where keyed.lookup.visitsFewRows || turn == 0 {
                for round in 0..<(keyed.lookup.visitsFewRows ? 40 : 1) {
                    times[kind].append(try await time(keyed, shops[kind], key(shape, turn * 40 + round, sizes[kind])))
                }
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }

    /// The median of each kind, run in turns, so that a noisy machine disturbs all alike.
    private static func compared(_ kinds: Int, _ run: (_ kind: Int, _ round: Int) async throws -> Double) async throws -> [Double] {
        var times = [[Double]](repeating: [], count: kinds)
        for round in 0..<rounds {
            for kind in 0..<kinds { times[kind].append(try await run(kind, round)) }
        }
        return times.map { $0.sorted()[rounds / 2] }
    }

    private static func key(_ shape: KeyShape, _ round: Int, _ size: Int) -> [String] {
        let customer = String((round + 1) * 104_729 % (size / 10))
        return shape.key.enumerated().map { $0.offset == 0 ? customer : $0.element == "status" ? "ok" : "9" }
    }

    private static func time(_ keyed: KeyedShape, _ shop: TwoEngines, _ key: [String]) async throws -> Double {
        let start = ContinuousClock.now
        do { _ = try await shop.run(keyed, key) } catch let error as RealtimeError where error.kind == .sqlError || error.kind == .timeLimit && !keyed.lookup.visitsFewRows {
            // That rows tie is an answer; a scan that is too long has taken as long as it may.
        }
        return start.duration(to: .now) / .milliseconds(1)
    }
}
