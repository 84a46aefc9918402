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

    var verdict: Verdict { hasTies ? .ties(rows: rows) : isApproximate ? .approximate(rows: rows) : .identical(rows: rows) }
}
