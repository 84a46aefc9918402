internal import Warehouse

/// One question put to both engines, and what their answers are worth.
struct Trial: Sendable {
    enum Outcome: Sendable {
        case same(rows: Int, approximately: Bool)
        case bothFail
        /// The store says that it cannot answer this.
        case declined
        /// PostgreSQL fails with an error of data, the store answers.
        case onlyPostgresFails(String)
        /// The store fails with an error of data, PostgreSQL answers.
        case onlyRealtimeFails(String)
        /// No answer within the limits.
        case skipped(String)
        case parted(String)
        /// Equal values print differently, which is a difference unless PostgreSQL's own print depends on the order of rows.
        case printed(String)
        /// Floating-point sums differ, which is a difference unless PostgreSQL's own do by the order in which they are added up.
        case rounded(rows: Int, String)
    }

    let subject: Subject
    let question: Subject.Question
    private let comparison: AnswerComparison

    init(subject: Subject, question: Subject.Question) {
        self.subject = subject
        self.question = question
        comparison = AnswerComparison(subject.statement(question), isOrdered: subject.isTotallyOrdered)
    }

    /// - Parameter turned: what PostgreSQL says when the rows are put in backwards, if it was asked.
    func outcome(_ expected: EngineAnswer, turned: Evidence.Turned?, _ found: EngineAnswer) -> Outcome {
        for case .failed(Self.tooLong?, let message) in [expected, found] { return .skipped(message) }
        let outcome = comparison.compare(expected, found)
        if let turned, case .rows = turned.answer, case .rows = turned.straight, isChance(turned) {
            return outcome == .declined ? .declined : .parted("PostgreSQL's own answer depends on the order in which rows are stored, and the realtime store gives one")
        }
        return switch outcome {
        case .identical(let rows): .same(rows: rows, approximately: false)
        case .approximate(let rows): .same(rows: rows, approximately: true)
        case .bothFail: .bothFail
        case .declined: .declined
        case .oneFails(let what): if case .rows = found { .onlyPostgresFails(what) } else { .onlyRealtimeFails(what) }
        case .printedDifferently(let what): .printed(what)
        case .roundedDifferently(let rows, let what): .rounded(rows: rows, what)
        case .different(let what): .parted(what)
        }
    }

    /// Whether PostgreSQL gives other values when the rows are put in backwards.
    private func isChance(_ turned: Evidence.Turned) -> Bool {
        if case .different = comparison.compare(turned.straight, turned.answer) { true } else { false }
    }

    /// Whether what is printed, if not the values, depends on the order of rows.
    func printsByChance(_ turned: Evidence.Turned) -> Bool {
        switch comparison.compare(turned.straight, turned.answer) {
        case .printedDifferently, .different: true
        default: false
        }
    }

    func isRounding(_ expected: EngineAnswer, _ found: [EngineAnswer]) -> Bool { comparison.isRounding(expected, found) }

    /// PostgreSQL's code of a statement that was stopped; the store's limits are given it too.
    static let tooLong = "57014"
}
