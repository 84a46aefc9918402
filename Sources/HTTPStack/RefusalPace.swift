import Synchronization

/// Spaces refusals out, so that callers who ask again at once do not use up with refusals what the others need: one is told at once, many wait
/// for their turn. A connection has one call under way, so nobody asks oftener than it is answered.
public final class RefusalPace: Sendable {
    /// Seconds that a refusal waits at most: who leaves meanwhile must not pile up.
    public static let longestWait = Duration.seconds(4)

    private let interval: Duration
    /// When the next refusal may be told.
    private let next: Mutex<ContinuousClock.Instant>

    /// - Parameter perSecond: refusals told.
    public init(perSecond: Int) {
        interval = .seconds(1) / perSecond
        next = Mutex(.now)
    }

    /// Returns when a refusal may be told; at once if there are few.
    public func turn() async {
        let wait = take(at: .now)
        if wait > .zero { try? await Task.sleep(for: wait) }
    }

    /// Takes the next turn: how long it is until then.
    func take(at now: ContinuousClock.Instant) -> Duration {
        next.withLock { next in
            let turn = min(max(next, now), now + Self.longestWait)
            next = turn + interval
            return now.duration(to: turn)
        }
    }
}
