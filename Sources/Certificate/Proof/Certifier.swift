internal import FeatureModel
public import Realtime
internal import SQLDialect
public import Warehouse

/// Asks a query of PostgreSQL and of a realtime store over the same rows, made up to part them and sampled from the warehouse, and says
/// whether they part.
///
/// PostgreSQL is the prover's; the store is a small one made for the purpose. Neither the warehouse nor what is served is touched.
public struct Certifier: Sendable {
    /// Raised when scenarios, comparison or the store's functions change so that certificates made before should be made anew.
    public static let version = 4

    private let prover: any Prover
    private let makeStore: @Sendable (SumRounding) throws -> any RealtimeStore
    private let limits: RehearsalLimits

    /// - Parameter makeStore: makes an empty store that is let go of afterwards.
    public init(prover: any Prover, limits: RehearsalLimits = RehearsalLimits(), makeStore: @escaping @Sendable (SumRounding) throws -> any RealtimeStore) {
        self.prover = prover
        self.limits = limits
        self.makeStore = makeStore
    }

    /// - Parameter sample: rows of the warehouse; none if there are none to be had.
    /// Throws `WarehouseError.unavailable` if the prover is away, and `CancellationError`.
    public func certify(_ subject: Subject, sample: [TableRows], seed: Int) async throws -> Finding {
        do {
            if let refused = try await refusedWhole(subject) { return Finding(verdict: .different(refused), seed: seed) }
            return try await judge(subject, try await evidence(for: subject, sample: sample, seed: seed), seed: seed)
        } catch let failure as any Failure where failure.fault != .unavailable && failure.fault != .shed {
            return Finding(verdict: .notComparable(failure.reason), seed: seed)
        }
    }

    /// Whether PostgreSQL's planner fails on the statement, whatever the rows: it works out what is made of constants alone before it reads any.
    /// Such a query has no answer in training, and must have none elsewhere.
    private func refusedWhole(_ subject: Subject) async throws -> Counterexample? {
        let question = Subject.Question(key: nil, values: [], request: try exampleRequest(subject))
        // Planned as a whole, and not run.
        let statement = "SELECT * FROM (\n\(subject.sql(question))\n) featurestore_planned LIMIT 0"
        let rehearsal = Rehearsal(rows: [], statements: [statement], cuts: [])
        let outcome = try await prover.rehearse([rehearsal], over: subject.tables, environment: subject.environment, limits: limits)[0]
        guard case .failed(let code, let message) = outcome.answers[0], AnswerComparison.isOfData(code) else { return nil }
        return Counterexample(
            scenario: "no rows", tables: [], key: nil, difference: "PostgreSQL fails whatever the rows, for a part made of constants alone fails: \(message)",
            postgres: outcome.answers[0].lines, realtime: [])
    }

    /// PostgreSQL's half.
    public func evidence(for subject: Subject, sample: [TableRows], seed: Int) async throws -> Evidence {
        try await EvidenceMaker(subject: subject) { rehearsals in
            try await prover.rehearse(rehearsals, over: subject.tables, environment: subject.environment, limits: limits)
        }.make(sample: sample, seed: seed)
    }

    /// The realtime store's half, and the comparison. Ends at the first difference.
    /// - Parameter shrinks: whether a difference is brought down to the fewest rows.
    public func judge(_ subject: Subject, _ evidence: Evidence, seed: Int, shrinks: Bool = true) async throws -> Finding {
        let stage = try await RealtimeStage(makeStore(.asItComes), subject)
        let lookups = Lookups(whole: try await stage.prepare(subject.whole), keyed: try await stage.prepare(subject.keyed.map(\.statement)))
        var finding = Finding(verdict: .identical, seed: seed)
        var isApproximate = false
        for step in evidence.steps {
            for part in step.parts {
                do { try await stage.fill(subject.mirrors, part.frames) } catch let failure as any Failure {
                    finding.skip(failure.reason)
                    continue
                }
                for known in part.cases {
                    let trial = Trial(subject: subject, question: known.question)
                    let found = try await stage.answer(lookups[known.question], known.question, clock: known.clock)
                    let outcome = trial.outcome(known.expected, turned: known.turned, found)
                    switch outcome {
                    case .same(let rows, let approximately):
                        finding.compared += 1
                        finding.rows += rows
                        isApproximate = isApproximate || approximately
                    case .bothFail: finding.bothFailed += 1
                    case .declined: finding.declined += 1
                    case .skipped(let reason): finding.skip(reason)
                    case .printed where try await printsByChance(trial, step.scenario, known):
                        finding.compared += 1
                        isApproximate = true
                    case .rounded(let rows, _) where try await rounding(trial).parts(known.expected, found, over: part.frames, clock: known.clock):
                        finding.compared += 1
                        finding.rows += rows
                        isApproximate = true
                    case .parted(let why), .printed(let why), .rounded(_, let why), .onlyPostgresFails(let why), .onlyRealtimeFails(let why):
                        let first = Shrinker.Part(rows: step.scenario.rows, expected: known.expected, found: found, why: why)
                        let shrinker = Shrinker(
                            trial: trial, stage: stage, lookup: lookups[known.question], foreignKeys: ForeignKeys(subject.mirrors), rounding: rounding(trial)
                        ) {
                            try await prover.rehearse($0, over: subject.tables, environment: subject.environment, limits: limits)
                        }
                        guard let least = try await difference(
                            first, outcome, isTurned: known.turned != nil, isWild: step.scenario.isWild, shrinker, shrinks: shrinks, tried: finding.oneFailed) else {
                            finding.oneFailed += 1
                            // The stage holds other rows now.
                            do { try await stage.fill(subject.mirrors, part.frames) } catch let failure as any Failure { finding.skip(failure.reason) }
                            continue
                        }
                        return finding.concluding(.different(least.counterexample(step.scenario.name, trial)))
                    }
                }
            }
        }
        if finding.compared == 0, finding.bothFailed == 0 || finding.oneFailed > 0 {
            return finding.concluding(.notComparable(finding.firstSkipped ?? "the engines answered nothing that could be compared"))
        }
        return isApproximate ? finding.concluding(.approximate) : finding
    }

    private func rounding(_ trial: Trial) -> RoundingInquiry { RoundingInquiry(trial: trial, makeStore: makeStore) }

    /// Asks PostgreSQL once more, with the rows put in backwards.
    private func printsByChance(_ trial: Trial, _ scenario: Scenario, _ known: Evidence.Case) async throws -> Bool {
        if let turned = known.turned { return trial.printsByChance(turned) }
        let subject = trial.subject
        let rehearsals = [scenario.turned, scenario.rows].map { Rehearsal(rows: $0, statements: [subject.sql(trial.question)], cuts: []) }
        let outcome = try await prover.rehearse(rehearsals, over: subject.tables, environment: subject.environment, limits: limits)
        return trial.printsByChance(.init(answer: outcome[0].answers[0], straight: outcome[1].answers[0]))
    }

    /// How often, at most, it is looked into why only PostgreSQL fails.
    private static let maximumInquiries = 3

    /// What is to be shown for a difference; nil if it is none that counts.
    ///
    /// SQL leaves open whether rows and columns that the answer does not need are evaluated, and so whether an error of data is met. A store
    /// that fails where PostgreSQL answers is a difference unless the rows are beyond what tables hold. Where PostgreSQL alone fails, the rows
    /// that make it fail are singled out: if the store has an answer over these alone, it has made one of what PostgreSQL refuses, unless
    /// PostgreSQL gives that answer, too, under a plan that looks at less.
    private func difference(
        _ first: Shrinker.Part, _ outcome: Trial.Outcome, isTurned: Bool, isWild: Bool, _ shrinker: Shrinker, shrinks: Bool, tried: Int
    ) async throws -> Shrinker.Part? {
        switch outcome {
        case .parted, .printed, .rounded:
            guard shrinks else { return first }
            return try await shrinker.shrink(first, .parting(isTurned: isTurned))
        case .onlyRealtimeFails:
            if isWild || shrinker.trial.question.key != nil { return nil }
            return shrinks ? try await shrinker.shrink(first, .parting(isTurned: false)) : first
        case .onlyPostgresFails:
            guard shrinker.trial.question.key == nil, tried < Self.maximumInquiries, case .failed(let code, _) = first.expected else { return nil }
            let cause = try await shrinker.shrink(first, .postgresFailing(code))
            guard case .rows(let rows) = cause.found, !rows.isEmpty else { return nil }
            return try await shrinker.agreesLookingUp(over: cause.rows) ? nil : cause
        case .same, .bothFail, .declined, .skipped: return nil
        }
    }

    /// Whether rounding is all that parts the engines over these rows, in the whole query or for one key (``AnswerComparison/isRounding(_:_:)``).
    public func isRounding(_ subject: Subject, key: Int? = nil, values: [String] = [], over rows: [TableRows]) async throws -> Bool {
        let question = Subject.Question(key: key, values: values), trial = Trial(subject: subject, question: question)
        let rehearsal = Rehearsal(rows: rows, statements: [subject.sql(question)], cuts: subject.cuts(question))
        let outcome = try await prover.rehearse([rehearsal], over: subject.tables, environment: subject.environment, limits: limits)[0]
        let stage = try await RealtimeStage(makeStore(.asItComes), subject)
        try await stage.fill(subject.mirrors, outcome.frames)
        let found = try await stage.answer(try await stage.prepare(subject.statement(question)), question, clock: outcome.clock)
        return try await rounding(trial).parts(outcome.answers[0], found, over: outcome.frames, clock: outcome.clock)
    }

    /// What both engines say to the whole query over these rows.
    public func answers(_ subject: Subject, over rows: [TableRows]) async throws -> (postgres: EngineAnswer, realtime: EngineAnswer) {
        let question = Subject.Question(key: nil, values: [], request: try exampleRequest(subject))
        let rehearsal = Rehearsal(rows: rows, statements: [subject.sql(question)], cuts: subject.cuts(question))
        let outcome = try await prover.rehearse([rehearsal], over: subject.tables, environment: subject.environment, limits: limits)[0]
        let stage = try await RealtimeStage(makeStore(.asItComes), subject)
        try await stage.fill(subject.mirrors, outcome.frames)
        return (outcome.answers[0], try await stage.answer(try await stage.prepare(subject.whole), question, clock: outcome.clock))
    }

    private func exampleRequest(_ subject: Subject) throws -> [String?]? {
        guard let table = subject.requestTable else { return nil }
        let literals = try QueryLiterals(subject.canonicalTexts)
        return table.columns.map { ValuePool($0, literals).common.first }
    }

    private struct Lookups {
        let whole: any PreparedLookup
        let keyed: [any PreparedLookup]

        subscript(question: Subject.Question) -> any PreparedLookup { question.key.map { keyed[$0] } ?? whole }
    }
}

extension Finding {
    fileprivate mutating func skip(_ reason: String) {
        skipped += 1
        firstSkipped = firstSkipped ?? reason
    }
}

extension RealtimeStage {
    fileprivate func prepare(_ statements: [RealtimeStatement]) async throws -> [any PreparedLookup] {
        var prepared: [any PreparedLookup] = []
        for statement in statements { prepared.append(try await prepare(statement)) }
        return prepared
    }
}
