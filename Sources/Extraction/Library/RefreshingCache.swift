import Synchronization

/// Remembers what the catalog answered, so that the realtime path asks it rarely and goes on while it is away.
///
/// A fresh entry is answered at once. A stale one is answered at once too, and looked up again in the background. Only a first
/// look-up waits. "Not there" is never remembered. At most `limit` entries are kept; the ones unused longest go first.
final class RefreshingCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        var value: Value
        var checked: ContinuousClock.Instant
        var used: ContinuousClock.Instant
        var isRefreshing = false
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private let limit: Int
    private let freshness: Duration

    init(limit: Int, freshness: Duration) {
        self.limit = limit
        self.freshness = freshness
    }

    func value(_ key: Key, load: @escaping @Sendable () async throws -> Value?) async throws -> Value? {
        let now = ContinuousClock.now
        let (known, mustRefresh): (Value?, Bool) = entries.withLock { entries in
            guard let place = entries.index(forKey: key) else { return (nil, false) }
            let entry = entries.values[place]
            let isStale = !entry.isRefreshing && entry.checked.duration(to: now) > freshness
            entries.values[place].used = now
            if isStale { entries.values[place].isRefreshing = true }
            return (entry.value, isStale)
        }
        if let known {
            if mustRefresh { Task { await refresh(key, load) } }
            return known
        }
        guard let loaded = try await load() else { return nil }
        store(loaded, for: key)
        return loaded
    }

    /// What this process itself has just saved.
    func store(_ value: Value, for key: Key) {
        let now = ContinuousClock.now
        entries.withLock { entries in
            entries[key] = Entry(value: value, checked: now, used: now)
            guard entries.count > limit else { return }
            for (old, _) in entries.sorted(by: { $0.value.used < $1.value.used }).prefix(entries.count - limit + limit / 10) { entries[old] = nil }
        }
    }

    func forget(_ key: Key) { entries.withLock { $0[key] = nil } }

    private func refresh(_ key: Key, _ load: @Sendable () async throws -> Value?) async {
        let answer = try? await load()
        entries.withLock { entries in
            guard var entry = entries[key] else { return }
            entry.isRefreshing = false
            // A catalog that is away leaves the entry as it is; it is asked again after another interval.
            if let value = answer.flatMap({ $0 }) { entry.value = value }
            entry.checked = .now
            entries[key] = entry
        }
    }
}
