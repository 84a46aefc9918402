import FeatureModel
import Realtime
import Warehouse

/// How many rows a table has: counted in the realtime store if it is loaded, else by the warehouse's estimate, else by a bounded count.
struct TableSizes: Sendable {
    private static let maximumCount = 10_000_000

    let store: any RealtimeStore
    let warehouse: any Warehouse

    /// Nil if the warehouse does not say.
    func rows(of table: TableDefinition) async -> Int? {
        if case .ready(let rows) = store.state(of: table.name) { return rows }
        if table.estimatedRows > 0 { return table.estimatedRows }
        let name = [table.name.schema, table.name.name].map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ".")
        let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM \(name) LIMIT \(Self.maximumCount)) AS counted"
        guard let rows = try? await warehouse.jsonRows(of: sql, limits: RunLimits(seconds: 10)) else { return nil }
        var found: Int?
        do {
            for try await batch in rows { found = (try? JSONReader.read(batch.bytes))?["n"]?.int ?? found }
        } catch {
            return nil
        }
        return found
    }
}
