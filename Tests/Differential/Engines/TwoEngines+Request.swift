import Certificate
import FeatureModel
import Formats
import PostgresTypes
import Realtime
import RealtimeSQLite
public import SQLDialect
import Warehouse
import WarehousePostgres

extension TwoEngines {
    /// Compares a query that reads a request, whole or by a key, for each of these rows; and training over all rows at once with one by one.
    public func compare(_ sql: String, _ request: RequestRelation, _ rows: [[String?]], key: [(column: String, value: String)] = []) async throws -> [Verdict] {
        let compiled = try await compiled(sql, request: request)
        guard case .statement(let statement) = try await DeepStack.run({ compiled.compiler.compile(key: key.map(\.column)) }) else {
            guard case .obstacles(let obstacles) = compiled.compiler.compile(key: key.map(\.column)) else { return [] }
            return [.refused(obstacles.map(\.construct))]
        }
        let lookup = try await store.prepare(statement)
        let conditions = zip(statement.parameters, key).map { "\(SQLiteNames.quoted($0.column)) = \(KeyValue.literal($1.value, $0.type))" }
        let asked = conditions.isEmpty ? sql : "SELECT * FROM (\(sql)\n) t WHERE \(conditions.joined(separator: " AND "))"
        var verdicts: [Verdict] = []
        for row in rows {
            let expected = await Self.answer { try await self.rows(of: request.filled(asked, row)) }
            let found = await Self.answer {
                let values = zip(request.columns, row).map { column, value in value.map { KeyValue.bound($0, column.type) } ?? .null }
                let keys = zip(statement.parameters, key).map { KeyValue.bound($1.value, $0.type) }
                let batch = KeyBatch(count: 1, width: keys.count, values: keys, requests: values)
                var written: [UInt8] = []
                try await self.store.rows(
                    lookup, keys: batch, limits: LookupLimits(seconds: 60), as: JSONRowEncoder(schema: statement.schema), to: &written) { _, _, _ in }
                return RowBytes.objects(written)
            }
            switch AnswerComparison(statement, isOrdered: compiled.compiler.isTotallyOrdered).compare(expected, found) {
            case .identical(let count): verdicts.append(.identical(rows: count))
            case .approximate(let count): verdicts.append(.approximate(rows: count))
            case .bothFail(let code): verdicts.append(.bothFail(code))
            case .declined: verdicts.append(.ties(rows: 0))
            case .oneFails(let what): verdicts.append(.oneFails("\(row): \(what)"))
            case .different(let what), .printedDifferently(let what), .roundedDifferently(_, let what): verdicts.append(.different("\(row): \(what)\n  SQLite: \(statement.sql)"))
            }
        }
        return verdicts
    }

    /// What training over these rows gives, as the service runs it.
    public func trained(_ sql: String, _ request: RequestRelation, json: String) async throws -> [String] {
        var limits = RunLimits(seconds: 60)
        limits.settings[RequestRelation.setting] = json
        var lines: [String] = []
        for try await batch in try await warehouse.jsonRows(of: request.repeated(sql), limits: limits) { lines += RowBytes.objects(batch.bytes) }
        return lines
    }

    /// What PostgreSQL gives for one row.
    public func filled(_ sql: String, _ request: RequestRelation, _ row: [String?]) async throws -> [String] { try await rows(of: request.filled(sql, row)) }

    private static func answer(_ body: () async throws -> [String]) async -> EngineAnswer {
        do { return .rows(try await body()) } catch let failure as any Failure {
            return .failed(sqlstate: failure.sqlstate, message: failure.reason)
        } catch { return .failed(sqlstate: nil, message: "\(error)") }
    }
}
