import Differential

/// What came of many random queries.
struct FuzzCounts {
    private(set) var different = 0
    /// Queries that one engine answers and the other fails.
    private var oneFails = 0
    private var identical = 0, approximate = 0, bothFail = 0, tied = 0, refused = 0, invalid = 0, keyed = 0, keyedRefused = 0
    private var failures: [String: Int] = [:], refusals: [String: Int] = [:], mistakes: [String: Int] = [:]
    /// The first seed of each of these.
    private var examples: [String: Int] = [:]

    mutating func add(_ verdict: Verdict, seed: Int) {
        switch verdict {
        case .refused(let constructs): for construct in constructs where examples[construct] == nil { examples[construct] = seed }
        case .bothFail(let what), .invalid(let what): if examples[what] == nil { examples[what] = seed }
        default: break
        }
        switch verdict {
        case .identical: identical += 1
        case .approximate: approximate += 1
        case .different: different += 1
        case .oneFails: oneFails += 1
        case .ties: tied += 1
        case .bothFail(let code):
            bothFail += 1
            failures[code, default: 0] += 1
        case .refused(let constructs):
            refused += 1
            for construct in Set(constructs) { refusals[construct, default: 0] += 1 }
        case .invalid(let message):
            invalid += 1
            mistakes[message, default: 0] += 1
        }
    }

    mutating func addKeyed(_ verdict: Verdict) {
        if case .refused = verdict { keyedRefused += 1 } else { keyed += 1 }
    }

    var line: String {
        let valid = identical + approximate + bothFail + different + oneFails + tied + refused
        let accepted = valid - refused
        let share = valid == 0 ? 0 : Double(accepted * 1_000 / valid) / 10
        return "\(valid) queries: \(identical) identical, \(approximate) approximate, \(bothFail) fail on both, \(tied) tie, \(refused) refused, "
            + "\(oneFails) fail on one only, \(different) DIFFERENT; accepted \(share) %; \(keyed) also by key (\(keyedRefused) refused); \(invalid) invalid"
    }

    /// What is refused, failed and mistaken most.
    var constructs: String {
        func top(_ title: String, _ counts: [String: Int], _ limit: Int) -> [String] {
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map {
                "  \(title) \($0.value) × \($0.key) (seed \(examples[$0.key] ?? 0))"
            }
        }
        return (top("refused", refusals, 40) + top("fail on both", failures, 15) + top("invalid", mistakes, 15)).joined(separator: "\n")
    }
}
