import FeatureModel
import Realtime
import SQLDialect

/// Rows of a served statement for one entity: the step that both realtime calls share.
struct LookUp: Sendable {
    let store: any RealtimeStore
    let limits: LookupLimits

    func rows(_ statement: ServedStatement, key: [String], values: [Value]) async throws -> Frame {
        let lookup: any PreparedLookup
        if let ready = statement.preparedLookup(by: key) { lookup = ready } else { lookup = try await statement.lookup(by: key) }
        try checkLoaded(lookup.statement.tables)
        do { return try await store.rows(lookup, key: values, limits: limits) } catch let error as RealtimeError where error.kind == .definitionChanged {
            throw ExtractionError(
                .loading, "a table of this query was altered and is being loaded anew", reason: error.reason, hint: "try again in a moment", retryAfter: 1)
        }
    }

    private func checkLoaded(_ tables: [TableName]) throws {
        for table in tables {
            switch store.state(of: table) {
            case .ready: continue
            case .absent: throw loading("table \(table) is waiting to be loaded", table, nil)
            case .loading(let rows, let total): throw loading("table \(table) is being loaded: \(rows) rows so far", table, (rows, total))
            case .failed(let reason): throw loading("table \(table) is not loaded: \(reason)", table, nil)
            }
        }
    }

    private func loading(_ message: String, _ table: TableName, _ progress: (rows: Int, of: Int)?) -> ExtractionError {
        var details: [JSONValue.Member] = [.init("table", .string(table.description))]
        if let progress {
            details.append(.init("rows", .init(progress.rows)))
            if progress.of >= 0 { details.append(.init("estimated_rows", .init(progress.of))) }
        }
        return ExtractionError(.loading, message, hint: "try again in a moment; /health/ready tells when everything is loaded", details: .object(details), retryAfter: 1)
    }
}
