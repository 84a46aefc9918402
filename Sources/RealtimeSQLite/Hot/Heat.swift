import Synchronization

/// Whether a lookup is made so often, and costs so much each time, that its answers are worth keeping.
final class Heat: Sendable {
    /// Nanoseconds over which calls are counted: a minute.
    static let window: UInt64 = 60_000_000_000

    struct Rule: Sendable {
        /// Calls in a minute.
        let calls: Int
        /// Of one lookup, as a rule.
        let nanoseconds: UInt64
    }

    private let rule: Rule
    private let began = Atomic(Watch.now)
    private let calls = Atomic(0)
    private let callsBefore = Atomic(0)
    /// What a lookup takes as a rule, near the median of the last few dozens: each moves it by a sixteenth towards itself, so that one that
    /// was interrupted or found nothing in the processor's caches counts no more than any other.
    private let typical = Atomic<UInt64>(0)

    init(_ rule: Rule) { self.rule = rule }

    var isHot: Bool {
        typical.load(ordering: .relaxed) >= rule.nanoseconds && max(calls.load(ordering: .relaxed), callsBefore.load(ordering: .relaxed)) >= rule.calls
    }

    func count() { calls.add(1, ordering: .relaxed) }

    /// Counts calls, and what one of them cost. Racing calls may lose one another's cost: it is one of many.
    func count(_ number: Int = 1, nanoseconds: UInt64) {
        calls.add(number, ordering: .relaxed)
        let before = typical.load(ordering: .relaxed), step = before / 16 + 1
        typical.store(before == 0 ? nanoseconds : nanoseconds > before ? before + step : before - min(step, before), ordering: .relaxed)
        let start = began.load(ordering: .relaxed), now = Watch.now
        guard now &- start > Self.window, began.compareExchange(expected: start, desired: now, ordering: .relaxed).exchanged else { return }
        callsBefore.store(calls.exchange(0, ordering: .relaxed), ordering: .relaxed)
    }
}
