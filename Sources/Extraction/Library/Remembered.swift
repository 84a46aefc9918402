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

    /// Reads and saves that are under way. Once the entry is said to have changed, nobody knows which state they bring.
    private struct Flight {
        var count = 0
        var isOutdated = false
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var flights: [Key: Flight] = [:]
        var lookUps: UInt64 = 0
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
        let known = state.withLock { state -> Value? in
            state.lookUps += 1
            guard let place = state.entries.index(forKey: key) else {
                state.flights[key, default: Flight()].count += 1
                return nil
            }
            state.entries.values[place].used = state.lookUps
            return state.entries.values[place].value
        }
        if let known { return known }
        do {
            let loaded = try await load(key)
            land(loaded, for: key)
            return loaded
        } catch {
            land(nil, for: key)
            throw error
        }
    }

    /// Remembers what this process itself saves, so that its next look-up finds it.
    func saving(_ key: Key, _ save: () async throws -> Value) async throws -> Value {
        state.withLock { $0.flights[key, default: Flight()].count += 1 }
        let saved: Value
        do { saved = try await save() } catch {
            land(nil, for: key)
            throw error
        }
        // Where it was told to have changed meanwhile, be it by this very save, the catalog knows.
        if !land(saved, for: key) { _ = try? await value(key) }
        return saved
    }

    /// Reads the entry again, if it is remembered. It is answered as it was until then, also if this fails.
    func renew(_ key: Key) async throws {
        let isKnown = state.withLock { state in
            state.flights[key]?.isOutdated = true
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

    /// Whether something is remembered now that is not older.
    @discardableResult
    private func land(_ value: Value?, for key: Key) -> Bool {
        state.withLock { state in
            var flight = state.flights[key] ?? Flight()
            flight.count -= 1
            state.flights[key] = flight.count > 0 ? flight : nil
            guard let value else { return false }
            if let place = state.entries.index(forKey: key) {
                if isNewer(value, state.entries.values[place].value) { state.entries.values[place].value = value }
                return true
            }
            guard !flight.isOutdated else { return false }
            state.entries[key] = Entry(value: value, used: state.lookUps)
            guard state.entries.count > limit else { return true }
            let oldest = state.entries.sorted { $0.value.used < $1.value.used }.prefix(state.entries.count - limit + limit / 10)
            for (key, _) in oldest { state.entries[key] = nil }
            return true
        }
    }
}
