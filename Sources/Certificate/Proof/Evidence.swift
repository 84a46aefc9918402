internal import FeatureModel
internal import Warehouse

/// PostgreSQL's half of a certificate: scenarios as the realtime store would load them, and the answers to be given over them. It depends on
/// the query, the tables and the seed, and not on what was made of the query for the realtime store.
public struct Evidence: Sendable {
    struct Case: Sendable {
        let question: Subject.Question
        let expected: EngineAnswer
        /// PostgreSQL's `now()` when it answered.
        let clock: Int64
        /// What PostgreSQL says when the rows were put in backwards; nil if it was not asked.
        let turned: Turned?
    }

    struct Turned: Sendable {
        let answer: EngineAnswer
        /// What it says to the rows as they are in the same transaction: `now()` may show in an answer.
        let straight: EngineAnswer
    }

    struct Step: Sendable {
        let scenario: Scenario
        /// The frames of each mirror, and the questions asked of them. Lookups in a hot store have frames of their own.
        let parts: [(frames: [[Frame]], cases: [Case])]
    }

    let steps: [Step]
}
