/// Finds what each group captured once the whole match is known, by PostgreSQL's rules: earlier parts take first,
/// the most or the least as they prefer, and a later repetition replaces what an earlier one captured.
struct RegexCaptures {
    let run: RegexRun
    var groups: [Range<Int>?]
    /// Bounds the search for a division; patterns that need more are refused.
    private var budget = 200_000

    init(_ run: RegexRun, groups count: Int) {
        self.run = run
        groups = [Range<Int>?](repeating: nil, count: count + 1)
    }

    mutating func dissect(_ tree: RegexTree, _ range: Range<Int>) throws(PostgresError) -> Bool {
        budget -= 1
        guard budget > 0 else { throw .notSupported("a regular expression that takes so many attempts") }
        switch tree.shape {
        case .leaf: return true
        case .capture(let number, let child):
            guard try dissect(child, range) else { return false }
            groups[number] = range
            return true
        case .alternatives(let branches):
            for branch in branches where run.matches(branch.program, range) {
                if try dissect(branch, range) { return true }
            }
            return false
        case .pair(let left, let right): return try divide(left, right, range)
        case .iteration(let child, let least, let most): return try iterate(child, least, most, range, isShortest: tree.prefersShort == true)
        }
    }

    private mutating func divide(_ left: RegexTree, _ right: RegexTree, _ range: Range<Int>) throws(PostgresError) -> Bool {
        let isShortest = left.prefersShort == true
        var least = range.lowerBound
        var limit = range.upperBound
        while let middle = run.end(left.program, from: range.lowerBound, least: least, limit: limit, isShortest: isShortest) {
            if run.matches(right.program, middle..<range.upperBound) {
                let saved = groups
                if try dissect(left, range.lowerBound..<middle), try dissect(right, middle..<range.upperBound) { return true }
                groups = saved
            }
            if isShortest { least = middle + 1 } else { limit = middle - 1 }
            if least > limit || limit < range.lowerBound { return false }
        }
        return false
    }

    private mutating func iterate(
        _ child: RegexTree, _ least: Int, _ most: Int?, _ range: Range<Int>, isShortest: Bool
    ) throws(PostgresError) -> Bool {
        if least == 0, range.isEmpty {
            // An empty repetition is preferred to none, where there can be one.
            return run.matches(child.program, range) ? try dissect(child, range) : true
        }
        return try iterate(child, max(1, least), most ?? .max, range, done: 0, isShortest: isShortest)
    }

    /// Takes one repetition and then the rest; none is empty unless the least number demands it.
    private mutating func iterate(
        _ child: RegexTree, _ least: Int, _ most: Int, _ range: Range<Int>, done: Int, isShortest: Bool
    ) throws(PostgresError) -> Bool {
        budget -= 1
        guard budget > 0 else { throw .notSupported("a regular expression that takes so many attempts") }
        guard done < most, done < 1_000 else { return false }
        var lower = range.lowerBound
        var limit = range.upperBound
        while lower <= limit, let end = run.end(child.program, from: range.lowerBound, least: lower, limit: limit, isShortest: isShortest) {
            let saved = groups
            if end == range.upperBound {
                // Repetitions still owed can only be empty here.
                if done + 1 >= least || run.matches(child.program, end..<end), try dissect(child, range.lowerBound..<end) { return true }
            } else if end > range.lowerBound || done + 1 < least {
                // What is captured here is replaced by later repetitions, as far as they capture.
                if try dissect(child, range.lowerBound..<end),
                    try iterate(child, least, most, end..<range.upperBound, done: done + 1, isShortest: isShortest)
                {
                    return true
                }
            }
            groups = saved
            if isShortest { lower = end + 1 } else { limit = end - 1 }
        }
        return false
    }
}
