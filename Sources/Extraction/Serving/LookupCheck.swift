import FeatureModel
import Realtime
import SQLDialect

/// Decides whether a statement may be looked up by a key: hot tables must be reached by the key itself, and scans must be short or allowed.
struct LookupCheck: Sendable {
    let rules: LookupRules
    let sizes: TableSizes

    /// Hot tables of which the answer may need rows that are not there.
    func hotTables(_ reach: KeyReach) -> [TableName] { reach.shared.filter(rules.isHot) }

    /// Throws `keyNotLocal` naming the hot tables that the key does not reach.
    func checkReach(_ statement: RealtimeStatement) throws {
        let tables = hotTables(statement.reach)
        guard let first = tables.first else { return }
        let key = statement.parameters.map(\.column).joined(separator: ", ")
        let named = tables.map(\.description).joined(separator: ", ")
        throw ExtractionError(
            .keyNotLocal, "the key '\(key)' does not reach \(tables.count == 1 ? "hot table" : "hot tables") \(named)",
            reason: Self.reason(statement.reach),
            hint: "compare the key's column with a column of \(first), or keep the table completely in the realtime store (HOT_TABLES)",
            details: ["tables": .array(tables.map { .string($0.description) }), "reasons": .array(statement.reach.reasons.map { .string($0) })])
    }

    static func reason(_ reach: KeyReach) -> String {
        reach.reasons.isEmpty ? "no equality leads from the key to these rows alone" : reach.reasons.joined(separator: "; ")
    }

    /// The tables that each lookup reads from end to end.
    func scans(_ lookup: any PreparedLookup, _ definitions: [TableDefinition]) async -> [(table: TableName, rows: Int?)] {
        var found: [(TableName, Int?)] = []
        for table in Set(lookup.plan.scanned + lookup.statement.reach.unreached).sorted() {
            let definition = definitions.first { $0.name == table }
            found.append((table, definition == nil ? nil : await sizes.rows(of: definition!)))
        }
        return found
    }

    /// Throws `notServable` if more rows are scanned than may be. What is of unknown size may be.
    func checkScans(_ lookup: any PreparedLookup, _ definitions: [TableDefinition]) async throws {
        if lookup.visitsFewRows { return }
        let scans = await scans(lookup, definitions)
        let total = scans.reduce(0) { $0 + ($1.rows ?? 0) }
        guard total > rules.scannedRows else { return }
        let key = lookup.statement.parameters.map(\.column).joined(separator: ", ")
        throw ServedStatement.notServable(
            scans.filter { ($0.rows ?? 0) > 0 }.map { scan in
                Obstacle(
                    construct: "a scan of \(scan.table) (\(scan.rows ?? 0) rows) in every lookup by \(key)",
                    hint: "\(Self.reason(lookup.statement.reach)); more than \(rules.scannedRows) rows are scanned only if it is saved with ?allow_scan=true")
            })
    }
}
