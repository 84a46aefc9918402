import Synchronization

/// Remembers when a backend was last found away, so that the calls which were already waiting then need not find it out one
/// after the other: a thousand of them fail when the first does, and not after a thousand time limits.
public final class Outage: Sendable {
    private let lastSeen = Mutex<ContinuousClock.Instant?>(nil)

    public init() {}

    /// To be called when a time limit for reaching the backend has passed.
    public func wasSeen() { lastSeen.withLock { $0 = .now } }

    /// Whether the backend was found away after that moment.
    public func wasSeen(since moment: ContinuousClock.Instant) -> Bool { lastSeen.withLock { $0.map { $0 >= moment } ?? false } }
}
