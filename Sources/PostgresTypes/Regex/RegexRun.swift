/// Runs programs over one text.
struct RegexRun {
    let text: [UInt32]

    /// The states reached, each once, with the earliest start that led there.
    private struct States {
        var list: [Int] = []
        var start: [Int]

        init(_ count: Int) { start = [Int](repeating: .max, count: count) }

        mutating func clear() {
            for state in list { start[state] = .max }
            list.removeAll(keepingCapacity: true)
        }
    }

    private func holds(_ assertion: RegexAssertion, at index: Int) -> Bool {
        let before = index > 0 && CharacterClass.contains("word", text[index - 1])
        let after = index < text.count && CharacterClass.contains("word", text[index])
        switch assertion {
        case .textStart: return index == 0
        case .textEnd: return index == text.count
        case .lineStart: return index == 0 || text[index - 1] == RegexSet.newline
        case .lineEnd: return index == text.count || text[index] == RegexSet.newline
        case .wordStart: return !before && after
        case .wordEnd: return before && !after
        case .wordBoundary: return before != after
        case .noWordBoundary: return before == after
        }
    }

    /// Follows what needs no character. A state reached again by an earlier start is followed again.
    private func enter(_ state: Int, _ start: Int, at index: Int, _ program: RegexProgram, _ states: inout States) {
        var pending = [state]
        while let state = pending.popLast() {
            guard start < states.start[state] else { continue }
            if states.start[state] == .max { states.list.append(state) }
            states.start[state] = start
            switch program.steps[state] {
            case .jump(let target): pending.append(target)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .assertion(let assertion): if holds(assertion, at: index) { pending.append(state + 1) }
            case .one, .accept: break
            }
        }
    }

    private func step(_ program: RegexProgram, _ current: States, at index: Int, _ next: inout States) {
        next.clear()
        for state in current.list {
            if case .one(let set) = program.steps[state], program.sets[set].contains(text[index]) {
                enter(state + 1, current.start[state], at: index + 1, program, &next)
            }
        }
    }

    /// Where the leftmost match at or after `from` begins; nil if there is none.
    func leftmostStart(_ program: RegexProgram, from: Int) -> Int? {
        var (current, next) = (States(program.steps.count), States(program.steps.count))
        var best = Int.max
        let accept = program.steps.count - 1
        for index in from...text.count {
            if best == .max { enter(0, index, at: index, program, &current) }
            best = min(best, current.start[accept])
            // Only an earlier start could still win.
            if best != .max, current.list.allSatisfy({ current.start[$0] >= best }) { return best }
            if index == text.count { break }
            step(program, current, at: index, &next)
            swap(&current, &next)
        }
        return best == .max ? nil : best
    }

    /// Where a match from `start` ends, at most at `limit` and at least at `least`: the furthest such place, or the nearest.
    func end(_ program: RegexProgram, from start: Int, least: Int = 0, limit: Int, isShortest: Bool = false) -> Int? {
        var (current, next) = (States(program.steps.count), States(program.steps.count))
        enter(0, 0, at: start, program, &current)
        let accept = program.steps.count - 1
        var found: Int?
        for index in start...max(start, limit) {
            if index >= least, index <= limit, current.start[accept] != .max {
                found = index
                if isShortest { return found }
            }
            if index >= limit || current.list.isEmpty { break }
            step(program, current, at: index, &next)
            swap(&current, &next)
        }
        return found
    }

    func matches(_ program: RegexProgram, _ range: Range<Int>) -> Bool {
        end(program, from: range.lowerBound, least: range.upperBound, limit: range.upperBound) != nil
    }
}
