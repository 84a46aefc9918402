/// Several comparisons of one query as one verdict.
struct Tally {
    private var rows = 0, isApproximate = false, hasTies = false

    /// Answers a verdict that is not of rows: it is the whole's.
    mutating func add(_ verdict: Verdict) -> Verdict? {
        switch verdict {
        case .identical(let count): rows += count
        case .approximate(let count):
            rows += count
            isApproximate = true
        case .ties(let count):
            rows += count
            hasTies = true
        default: return verdict
        }
        return nil
    }

    /// The same for what one key's rows gave. Where both engines fail for one key, the others still count.
    mutating func add(_ verdict: Verdict, of key: String, _ value: String) -> Verdict? {
        switch add(verdict) {
        case nil, .bothFail: nil
        case .oneFails(let what): .oneFails("by \(key) = \(value): \(what)")
        case let verdict?: .different("by \(key) = \(value): \(verdict)")
        }
    }

    var verdict: Verdict { hasTies ? .ties(rows: rows) : isApproximate ? .approximate(rows: rows) : .identical(rows: rows) }
}
