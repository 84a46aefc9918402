/// A pattern as a machine that follows all ways through it at once: time grows with text times pattern, never faster.
final class RegexProgram: Sendable {
    enum Step: Sendable {
        case one(Int)
        case assertion(RegexAssertion)
        case split(Int, Int)
        case jump(Int)
        case accept
    }

    let steps: [Step]
    let sets: [RegexSet]

    private static let maximumSteps = 20_000

    init(_ syntax: RegexSyntax) throws(PostgresError) {
        var builder = Builder()
        try builder.add(syntax)
        builder.steps.append(.accept)
        steps = builder.steps
        sets = builder.sets
    }

    private struct Builder {
        var steps: [Step] = []
        var sets: [RegexSet] = []

        mutating func add(_ syntax: RegexSyntax) throws(PostgresError) {
            guard steps.count < RegexProgram.maximumSteps else { throw RegexParser.invalid("regular expression is too complex") }
            switch syntax {
            case .empty: break
            case .set(let set):
                sets.append(set)
                steps.append(.one(sets.count - 1))
            case .assertion(let assertion): steps.append(.assertion(assertion))
            case .sequence(let items): for item in items { try add(item) }
            case .group(let inner, _): try add(inner)
            case .alternatives(let branches): try add(branches[...])
            case .repeated(let item, let least, let most, _):
                for _ in 0..<least { try add(item) }
                if let most { try addOptional(item, most - least) } else { try addLoop(item) }
            }
        }

        private mutating func add(_ branches: ArraySlice<RegexSyntax>) throws(PostgresError) {
            guard let first = branches.first else { return }
            if branches.count == 1 { return try add(first) }
            let split = steps.count
            steps.append(.split(split + 1, 0))
            try add(first)
            let jump = steps.count
            steps.append(.jump(0))
            steps[split] = .split(split + 1, steps.count)
            try add(branches.dropFirst())
            steps[jump] = .jump(steps.count)
        }

        private mutating func addLoop(_ item: RegexSyntax) throws(PostgresError) {
            let split = steps.count
            steps.append(.split(split + 1, 0))
            try add(item)
            steps.append(.jump(split))
            steps[split] = .split(split + 1, steps.count)
        }

        private mutating func addOptional(_ item: RegexSyntax, _ times: Int) throws(PostgresError) {
            var splits: [Int] = []
            for _ in 0..<times {
                splits.append(steps.count)
                steps.append(.split(steps.count + 1, 0))
                try add(item)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }
}
