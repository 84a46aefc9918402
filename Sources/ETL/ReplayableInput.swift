import FeatureModel

/// The frames of a training call, encoded; remembered up to a limit, so that they can be sent to a second worker.
/// `@unchecked Sendable`: used by one task at a time, the one that makes the call.
final class ReplayableInput: @unchecked Sendable {
    private var frames: AsyncThrowingStream<Frame, any Error>.AsyncIterator
    private let encoder: InputEncoder
    private let limit: Int
    private var kept: [[UInt8]] = []
    private var keptBytes = 0
    private var position = 0

    init(_ frames: AsyncThrowingStream<Frame, any Error>, encoder: InputEncoder, limit: Int) {
        self.frames = frames.makeAsyncIterator()
        self.encoder = encoder
        self.limit = limit
    }

    /// Begins again with the first frame. Throws ``ETLError`` `workerLost` if the input was too large to be remembered.
    func rewind() throws {
        guard keptBytes <= limit else {
            throw ETLError(
                .workerLost, "the ETL's worker was lost, and its input is too large to be sent again",
                hint: "make the call again; if it happens again, let the ETL need less memory")
        }
        position = 0
    }

    func next() async throws -> [UInt8]? {
        if position < kept.count {
            position += 1
            return kept[position - 1]
        }
        guard let frame = try await frames.next(isolation: #isolation) else { return nil }
        let body = try encoder.body(frame)
        keptBytes += body.count
        if keptBytes <= limit {
            kept.append(body)
            position += 1
        } else {
            kept = []
            position = 0
        }
        return body
    }
}
