import CoreMetrics
import ETL
import Extraction
import FeatureModel
import Realtime

/// Levels that are read when `/metrics` is asked, not counted as they change.
struct StoreGauges: Sendable {
    let store: any RealtimeStore
    let etl: any ETLRuntime
    let health: HealthMonitor
    let factory: any MetricsFactory

    func update() async {
        let statistics = store.statistics()
        set("store_bytes", statistics.bytes)
        set("store_copies", statistics.copies)
        set("store_hot_bytes", statistics.hotBytes)
        for (table, rows) in statistics.rows { set("store_rows", rows, [("table", table.description)]) }
        let workers = etl.statistics()
        set("etl_workers", workers.idle, [("state", "idle")])
        set("etl_workers", workers.busy, [("state", "busy")])
        set("etl_workers_started", workers.started)
        set("etl_workers_crashed", workers.crashed)
        let report = await health.report()
        for dependency in report.dependencies { set("dependency_up", dependency.isUp ? 1 : 0, [("name", dependency.name)]) }
        set("ready", report.isReady ? 1 : 0)
    }

    private func set(_ label: String, _ value: Int, _ dimensions: [(String, String)] = []) {
        factory.makeMeter(label: label, dimensions: dimensions).set(Int64(value))
    }
}
