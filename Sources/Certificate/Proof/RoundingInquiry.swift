internal import FeatureModel
internal import Realtime
internal import Warehouse

/// Asks stores that give the least and the most that sums of doubles could come to, where these part the engines.
struct RoundingInquiry {
    let trial: Trial
    let makeStore: @Sendable (SumRounding) throws -> any RealtimeStore

    /// Whether rounding is all that parts the answers over these frames.
    func parts(_ expected: EngineAnswer, _ found: EngineAnswer, over frames: [[Frame]], clock: Int64) async throws -> Bool {
        let (subject, question) = (trial.subject, trial.question)
        var answers = [found]
        for rounding in [SumRounding.least, .most] {
            let stage = try await RealtimeStage(makeStore(rounding), subject)
            try await stage.fill(subject.mirrors, frames)
            answers.append(try await stage.answer(try await stage.prepare(subject.statement(question)), question, clock: clock))
        }
        return trial.isRounding(expected, answers)
    }
}
