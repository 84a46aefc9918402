/// Waits for work that goes on when the waiting ends.
enum Patience {
    /// Nil if it takes longer.
    static func within<Answer: Sendable>(_ duration: Duration, _ work: @escaping @Sendable () async throws -> Answer) async throws -> Answer? {
        let (stream, continuation) = AsyncThrowingStream<Answer?, any Error>.makeStream(bufferingPolicy: .bufferingOldest(1))
        Task {
            do { continuation.yield(try await work()) } catch { return continuation.finish(throwing: error) }
            continuation.finish()
        }
        let clock = Task {
            try await Task.sleep(for: duration)
            continuation.yield(nil)
            continuation.finish()
        }
        defer { clock.cancel() }
        for try await answer in stream { return answer }
        throw CancellationError()
    }
}
