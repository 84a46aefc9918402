import Catalog
public import FeatureModel
import Realtime
import SQLDialect
import Warehouse

/// Makes a saved query's certificate anew, or tries a text out without saving it.
public struct VerifyQuery: Sendable {
    let serving: Serving
    let certificates: CertificateKeeper
    let certify: CertifyStatement

    /// `{query_id, etl_id?, realtime: {servable, reasons, certificate}}`, over other rows than before unless a seed is given. What comes of it
    /// holds: a query whose answers part is not served from then on, and one that was refused is.
    ///
    /// - Parameter etl: a SQL ETL behind the query; the name of a pair has its own. With one in Python it is the query that is compared.
    public func run(_ source: QuerySource, etl: ETLID?, project: ObjectName, seed: Int?) async throws -> JSONValue {
        let ids = try await serving.library.id(of: source, project: project)
        var key = Serving.Key(project: project, query: ids.query, etl: nil)
        if let etl = etl ?? ids.etl, try await serving.library.etl(etl).language == .sql { key = Serving.Key(project: project, query: ids.query, etl: etl) }
        let (record, obstacles) = try await certificates.verify(key, seed: seed)
        let head: [JSONValue.Member] = [.init("query_id", .string(key.query.hex))] + (key.etl.map { [.init("etl_id", .string($0.hex))] } ?? [])
        return .object(head + [.init("realtime", .realtime(obstacles, record))])
    }

    /// `{query_id: null, realtime, sample?}`; nothing is kept. `sample` holds both engines' answers over some rows of the warehouse.
    public func run(sql: String, request: [RequestColumn]?, entityKey: [String]?, seed: Int?) async throws -> JSONValue {
        let analysed = try await serving.analysed(sql, request: request.map(RequestRelation.init))
        let served = ServedStatement(
            analysed.query, id: nil, keyColumns: analysed.query.schema, store: serving.store, check: serving.reporter.check, options: ServingOptions())
        func answer(_ obstacles: [Obstacle], _ record: CertificateRecord? = nil, _ more: [JSONValue.Member] = []) -> JSONValue {
            .object([.init("query_id", .null), .init("realtime", .realtime(obstacles, record))] + more)
        }
        guard analysed.query.obstacles.isEmpty, let compiler = analysed.query.compiler else { return answer(analysed.query.obstacles) }
        let keys = entityKey.map { [$0] } ?? Array(compiler.candidateKeys().prefix(ServedStatement.maximumKeys / 4))
        do {
            for key in keys { _ = try await served.compile(key: key) }
            let prepared = try await certify.prepare(served, keys: keys, text: StatementText(analysed.checked))
            let record = try await certify.run(prepared, seed: seed ?? Int.random(in: 0..<1 << 31))
            let (postgres, realtime) = try await certify.sideBySide(prepared)
            return answer(
                record.obstacle.map { [$0] } ?? [], record, [.init("sample", ["postgres": Self.lines(postgres), "realtime": Self.lines(realtime)])])
        } catch let error as ExtractionError where error.kind == .notServable {
            return answer(error.obstacles)
        }
    }

    /// The most rows shown of one engine.
    private static let shownRows = 50

    private static func lines(_ answer: EngineAnswer) -> JSONValue {
        switch answer {
        case .rows(let rows): .array(rows.prefix(shownRows).map { .string($0) })
        case .failed(let code, let message): ["sqlstate": .init(code), "msg": .string(message)]
        }
    }
}
