import CoreMetrics
import Synchronization

/// One line, or one histogram, of the page.
protocol Series: Sendable {
    func write(name: String, labels: [PrometheusRegistry.Label], to out: inout String)
}

final class CounterSeries: Series, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func write(name: String, labels: [PrometheusRegistry.Label], to out: inout String) {
        out += "\(name)\(PrometheusRegistry.write(labels)) \(value.load(ordering: .relaxed))\n"
    }
}

final class GaugeSeries: Series, RecorderHandler, MeterHandler {
    private let value = Mutex(0.0)

    func set(_ newValue: Int64) { set(Double(newValue)) }
    func set(_ newValue: Double) { value.withLock { $0 = newValue } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ newValue: Int64) { set(Double(newValue)) }
    func record(_ newValue: Double) { set(newValue) }

    func write(name: String, labels: [PrometheusRegistry.Label], to out: inout String) {
        out += "\(name)\(PrometheusRegistry.write(labels)) \(value.withLock { $0 })\n"
    }
}

/// Durations in buckets from 50 µs to 100 s, three to a decade.
final class HistogramSeries: Series, TimerHandler {
    private static let bounds: [Double] = [
        5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100,
    ]

    private struct State {
        var counts = [Int](repeating: 0, count: HistogramSeries.bounds.count + 1)
        var sum = 0.0
    }

    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += seconds
        }
    }

    func write(name: String, labels: [PrometheusRegistry.Label], to out: inout String) {
        let state = state.withLock { $0 }
        var total = 0
        for (index, count) in state.counts.enumerated() {
            total += count
            let bound = index < Self.bounds.count ? "\(Self.bounds[index])" : "+Inf"
            out += "\(name)_bucket\(PrometheusRegistry.write(labels, extra: .init(name: "le", value: bound))) \(total)\n"
        }
        out += "\(name)_sum\(PrometheusRegistry.write(labels)) \(state.sum)\n"
        out += "\(name)_count\(PrometheusRegistry.write(labels)) \(total)\n"
    }
}
