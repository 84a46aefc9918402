import Catalog
import Synchronization

/// Bindings that may say something else than the statements in memory, and are to be compared with them.
final class OpenBindings: Sendable {
    private struct State {
        var open: Set<BindingKey> = []
        /// What this process is about to save, how many times over.
        var saving: [BindingKey: Int] = [:]
        /// How often something was said to have changed.
        var changes: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Others have saved them, or they could not be compared yet.
    func add(_ keys: [BindingKey]) {
        if keys.isEmpty { return }
        state.withLock { state in
            state.open.formUnion(keys)
            state.changes += 1
        }
    }

    var isEmpty: Bool { state.withLock { $0.open.isEmpty } }

    /// Those that can be compared now. One that this process is about to save stays: until it is saved, memory is ahead of it.
    func take() -> [BindingKey] {
        state.withLock { state in
            let keys = state.open.filter { state.saving[$0] == nil }
            state.open.subtract(keys)
            return Array(keys)
        }
    }

    /// Runs what reads a binding and keeps a statement that is made of it; another binding may be saved between the two.
    func reading<R>(_ key: BindingKey, _ body: () async throws -> R) async rethrows -> R {
        let moment = state.withLock { $0.changes }
        let result = try await body()
        state.withLock { if $0.changes != moment { $0.open.insert(key) } }
        return result
    }

    /// Runs what keeps a statement and saves its binding. If it fails, the catalog says what holds.
    func saving<R>(_ key: BindingKey, _ body: () async throws -> R) async throws -> R {
        state.withLock { $0.saving[key, default: 0] += 1 }
        defer {
            state.withLock { state in
                let left = state.saving[key, default: 1] - 1
                state.saving[key] = left > 0 ? left : nil
            }
        }
        do { return try await body() } catch {
            _ = state.withLock { $0.open.insert(key) }
            throw error
        }
    }
}
