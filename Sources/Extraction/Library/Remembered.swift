import Synchronization

/// What the catalog answered once, so that the realtime path asks it rarely and goes on while it is away.
///
/// Nothing is forgotten by time: who follows the catalog's changes says what to read again (``renew(_:)``), and a look-up here reads no clock.
/// "Not there" is never remembered. At most `limit` entries are kept; the ones unused longest go first.
final class Remembered<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    typealias Load = @Sendable (Key) async throws -> Value?

    private struct Entry {
        var value: Value
        /// Counted in look-ups.
        var used: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var lookUps: UInt64 = 0
        /// How often something was said to have changed. What was read before may be out of date by then.
        var renewals: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int
    private let isNewer: @Sendable (Value, Value) -> Bool
    private let load: Load

    /// - Parameter isNewer: whether the first value came to be after the second, where values tell.
    init(limit: Int, isNewer: @escaping @Sendable (Value, Value) -> Bool = { _, _ in false }, load: @escaping Load) {
        self.limit = limit
        self.isNewer = isNewer
        self.load = load
    }

    /// From memory; else from the catalog, which is waited for.
    func value(_ key: Key) async throws -> Value? {
        let (known, moment) = state.withLock { state -> (Value?, UInt64) in
            state.lookUps += 1
            guard let place = state.entries.index(forKey: key) else { return (nil, state.renewals) }
            state.entries.values[place].used = state.lookUps
            return (state.entries.values[place].value, state.renewals)
        }
        if let known { return known }
        guard let loaded = try await load(key) else { return nil }
        keep(loaded, for: key, asOf: moment)
        return loaded
    }

    /// Remembers what this process itself saves, so that its next look-up finds it.
    func saving(_ key: Key, _ save: () async throws -> Value) async throws -> Value {
        let moment = state.withLock { $0.renewals }
        let saved = try await save()
        keep(saved, for: key, asOf: moment)
        return saved
    }

    /// Reads the entry again, if it is remembered. It is answered as it was until then, also if this fails.
    func renew(_ key: Key) async throws {
        let isKnown = state.withLock { state in
            state.renewals += 1
            return state.entries[key] != nil
        }
        guard isKnown else { return }
        let loaded = try await load(key)
        state.withLock { state in
            guard let place = state.entries.index(forKey: key) else { return }
            guard let loaded else { return _ = state.entries.remove(at: place) }
            if !isNewer(state.entries.values[place].value, loaded) { state.entries.values[place].value = loaded }
        }
    }

    var keys: [Key] { state.withLock { Array($0.entries.keys) } }

    /// What was read at a moment since which something has changed is not remembered: it may be what has changed.
    private func keep(_ value: Value, for key: Key, asOf moment: UInt64) {
        state.withLock { state in
            if let place = state.entries.index(forKey: key) {
                if isNewer(value, state.entries.values[place].value) { state.entries.values[place].value = value }
                return
            }
            guard state.renewals == moment else { return }
            state.entries[key] = Entry(value: value, used: state.lookUps)
            guard state.entries.count > limit else { return }
            let oldest = state.entries.sorted { $0.value.used < $1.value.used }.prefix(state.entries.count - limit + limit / 10)
            for (key, _) in oldest { state.entries[key] = nil }
        }
    }
}
