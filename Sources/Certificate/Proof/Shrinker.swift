internal import FeatureModel
internal import Realtime
internal import Warehouse

/// Takes rows away from a difference as long as it stays one.
struct Shrinker {
    /// Rows over which the engines part, and what they say.
    struct Part {
        let rows: [TableRows]
        let expected: EngineAnswer
        let found: EngineAnswer
        let why: String
    }

    let trial: Trial
    let stage: RealtimeStage
    let lookup: any PreparedLookup
    let foreignKeys: ForeignKeys
    let rounding: RoundingInquiry
    let rehearse: ([Rehearsal]) async throws -> [RehearsalOutcome]

    /// What rows that are left must still do.
    enum Goal {
        /// Part the engines; with the rows put in backwards asked too, where that is what parts them.
        case parting(isTurned: Bool)
        /// Make PostgreSQL fail with this.
        case postgresFailing(String?)
    }

    /// Candidates that PostgreSQL is given at once.
    private static let batch = 6
    /// Batches, and seconds, at most: what is left then is shown.
    private static let maximumBatches = 120
    private static let patience: Duration = .seconds(8)

    /// Takes away half of the rows, a quarter and so on, down to single ones; these until none can go.
    ///
    /// Throws if the task is cancelled; a prover that goes away ends the shrinking early.
    func shrink(_ first: Part, _ goal: Goal) async throws -> Part {
        var best = first
        var batches = 0, size = max(1, best.count / 2)
        let began = ContinuousClock.now
        while true {
            let before = best.count
            var place = 0
            while place < best.count {
                guard batches < Self.maximumBatches, began.duration(to: .now) < Self.patience else { return best }
                batches += 1
                let starts = Array(stride(from: place, to: best.count, by: size).prefix(Self.batch))
                let candidates = starts.map { foreignKeys.closed(best.removing($0..<min($0 + size, best.count))) }
                let fit: (index: Int, part: Part)?
                do { fit = try await firstFit(candidates, goal) } catch let error as any Failure where error.fault != .internal { return best }
                if let fit {
                    best = fit.part
                    // What stood behind has moved up.
                    place = starts[fit.index]
                } else {
                    place = (starts.last ?? place) + size
                }
            }
            if size == 1, best.count == before { return best }
            size = max(1, size / 2)
        }
    }

    /// Whether PostgreSQL gives the store's answer where it looks up rows. The stage holds these rows afterwards.
    func agreesLookingUp(over rows: [TableRows]) async throws -> Bool {
        let question = trial.question
        let rehearsal = Rehearsal(rows: rows, statements: [trial.subject.sql(question)], cuts: trial.subject.cuts(question), looksUp: true)
        let outcome = try await rehearse([rehearsal])[0]
        try await stage.fill(trial.subject.mirrors, outcome.frames)
        let found = try await stage.answer(lookup, question, clock: outcome.clock)
        if case .same = trial.outcome(outcome.answers[0], turned: nil, found) { return true } else { return false }
    }

    private func firstFit(_ candidates: [[TableRows]], _ goal: Goal) async throws -> (index: Int, part: Part)? {
        let question = trial.question
        let sql = trial.subject.sql(question)
        var rehearsals = candidates.map { Rehearsal(rows: $0, statements: [sql], cuts: trial.subject.cuts(question)) }
        let isTurned = if case .parting(true) = goal { true } else { false }
        if isTurned { rehearsals += candidates.map { Rehearsal(rows: Scenario(name: "", rows: $0).turned, statements: [sql], cuts: []) } }
        let outcomes = try await rehearse(rehearsals)
        for (index, candidate) in candidates.enumerated() {
            let outcome = outcomes[index], expected = outcome.answers[0]
            if case .postgresFailing(let code) = goal {
                guard case .failed(code, _) = expected else { continue }
            }
            do { try await stage.fill(trial.subject.mirrors, outcome.frames) } catch is any Failure { continue }
            let found = try await stage.answer(lookup, question, clock: outcome.clock)
            let rows = candidate.keeping(outcome.accepted)
            switch (goal, trial.outcome(expected, turned: isTurned ? .init(answer: outcomes[candidates.count + index].answers[0], straight: expected) : nil, found)) {
            case (.parting, .parted(let why)), (.parting, .printed(let why)), (.parting, .onlyRealtimeFails(let why)), (.postgresFailing, .onlyPostgresFails(let why)):
                return (index, Part(rows: rows, expected: expected, found: found, why: why))
            case (.parting, .rounded(_, let why)) where try await !rounding.parts(expected, found, over: outcome.frames, clock: outcome.clock):
                return (index, Part(rows: rows, expected: expected, found: found, why: why))
            case (.postgresFailing, _): return (index, Part(rows: rows, expected: expected, found: found, why: ""))
            default: continue
            }
        }
        return nil
    }
}

extension Shrinker.Part {
    var count: Int { rows.reduce(0) { $0 + $1.rows.count } }

    /// The rows without those at these places, counted through all tables.
    fileprivate func removing(_ places: Range<Int>) -> [TableRows] {
        var start = 0
        return rows.map { table in
            defer { start += table.rows.count }
            let first = start
            return TableRows(
                table: table.table, columns: table.columns, rows: table.rows.enumerated().filter { !places.contains(first + $0.offset) }.map(\.element))
        }
    }

    func counterexample(_ scenario: String, _ trial: Trial) -> Counterexample {
        let read = (try? QueryLiterals(trial.subject.canonicalTexts))?.columns ?? []
        let tables = rows.filter { !$0.rows.isEmpty }.map { table in
            let shown = table.columns.indices.filter { read.contains(table.columns[$0]) }
            return Counterexample.Table(
                name: table.table, columns: shown.map { table.columns[$0] }, rows: table.rows.prefix(40).map { row in shown.map { row[$0] } })
        }
        return Counterexample(
            scenario: scenario, tables: tables, key: trial.subject.description(trial.question), difference: why, postgres: expected.lines, realtime: found.lines)
    }
}

extension EngineAnswer {
    /// For people: some rows, or the error.
    var lines: [String] {
        switch self {
        case .rows(let rows): Array(rows.prefix(20))
        case .failed(let code, let message): ["\(code ?? "error"): \(message)"]
        }
    }
}
