import FeatureModel
import Threads
import Warehouse

/// Owned by the stream a caller iterates: dropping it, or cancelling the task that waits in it, stops the statement.
final class RowStream<Batch: Sendable>: Sendable {
    private let channel: BatchChannel<Batch>
    private let control: RunControl

    init(channel: BatchChannel<Batch>, control: RunControl) {
        self.channel = channel
        self.control = control
        control.onStop { channel.abandon() }
    }

    deinit { control.stop(CancellationError()) }

    func next() async throws -> Batch? {
        do {
            return try await withTaskCancellationHandler {
                try await channel.makeAsyncIterator().next()
            } onCancel: {
                control.stop(CancellationError())
            }
        } catch is CancellationError {
            throw control.reason ?? CancellationError()
        }
    }

    static func stream(_ channel: BatchChannel<Batch>, _ control: RunControl) -> AsyncThrowingStream<Batch, any Error> {
        let rows = RowStream(channel: channel, control: control)
        return AsyncThrowingStream { try await rows.next() }
    }
}
