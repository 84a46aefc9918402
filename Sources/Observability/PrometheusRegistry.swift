public import CoreMetrics
import Synchronization

/// Collects what swift-metrics reports and writes it in Prometheus' text format (version 0.0.4).
///
/// Labels become `featurestore_<label>` with dots and dashes as underscores; counters get `_total`, timers become histograms in
/// seconds. Handlers live as long as the registry: label values must therefore come from a bounded set (route, status, code),
/// never from a request. More than ``maximumSeries`` series of one name are folded into one whose label values are `other`.
public final class PrometheusRegistry: MetricsFactory {
    public static let maximumSeries = 500

    private let families = Mutex<[String: Family]>([:])

    public init() {}

    struct Family {
        let kind: Kind
        var series: [[Label]: any Series] = [:]
    }

    enum Kind: String { case counter, gauge, histogram }

    struct Label: Hashable {
        let name: String
        let value: String
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(.counter, label, dimensions) { CounterSeries() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        find(.gauge, label, dimensions) { GaugeSeries() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(.gauge, label, dimensions) { GaugeSeries() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(.histogram, label, dimensions) { HistogramSeries() }
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func find<S: Series>(_ kind: Kind, _ label: String, _ dimensions: [(String, String)], make: () -> S) -> S {
        let name = Self.name(label, kind)
        var labels = dimensions.map { Label(name: Self.sanitised($0.0), value: $0.1) }
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            precondition(family.kind == kind, "metric \(name) has two kinds")
            if family.series[labels] == nil, family.series.count >= Self.maximumSeries {
                labels = labels.map { Label(name: $0.name, value: "other") }
            }
            let series = (family.series[labels] as? S) ?? make()
            family.series[labels] = series
            families[name] = family
            return series
        }
    }

    /// The page that `/metrics` answers, families sorted by name.
    public func text() -> String {
        var out = ""
        for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            out += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { Self.write($0.key) < Self.write($1.key) }) {
                series.write(name: name, labels: labels, to: &out)
            }
        }
        return out
    }

    private static func name(_ label: String, _ kind: Kind) -> String {
        let base = "featurestore_" + sanitised(label)
        return switch kind {
        case .counter: base + "_total"
        case .gauge: base
        case .histogram: base + "_seconds"
        }
    }

    private static func sanitised(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    /// `{a="b",c="d"}`, or nothing; `extra` goes last.
    static func write(_ labels: [Label], extra: Label? = nil) -> String {
        let all = extra.map { labels + [$0] } ?? labels
        guard !all.isEmpty else { return "" }
        return "{" + all.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
