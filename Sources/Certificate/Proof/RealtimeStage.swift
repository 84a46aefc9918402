internal import FeatureModel
internal import Formats
internal import PostgresTypes
internal import Realtime
internal import SQLDialect
internal import Warehouse

/// A realtime store of its own, filled with made-up rows and asked: what is served is never touched.
final class RealtimeStage: Sendable {
    private let store: any RealtimeStore
    private let zone: Zone

    /// Empty mirrors of the tables.
    init(_ store: any RealtimeStore, _ subject: Subject) async throws {
        self.store = store
        zone = try Zone.named(subject.environment.timeZone)
        let tables = subject.mirrors
        for table in tables {
            try await store.mirror(table)
            try await store.load(table, from: FrameStream { $0.finish() })
        }
    }

    /// Puts the rows in the place of those before.
    func fill(_ tables: [TableDefinition], _ frames: [[Frame]]) async throws {
        try await store.apply(
            ChangeBatch(zip(tables, frames).flatMap { table, frames in [(table.name, .truncate)] + frames.map { (table.name, .upsert($0)) } }))
    }

    func prepare(_ statement: RealtimeStatement) async throws -> any PreparedLookup { try await store.prepare(statement) }

    /// What the store says. Throws only if the task is cancelled.
    func answer(_ lookup: any PreparedLookup, _ question: Subject.Question, clock: Int64) async throws -> EngineAnswer {
        let statement = lookup.statement
        do {
            let key = zip(statement.parameters, question.values).map { KeyValue.bound($1, $0.type) }
            let limits = LookupLimits(seconds: 5, rows: 100_000, clock: clock)
            let frame: Frame
            if let values = question.request {
                let request = zip(statement.requestParameters, values).map { parameter, value in value.map { KeyValue.bound($0, parameter.type) } ?? .null }
                let batch = KeyBatch(count: 1, width: key.count, values: key, requests: request)
                frame = try await store.rows(lookup, keys: batch, limits: limits).frame(of: 0)
            } else {
                frame = try await store.rows(lookup, key: key, limits: limits)
            }
            if let broken = zip(statement.columns, frame.columns).first(where: { !$0.isNullable && $1.nullCount > 0 })?.0 {
                return .failed(sqlstate: nil, message: "the column \(broken.name) holds a null, though it is proven to hold none")
            }
            let encoder = JSONRowEncoder(schema: statement.schema, timeZone: zone)
            return .rows(
                (0..<frame.rowCount).map { row in
                    var bytes: [UInt8] = []
                    encoder.append(frame, row: row, to: &bytes)
                    return String(decoding: bytes, as: UTF8.self)
                })
        } catch let error as RealtimeError where [.timeLimit, .rowLimit, .badRequestValue].contains(error.kind) {
            // No caller can send such a value.
            return .failed(sqlstate: Trial.tooLong, message: error.message)
        } catch let failure as any Failure {
            return .failed(sqlstate: failure.sqlstate, message: failure.reason)
        }
    }
}
