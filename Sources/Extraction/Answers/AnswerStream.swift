public import AsyncAlgorithms

/// The body of an answer, produced while it is sent, with back-pressure: the producer waits until a piece is taken.
///
/// A producer that fails ends the stream with its error; whether that is still an error answer or a broken connection
/// depends on whether the head was sent, which is the HTTP room's affair.
public struct AnswerStream: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias AsyncIterator = AsyncThrowingChannel<[UInt8], any Error>.Iterator

    private let channel = AsyncThrowingChannel<[UInt8], any Error>()
    private let lifetime: Lifetime

    /// Hands pieces to whoever reads the stream.
    public struct Sink: Sendable {
        fileprivate let channel: AsyncThrowingChannel<[UInt8], any Error>

        public func send(_ piece: [UInt8]) async throws {
            try Task.checkCancellation()
            if !piece.isEmpty { await channel.send(piece) }
        }

        public func send(_ piece: String) async throws { try await send(Array(piece.utf8)) }
    }

    /// Starts `produce` at once, in a task of its own that is cancelled when the stream is released.
    public init(_ produce: @escaping @Sendable (Sink) async throws -> Void) {
        let channel = channel
        lifetime = Lifetime(
            Task {
                do {
                    try await produce(Sink(channel: channel))
                    channel.finish()
                } catch {
                    channel.fail(error)
                }
            })
    }

    public func makeAsyncIterator() -> AsyncIterator { channel.makeAsyncIterator() }

    private final class Lifetime: Sendable {
        private let task: Task<Void, Never>
        init(_ task: Task<Void, Never>) { self.task = task }
        deinit { task.cancel() }
    }
}
