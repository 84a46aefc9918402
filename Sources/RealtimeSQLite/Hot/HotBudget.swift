import Synchronization

/// The memory that all lookups of a store may keep answers in, together.
final class HotBudget: Sendable {
    private struct Member: Sendable {
        weak var rows: HotRows?
    }

    let limit: Int
    let rule: Heat.Rule
    private let used = Atomic(0)
    private let members = Mutex<[Member]>([])
    private let lastSweep = Atomic<UInt64>(0)

    init(limit: Int, rule: Heat.Rule) {
        self.limit = limit
        self.rule = rule
    }

    var bytes: Int { used.load(ordering: .relaxed) }

    func join(_ rows: HotRows) {
        members.withLock { members in
            members.removeAll { $0.rows == nil }
            members.append(Member(rows: rows))
        }
    }

    /// Whether so much more may be kept; counted as kept if so.
    func take(_ bytes: Int) -> Bool {
        guard used.add(bytes, ordering: .relaxed).newValue <= limit else {
            release(bytes)
            return false
        }
        return true
    }

    func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }

    /// Lets every lookup give up what is stale; at most once a second.
    func sweep() {
        let last = lastSweep.load(ordering: .relaxed), now = Watch.now
        guard now &- last > 1_000_000_000, lastSweep.compareExchange(expected: last, desired: now, ordering: .relaxed).exchanged else { return }
        for member in members.withLock({ $0 }) { member.rows?.dropStale() }
    }
}
