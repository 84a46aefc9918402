internal import EmbeddedSQL

/// Compiled statements of one connection by key, of which the least recently used makes room for a new one.
struct StatementCache<Key: Hashable> {
    private struct Entry {
        let statement: Statement
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    mutating func statement(for key: Key, compile: () throws -> Statement) throws -> Statement {
        clock += 1
        if let index = entries.index(forKey: key) {
            entries.values[index].lastUse = clock
            return entries.values[index].statement
        }
        let statement = try compile()
        // A search through all entries; it happens beside a compilation, which costs more.
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
            entries.removeValue(forKey: oldest)
        }
        entries[key] = Entry(statement: statement, lastUse: clock)
        return statement
    }

    mutating func removeAll() { entries = [:] }

    var count: Int { entries.count }
}
