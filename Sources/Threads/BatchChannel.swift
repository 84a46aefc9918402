import Foundation

/// Carries batches from a thread that produces them to a task that consumes them, with back-pressure: the producer's thread
/// waits while `capacity` batches are unread. One producer, one consumer.
///
/// `@unchecked Sendable`: every stored variable is read and written under `condition`.
public final class BatchChannel<Batch: Sendable>: AsyncSequence, @unchecked Sendable {
    public typealias Element = Batch

    /// The consumer went away; the producer should stop its work.
    public struct Closed: Error {}

    private let capacity: Int
    private let condition = NSCondition()
    private var unread: [Batch] = []
    private var end: Result<Void, any Error>?
    private var isAbandoned = false
    private var waiting: CheckedContinuation<Batch?, any Error>?

    public init(capacity: Int = 2) { self.capacity = capacity }

    /// Blocks the calling thread while the channel is full. Throws ``Closed`` once the consumer has gone.
    public func send(_ batch: Batch) throws {
        condition.lock()
        while unread.count >= capacity, !isAbandoned { condition.wait() }
        if isAbandoned {
            condition.unlock()
            throw Closed()
        }
        if let reader = waiting {
            waiting = nil
            condition.unlock()
            reader.resume(returning: batch)
        } else {
            unread.append(batch)
            condition.unlock()
        }
    }

    /// Says that no more batches come, and why.
    public func finish(_ result: Result<Void, any Error> = .success(())) {
        condition.lock()
        if end == nil { end = result }
        let reader = waiting
        waiting = nil
        condition.unlock()
        reader?.resume(with: result.map { nil })
    }

    /// Called by a consumer that stops reading early; a waiting producer is woken and told.
    public func abandon() {
        condition.lock()
        isAbandoned = true
        unread = []
        condition.broadcast()
        let reader = waiting
        waiting = nil
        condition.unlock()
        reader?.resume(throwing: CancellationError())
    }

    public func makeAsyncIterator() -> Iterator { Iterator(channel: self) }

    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let channel: BatchChannel

        public func next() async throws -> Batch? {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { channel.read($0) }
            } onCancel: {
                channel.abandon()
            }
        }
    }

    private func read(_ continuation: CheckedContinuation<Batch?, any Error>) {
        condition.lock()
        if isAbandoned {
            condition.unlock()
            continuation.resume(throwing: CancellationError())
        } else if !unread.isEmpty {
            let batch = unread.removeFirst()
            condition.signal()
            condition.unlock()
            continuation.resume(returning: batch)
        } else if let end {
            condition.unlock()
            continuation.resume(with: end.map { nil })
        } else {
            precondition(waiting == nil, "a batch channel has one consumer")
            waiting = continuation
            condition.unlock()
        }
    }
}
