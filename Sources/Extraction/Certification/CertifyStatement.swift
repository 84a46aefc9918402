import Catalog
import Certificate
import Crypto
import FeatureModel
import Foundation
import Realtime
import SQLDialect
import Warehouse

/// Makes certificates: brings together what the prover, a small store and the warehouse's rows say about one statement.
///
/// Certificates of one statement that are asked for at once are made once. One is made at a time: the rest of the prover is for typing.
actor CertifyStatement {
    private let certifier: Certifier
    private let warehouse: any Warehouse
    private let library: Library
    private let policy: FunctionPolicy
    private var running: [CertificateRecord.Basis: Task<CertificateRecord, any Error>] = [:]
    private var last: Task<CertificateRecord, any Error>?

    init(prover: any Prover, makeStage: @escaping @Sendable (SumRounding) throws -> any RealtimeStore, warehouse: any Warehouse, library: Library, policy: FunctionPolicy) {
        certifier = Certifier(prover: prover, makeStore: makeStage)
        self.warehouse = warehouse
        self.library = library
        self.policy = policy
    }

    /// A statement with everything that its certificate is made from.
    struct Prepared: Sendable {
        let subject: Subject
        let basis: CertificateRecord.Basis
        var keys: [[String]] { subject.keyed.map(\.columns) }
    }

    /// Compiles the statement for its keys. Throws what it is not servable for, and `unavailable` if the warehouse never answered yet.
    nonisolated func prepare(_ served: ServedStatement, keys: [[String]], text: StatementText) async throws -> Prepared {
        let environment = try await warehouse.environment()
        let whole = try await served.compile(key: [])
        var keyed: [Subject.Keyed] = []
        for key in Set(keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) where !key.isEmpty {
            do { keyed.append(Subject.Keyed(columns: key, statement: try await served.compile(key: key))) } catch let error as ExtractionError
                where error.kind == .notServable
            { continue }
        }
        let analysed = served.analysed
        let subject = Subject(
            sql: text.sql, filtered: text.filtered, request: analysed.request, canonicalTexts: [analysed.canonicalSQL].compactMap(\.self) + analysed.tables.compactMap(\.viewSQL),
            tables: analysed.tables, mirrors: analysed.baseTables, environment: environment, whole: whole, keyed: keyed,
            isTotallyOrdered: analysed.compiler?.isTotallyOrdered ?? false)
        let statements = [whole.sql] + keyed.flatMap { $0.columns + [$0.statement.sql] }
        return Prepared(
            subject: subject,
            basis: CertificateRecord.Basis(
                version: Certifier.version, statementsDigest: Self.digest(statements), definitionsDigest: analysed.definitionsDigest,
                serverVersion: environment.versionNumber, collation: environment.collation, characterType: environment.characterType,
                timeZone: environment.timeZone))
    }

    /// - Parameter seed: nil for one that follows from the statements: the same query gets the same rows.
    func run(_ prepared: Prepared, seed: Int? = nil) async throws -> CertificateRecord {
        if let task = running[prepared.basis], seed == nil { return try await task.value }
        let before = last
        let task = Task { [certifier, warehouse] in
            _ = await before?.result
            let began = ContinuousClock.now
            let number = seed ?? Int(prepared.basis.statementsDigest.prefix(6), radix: 16) ?? 0
            // Without its rows the made-up ones have to do.
            let sample = (try? await WarehouseSample(warehouse: warehouse).read(prepared.subject)) ?? []
            let finding = try await certifier.certify(prepared.subject, sample: sample, seed: number)
            return CertificateRecord(
                finding, basis: prepared.basis, keys: prepared.keys, milliseconds: Int(began.duration(to: .now) / .milliseconds(1)))
        }
        last = task
        if seed == nil { running[prepared.basis] = task }
        defer { if seed == nil { running[prepared.basis] = nil } }
        return try await task.value
    }

    /// Both engines' answers over rows of the warehouse, for people.
    nonisolated func sideBySide(_ prepared: Prepared) async throws -> (postgres: EngineAnswer, realtime: EngineAnswer) {
        let sample = try await WarehouseSample(warehouse: warehouse).read(prepared.subject)
        return try await certifier.answers(prepared.subject, over: sample)
    }

    nonisolated func text(of key: Serving.Key) async throws -> StatementText {
        let query = try await library.query(key.query)
        let etl = if let id = key.etl { try await library.etl(id).source as String? } else { String?.none }
        return try await StatementText(query.sql, etl: etl, request: query.requestRelation, policy: policy)
    }

    private static func digest(_ texts: [String]) -> String {
        let joined = texts.map { "\($0.utf8.count):\($0)" }.joined()
        return SHA256.hash(data: Data(joined.utf8)).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }
}

/// What PostgreSQL runs for a served statement, whole and for some rows of the query.
struct StatementText: Sendable {
    let sql: String
    let filtered: (@Sendable (String) -> String)?

    private init(sql: String, filtered: (@Sendable (String) -> String)?) {
        self.sql = sql
        self.filtered = filtered
    }

    init(_ query: CheckedQuery) { self.init(sql: query.statement, filtered: nil) }

    /// With a SQL ETL the condition stands between the query and the ETL, which sees one entity's rows.
    init(_ sql: String, etl: String?, request: RequestRelation?, policy: FunctionPolicy) async throws {
        let query = try await CheckedQuery(sql, as: .query, policy: policy, request: request)
        guard let etl else {
            self.init(query)
            return
        }
        let checked = try await CheckedQuery(etl, as: .sqlETL, policy: policy)
        self.init(sql: query.combined(with: checked)) { query.combined(with: checked, where: $0) }
    }
}
