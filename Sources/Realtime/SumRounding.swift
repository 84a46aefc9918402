/// What becomes of the rounding in aggregates over doubles.
///
/// SQL leaves the order open in which they add up, and the last digits depend on it; where terms cancel out, all of them do. A store that is served
/// gives them as they come out. One that gives the most and one that gives the least that the same values could come to tell rounding from a wrong
/// answer.
public enum SumRounding: Sendable, Hashable {
    case asItComes
    case most
    case least
}
