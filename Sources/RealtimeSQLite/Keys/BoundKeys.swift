/// The keys of one call in SQLite's encoding, their values one after the other.
struct BoundKeys: Sendable {
    let count: Int
    private let width: Int
    private let values: [BoundKey]
    /// Keys that no row can have.
    private let absent: Set<Int>
    /// What `now()` is for all of them.
    let clock: Int64?
    /// Rows of the call's request, one after the other: one for all keys or one for each; nil is NULL.
    let requests: [BoundKey?]

    init(count: Int, width: Int, values: [BoundKey], absent: Set<Int>, clock: Int64?, requests: [BoundKey?]) {
        self.count = count
        self.requests = requests
        self.width = width
        self.values = values
        self.absent = absent
        self.clock = clock
    }

    func isAbsent(_ index: Int) -> Bool { !absent.isEmpty && absent.contains(index) }

    func key(_ index: Int) -> ArraySlice<BoundKey> { values[index * width..<(index + 1) * width] }
}
