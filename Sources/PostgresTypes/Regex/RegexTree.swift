/// The parts of a pattern that decide which characters a group captures, split as PostgreSQL splits it: what captures nothing
/// and has one preference stays together.
final class RegexTree: Sendable {
    enum Shape: Sendable {
        /// Nothing to find out inside.
        case leaf
        case capture(Int, RegexTree)
        case pair(RegexTree, RegexTree)
        case alternatives([RegexTree])
        case iteration(RegexTree, least: Int, most: Int?)
    }

    let shape: Shape
    let program: RegexProgram
    /// nil: it makes no difference.
    let prefersShort: Bool?
    let captures: Bool

    private init(_ shape: Shape, _ syntax: RegexSyntax, prefersShort: Bool?, captures: Bool) throws(PostgresError) {
        self.shape = shape
        self.prefersShort = prefersShort
        self.captures = captures
        program = try RegexProgram(syntax)
    }

    static func make(_ syntax: RegexSyntax) throws(PostgresError) -> RegexTree {
        switch syntax {
        case .empty, .set, .assertion: return try RegexTree(.leaf, syntax, prefersShort: nil, captures: false)
        case .group(let inner, let number):
            let child = try make(inner)
            guard let number else { return child }
            return try RegexTree(.capture(number, child), syntax, prefersShort: child.prefersShort, captures: true)
        case .alternatives(let branches):
            var children: [RegexTree] = []
            for branch in branches { children.append(try make(branch)) }
            let captures = children.contains { $0.captures }
            return try RegexTree(captures ? .alternatives(children) : .leaf, syntax, prefersShort: false, captures: captures)
        case .repeated(let item, let least, let most, let isGreedy):
            let child = try make(item)
            // A fixed number of times leaves the preference to what is repeated; {1} leaves everything to it.
            let prefersShort = least == most ? child.prefersShort : !isGreedy
            if least == 1, most == 1 { return child }
            if most == 0 { return try RegexTree(.leaf, .empty, prefersShort: nil, captures: false) }
            guard child.captures else { return try RegexTree(.leaf, syntax, prefersShort: prefersShort, captures: false) }
            if least > 0 {
                // Only the last repetition's captures stay: those before it need no division of their own.
                let before = RegexSyntax.repeated(item, least: least - 1, most: most.map { $0 - 1 }, isGreedy: isGreedy)
                let head = try RegexTree(.leaf, before, prefersShort: prefersShort, captures: false)
                return try RegexTree(.pair(head, child), syntax, prefersShort: prefersShort, captures: true)
            }
            return try RegexTree(.iteration(child, least: least, most: most), syntax, prefersShort: prefersShort, captures: true)
        case .sequence(let items): return try sequence(items[...])
        }
    }

    /// Whether the item can be matched together with its neighbours.
    private static func isPlain(_ item: RegexSyntax) -> Bool {
        switch item {
        case .set, .assertion, .empty: true
        case .repeated(let inner, _, _, _): if case .set = inner { true } else { false }
        default: false
        }
    }

    private static func sequence(_ items: ArraySlice<RegexSyntax>) throws(PostgresError) -> RegexTree {
        guard let first = items.first else { return try make(.empty) }
        // As many plain items as share one preference.
        var run: [RegexSyntax] = []
        var preference: Bool?
        for item in items {
            guard isPlain(item) else { break }
            let own = try make(item).prefersShort
            if let own, let preference, own != preference { break }
            preference = preference ?? own
            run.append(item)
        }
        let head = run.isEmpty ? try make(first) : try RegexTree(.leaf, .sequence(run), prefersShort: preference, captures: false)
        let rest = items.dropFirst(max(1, run.count))
        if rest.isEmpty { return head }
        let tail = try sequence(rest)
        let captures = head.captures || tail.captures
        return try RegexTree(.pair(head, tail), .sequence(Array(items)), prefersShort: head.prefersShort ?? tail.prefersShort, captures: captures)
    }
}
