import CoreMetrics
import FeatureModel
import Synchronization

/// Requests by endpoint, status and caller, and how long they took. Handlers are made once and kept; callers beyond the first
/// ``maximumKnown`` combinations are counted together.
final class RequestCounters: Sendable {
    private static let maximumKnown = 1_000

    private struct Key: Hashable {
        let endpoint: String
        let status: Int
        let principal: String
    }

    private let factory: any MetricsFactory
    private let known = Mutex<[Key: (counter: any CounterHandler, timer: any TimerHandler)]>([:])

    init(factory: any MetricsFactory) { self.factory = factory }

    func count(endpoint: String, status: Int, principal: Principal, duration: Duration) {
        var key = Key(endpoint: endpoint, status: status, principal: principal.name)
        let handlers = known.withLock { known in
            if let found = known[key] { return found }
            if known.count >= Self.maximumKnown {
                key = Key(endpoint: endpoint, status: status, principal: "other")
                if let found = known[key] { return found }
            }
            let made = (
                factory.makeCounter(label: "http_requests", dimensions: [("endpoint", endpoint), ("status", String(status)), ("principal", key.principal)]),
                factory.makeTimer(label: "http_request_duration", dimensions: [("endpoint", endpoint)])
            )
            known[key] = made
            return made
        }
        handlers.counter.increment(by: 1)
        let parts = duration.components
        handlers.timer.recordNanoseconds(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    }
}
