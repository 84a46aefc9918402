public import Certificate
public import FeatureModel
import RealtimeSQLite
public import SQLDialect
public import Warehouse

extension TwoEngines {
    /// A query compiled for the realtime store, with what its certificate needs.
    public struct Compiled: Sendable {
        public let sql: String
        public let typed: TypedStatement
        public let tables: [TableDefinition]
        public var compiler: ServingCompiler
        public var request: RequestRelation?
    }

    /// Throws what PostgreSQL's analysis refuses.
    public func compiled(_ sql: String, request: RequestRelation? = nil) async throws -> Compiled {
        let typed = try await type(request?.typed(sql) ?? sql)
        let tables = definitions.filter { sql.contains($0.name.name) }
        let input = servingInput(typed, request: request, checksTies: true)
        return Compiled(sql: sql, typed: typed, tables: tables, compiler: try await DeepStack.run { try ServingCompiler(input) }, request: request)
    }

    /// What a certificate is about; nil if the realtime store cannot answer the query. Keys that cannot be looked up by are left out.
    public func subject(_ compiled: Compiled, keys: [[String]]) async throws -> Subject? {
        let compiler = compiled.compiler
        guard case .statement(let whole) = try await DeepStack.run({ compiler.compile(key: []) }) else { return nil }
        var keyed: [Subject.Keyed] = []
        for key in keys {
            if case .statement(let statement) = try await DeepStack.run({ compiler.compile(key: key) }) { keyed.append(.init(columns: key, statement: statement)) }
        }
        return Subject(
            sql: compiled.sql, request: compiled.request, canonicalTexts: [compiled.typed.canonicalSQL] + compiled.typed.canonicalViews.values, tables: compiled.tables,
            mirrors: compiled.tables.filter { whole.tables.contains($0.name) }, environment: environment, whole: whole, keyed: keyed,
            isTotallyOrdered: compiler.isTotallyOrdered)
    }

    /// Certifies in the scratch database of ``Typing``.
    public var certifier: Certifier {
        Certifier(prover: typing.prover) { try SQLiteRealtimeStore(.stage(sums: $0)) }
    }

    /// Some rows of each of the query's tables.
    public func sample(_ subject: Subject, rows: Int) async throws -> [TableRows] {
        try await WarehouseSample(warehouse: warehouse, rows: rows, seconds: 5).read(subject)
    }
}
