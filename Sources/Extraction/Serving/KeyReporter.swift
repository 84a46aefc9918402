import Catalog
import FeatureModel
import Realtime
import SQLDialect
import Warehouse

/// Describes how a served statement is looked up, for the catalog and for people.
struct KeyReporter: Sendable {
    let check: LookupCheck
    let warehouse: any Warehouse

    /// - Parameter obstacles: why it is not servable at all.
    func report(_ served: ServedStatement, obstacles: [Obstacle]) async throws -> ServingReport {
        let tables = served.analysed.tables
        var columns: [ServingReport.KeyColumn] = []
        for field in served.keyColumns.fields {
            let reason: String?
            if let obstacle = obstacles.first { reason = "not servable: \(obstacle.construct)" } else { reason = try await whyNotLocal(field.name, served) }
            columns.append(.init(column: field.name, type: field.type.description, isLocal: reason == nil, reason: reason))
        }
        var lookups: [ServingReport.Lookup] = []
        var suggestions: [String] = []
        for key in served.preparedKeys {
            guard let lookup = served.preparedLookup(by: key) else { continue }
            let scans = await check.scans(lookup, tables)
            lookups.append(
                .init(
                    key: key, plan: lookup.plan.steps.map(\.text), scans: scans.map { .init(table: $0.table, rows: $0.rows) },
                    estimatedRows: Self.estimate(lookup.plan, scans, tables)))
            for index in lookup.statement.wantedIndexes {
                guard let definition = tables.first(where: { $0.name == index.table }), !definition.hasIndex(on: index.columns) else { continue }
                let statement = Self.createIndex(index)
                if !suggestions.contains(statement) { suggestions.append(statement) }
            }
        }
        let plan = (try? await warehouse.explain(served.analysed.plannableSQL)) ?? []
        return ServingReport(columns: columns, lookups: lookups, warehousePlan: plan, suggestedIndexes: suggestions)
    }

    private func whyNotLocal(_ column: String, _ served: ServedStatement) async throws -> String? {
        let lookup = served.preparedLookup(by: [column])
        let statement: RealtimeStatement
        if let lookup { statement = lookup.statement } else {
            do { statement = try await served.compile(key: [column]) } catch let error as ExtractionError where error.kind == .notServable {
                return error.obstacles.first?.construct ?? error.message
            }
        }
        let reach = statement.reach
        let hot = check.hotTables(reach)
        if !hot.isEmpty { return "the key does not reach hot table \(hot.map(\.description).joined(separator: ", ")): \(LookupCheck.reason(reach))" }
        let unreached = Set(reach.unreached).union(lookup?.plan.scanned ?? []).sorted()
        guard !unreached.isEmpty else { return lookup?.visitsFewRows == false ? "its plan reads every row of a table" : nil }
        var named: [String] = []
        for table in unreached {
            let definition = served.analysed.tables.first { $0.name == table }
            let rows = definition == nil ? nil : await check.sizes.rows(of: definition!)
            named.append(rows.map { "\(table) (\($0) rows)" } ?? "\(table)")
        }
        let reason = reach.unreached.isEmpty ? "its plan scans" : LookupCheck.reason(reach)
        return "the key does not reach table \(named.joined(separator: ", ")), so a lookup reads all of its rows: \(reason)"
    }

    private static func estimate(_ plan: LookupPlan, _ scans: [(table: TableName, rows: Int?)], _ tables: [TableDefinition]) -> Int? {
        var total = 0
        for scan in scans {
            guard let rows = scan.rows else { return nil }
            total += rows
        }
        for step in plan.steps {
            guard let table = step.searched, let definition = tables.first(where: { $0.name == table }) else { continue }
            total += definition.isUnique(step.columns) ? 1 : 10
        }
        return total
    }

    private static func createIndex(_ index: RealtimeStatement.WantedIndex) -> String {
        func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
        return "CREATE INDEX ON \(quoted(index.table.schema)).\(quoted(index.table.name)) (\(index.columns.map(quoted).joined(separator: ", ")))"
    }
}

extension TableDefinition {
    fileprivate func hasIndex(on wanted: [String]) -> Bool {
        ([primaryKey] + uniqueKeys + indexes).contains { Set($0.prefix(wanted.count)) == Set(wanted) }
    }

    fileprivate func isUnique(_ columns: [String]) -> Bool {
        ([primaryKey] + uniqueKeys).contains { !$0.isEmpty && Set(columns).isSuperset(of: $0) } || columns == ["rowid"]
    }
}

extension ServingReport {
    /// `[{column, type, local, reason?}]`
    var keys: JSONValue {
        .array(
            columns.map { column in
                var members: [JSONValue.Member] = [
                    .init("column", .string(column.column)), .init("type", .string(column.type)), .init("local", .bool(column.isLocal)),
                ]
                if let reason = column.reason { members.append(.init("reason", .string(reason))) }
                return .object(members)
            })
    }

    /// `[{key, plan, scans: [{table, rows}], estimated_rows}]`
    var plans: JSONValue {
        .array(
            lookups.map { lookup in
                [
                    "key": .array(lookup.key.map { .string($0) }), "plan": .array(lookup.plan.map { .string($0) }),
                    "scans": .array(lookup.scans.map { ["table": .string($0.table.description), "rows": $0.rows.map { .init($0) } ?? .null] }),
                    "estimated_rows": lookup.estimatedRows.map { .init($0) } ?? .null,
                ]
            })
    }
}
