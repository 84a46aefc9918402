internal import FeatureModel
internal import Realtime
import Synchronization

/// What one lookup answered lately, by key. An answer counts as long as no table that the lookup reads has changed since.
///
/// Answers are kept in two generations: the young one becomes the old one when it is a minute old or room is needed, and what nobody
/// asked for in the meantime goes with the old one. So no answer is older than two minutes of being asked for.
final class HotRows: Sendable {
    private struct Answer {
        let frame: Frame
        /// The tables' version before the rows were read.
        let version: UInt64
    }

    private struct Generation {
        var answers: [[BoundKey]: Answer] = [:]
        var bytes = 0
        /// On the clock of `Watch.now`.
        var since = Watch.now
    }

    private let budget: HotBudget
    private let isMarked: Bool
    private let heat: Heat
    private let hits = Atomic(0)
    private let misses = Atomic(0)
    private let state = Mutex((young: Generation(), old: Generation()))

    /// - Parameter isMarked: keep answers however cheap they are, as their query's author asked.
    init(budget: HotBudget, isMarked: Bool) {
        self.budget = budget
        self.isMarked = isMarked
        heat = Heat(budget.rule)
        budget.join(self)
    }

    deinit { state.withLock { budget.release($0.young.bytes + $0.old.bytes) } }

    var isHot: Bool { isMarked || heat.isHot }

    /// The answer of this key as of `version`, if it is kept.
    func frame(for key: [BoundKey], version: UInt64) -> Frame? {
        guard isHot else { return nil }
        let found = state.withLock { state -> Frame? in
            let answer = state.young.answers[key] ?? state.old.answers[key]
            return answer?.version == version ? answer?.frame : nil
        }
        guard let found else {
            misses.add(1, ordering: .relaxed)
            return nil
        }
        hits.add(1, ordering: .relaxed)
        heat.count()
        return found
    }

    /// Counts lookups that were carried out.
    func count(_ lookups: Int = 1, nanoseconds: UInt64) { heat.count(lookups, nanoseconds: nanoseconds) }

    /// Keeps what a lookup gave at that version, if it is hot and there is room.
    func keep(_ frame: Frame, for key: [BoundKey], version: UInt64) {
        guard isHot else { return }
        let bytes = Self.cost(frame, key)
        guard bytes <= budget.limit / 16, makeRoom(bytes) else { return }
        state.withLock { state in
            if Watch.now &- state.young.since > Heat.window { rotate(&state) }
            if let previous = state.young.answers.updateValue(Answer(frame: frame, version: version), forKey: key) {
                let gone = Self.cost(previous.frame, key)
                state.young.bytes -= gone
                budget.release(gone)
            }
            state.young.bytes += bytes
        }
    }

    /// Room comes from this lookup's own old generation first, then from what is stale anywhere.
    private func makeRoom(_ bytes: Int) -> Bool {
        if budget.take(bytes) { return true }
        state.withLock { rotate(&$0) }
        if budget.take(bytes) { return true }
        budget.sweep()
        return budget.take(bytes)
    }

    /// Gives up what was asked for last more than a minute ago, so that others have room.
    func dropStale() {
        state.withLock { state in
            while Watch.now &- state.young.since > Heat.window, state.young.bytes + state.old.bytes > 0 { rotate(&state) }
        }
    }

    private func rotate(_ state: inout (young: Generation, old: Generation)) {
        budget.release(state.old.bytes)
        state.old = state.young
        state.young = Generation()
    }

    /// What an answer takes in memory, about: its columns, its key, and the table's slot.
    private static func cost(_ frame: Frame, _ key: [BoundKey]) -> Int { frame.byteCount + 64 * frame.columns.count + 64 * key.count + 128 }

    /// - Parameter version: of the tables. What was answered at another counts by its bytes alone, until it goes.
    func statistics(at version: UInt64?) -> HotStatistics {
        let (answers, bytes, since) = state.withLock { state in
            let old = state.old.answers.count { $0.value.version == version && state.young.answers[$0.key]?.version != version }
            let young = state.young.answers.count { $0.value.version == version }
            return (young + old, state.young.bytes + state.old.bytes, old == 0 ? state.young.since : state.old.since)
        }
        return HotStatistics(
            isHot: isHot, hits: hits.load(ordering: .relaxed), misses: misses.load(ordering: .relaxed), answers: answers, bytes: bytes,
            oldestSeconds: answers == 0 ? 0 : Double(Watch.now &- since) / 1e9)
    }
}
