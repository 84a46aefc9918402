import Certificate
import FeatureModel
import SQLDialect

/// Arguments for a registered function, of the encodings that its meaning names (`(num x, int scale)`): what the store and PostgreSQL's own
/// texts can hold is anything, what only the compiler writes is one of what it writes.
struct FunctionArguments {
    var mutator: TextMutator
    private let kinds: [String]
    private let isScalar: Bool

    init(_ function: SQLiteFunction, _ mutator: TextMutator) {
        self.mutator = mutator
        isScalar = function.kind == .scalar
        let meaning = function.meaning
        guard meaning.hasPrefix("("), let close = meaning.firstIndex(of: ")") else {
            kinds = []
            return
        }
        kinds = meaning.dropFirst().prefix(upTo: close).split(separator: ",").map { $0.trimmingPrefix(" ").description }
    }

    private static let texts = [
        "", "a", "é😀", "2024-02-29", "2024-02-30 25:61:00", "infinity", "-infinity", "294276-12-31 23:59:59.999999", "4714-11-24 BC",
        "1 year 2 mons -3 days 04:05:06.789", "178000000 years",
        "-9223372036854775808", "1e308", "NaN", "1e100000", "0.000000000000000000000000000001", "(a|b)*c{2,5}\\1", "[[:alpha:]]+?", "(((((",
        "YYYY-MM-DD HH24:MI:SS.US", "FM999,990.00PR", "9.99EEEE",
        "%s-%2$L-%I", "\\x00ff", "YWJj", "g", "hex", "t", "%a_\\%",
    ]

    private static let pools: [String: [Value]] = [
        "bits": [.int(16), .int(32), .int(64)], "scale": (0...12).map { .int($0) }, "newScale": (0...12).map { .int($0) },
        "precision": [1, 5, 18, 30, 1_000].map { .int($0) }, "asText": [.int(0), .int(1)], "ignoreCase": [.int(0), .int(1)],
        "create": [.int(0), .int(1)],
        "digits": [.int(-1), .int(0), .int(2), .int(6), .int(30)], "zone": [.text("UTC"), .text("Europe/Stockholm"), .text("America/New_York")],
        "spec": [.text("alb"), .text("dfb")],
        "field": ["year", "month", "epoch", "week", "isoyear", "julian", "nonsense", "century", "day", "milliseconds"].map { .text($0) },
        "sqlstate": [.text("22012")],
        "fraction": [.double(0), .double(0.5), .double(1), .double(2), .null, .text("{0.5,NULL,1}")],
    ]

    private static let integers: [Int64] = [
        0, 1, -1, 2, 7, 16, 32, 64, 100, -12, 2_147_483_647, -2_147_483_648, 32_767, .max, .min, .max - 1, 9_007_199_254_740_993, 19_000,
        1_700_000_000_000_000,
    ]

    /// From PostgreSQL's first day to its last, and beyond both.
    private static let days: [Int64] = [0, -1, 19_782, -2_440_588, 2_145_042_541, .max, .min]

    /// Microseconds since 1970, likewise.
    private static let moments: [Int64] = [
        0, -1, 1_709_164_800_000_000, -210_866_803_200_000_000, 9_223_372_036_854_775_000, .max, .min, 1_711_846_800_000_000,
    ]

    private static let reals: [Double] = [
        0, -0.0, 0.5, 1e308, -1e308, .leastNonzeroMagnitude, .infinity, -.infinity, 2_147_483_648, 9.3e18, 1.5, 1e15,
    ]

    private static let numerics = [
        "0", "-0.00", "1.50", "NaN", "Infinity", "-Infinity", "99999999999999999999999999999999.99", "0.00000000000000000001", "1e5", "-7",
        "9223372036854775808", "123456789012345678",
    ]

    private static let intervals = [
        "00:00:00", "1 day", "-1 mons", "1 year 2 mons -3 days +04:05:06.789", "178956970 years 7 mons", "2147483647 days",
        "-2562047788:00:54.775808", "00:00:00.000001",
    ]

    private static let documents = [
        "null", "{}", "[]", "{\"a\": [1, {\"b\": null}], \"c\": \"x\"}", "[1, \"x\", [], {\"a\": 1e400}]", "1.50", "\"é\\u0041\"", "true",
    ]

    private static let arrays = ["{}", "{1,2,NULL}", "{{1,2},{3,4}}", "{a,\"b c\",NULL}", "{\"\"}", "{9223372036854775807}"]

    mutating func value(_ index: Int) -> Value {
        let kind = index < kinds.count ? kinds[index] : kinds.last ?? ""
        let words = kind.split(separator: " ").map(String.init)
        for word in words { if let pool = Self.pools[word.replacing("…", with: "")] { return mutator.random.pick(pool) } }
        if mutator.random.chance(5) { return .null }
        switch words.first?.replacing("…", with: "") ?? "" {
        // Where the width is no argument, it is that of int4.
        case "int" where isScalar && !kinds.contains("bits"): return .int(Int64(Int32(truncatingIfNeeded: mutator.random.pick(Self.integers))))
        case "bool": return .int(Int64(mutator.random.int(0...1)))
        case "int", "scaled", "key": return .int(mutator.random.pick(Self.integers))
        case "date": return .int(mutator.random.pick(Self.days))
        case "timestamp", "timestamptz": return .int(mutator.random.pick(Self.moments))
        case "time": return .int(mutator.random.pick([0, 1, 86_399_999_999, 86_400_000_000, 3_600_000_000]))
        case "float": return .double(mutator.random.pick(Self.reals))
        case "num": return .text(mutator.random.pick(Self.numerics))
        case "interval": return .text(mutator.random.pick(Self.intervals))
        case "json", "jsonb": return .text(mutator.random.pick(Self.documents))
        case "array", "text[]": return .text(mutator.random.pick(Self.arrays))
        case "BLOB": return .bytes([0, 255, 128])
        case "text":
            if mutator.random.chance(50) { return .text(mutator.random.pick(Self.texts)) }
            let bytes = mutator.mutated(
                Array(mutator.random.pick(Self.texts + Self.documents).utf8), splicing: Array(mutator.random.pick(Self.texts).utf8))
            return .text(String(decoding: bytes.prefix(4_000), as: UTF8.self))
        default:
            return mutator.random.pick([
                .int(mutator.random.pick(Self.integers)), .double(mutator.random.pick(Self.reals)), .text(mutator.random.pick(Self.texts)),
            ])
        }
    }
}
