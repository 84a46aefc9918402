import Testing

/// What every backend does alike. Each test runs on every ``CatalogBackend``, on a store of its own.
@Suite("Catalog contract", .timeLimit(.minutes(3)))
enum CatalogContract {}

/// Runs `body` once for each number, all at the same time, and answers what it returned, in the order of the numbers.
func concurrently<R: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> R) async throws -> [R] {
    try await withThrowingTaskGroup(of: (Int, R).self) { group in
        for number in 0..<count { group.addTask { (number, try await body(number)) } }
        return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
