import FeatureModel
import Logging
import SQLDialect
import Warehouse

/// Finds out what a checked statement means: its tables, its types, and whether the realtime store can answer it.
///
/// PostgreSQL does the typing: in the prover over copies of the definitions, and in the warehouse itself, which must agree.
/// With the prover away a statement is still described by the warehouse and runs for training; it is not servable then.
struct AnalyseStatement: Sendable {
    let warehouse: any Warehouse
    let prover: any Prover
    let policy: FunctionPolicy
    let logger: Logger

    /// Analyses the query, or the one statement that it and a SQL ETL behind it make.
    func run(_ query: CheckedQuery, etl: CheckedQuery? = nil) async throws -> AnalysedStatement {
        let sql = etl.map { query.combined(with: $0) } ?? query.statement
        var training = query.trainingOnly + (etl?.trainingOnly ?? [])
        let environment = try await warehouse.environment()
        let references = query.relations.map { RelationReference(schema: $0.schema, name: $0.name) }
        let resolved = try await definitions(references, in: query)
        try await refuseNameTaken(query)
        let typedSQL = query.request?.typed(sql) ?? sql
        /// In the text that was sent: the query's, or the ETL's, whose query has passed by itself.
        func own(_ position: SourcePosition?) -> SourcePosition? {
            var place = position
            if let request = query.request { place = place.flatMap { request.position(in: sql, of: $0) } }
            if let etl { place = place.flatMap { query.position(in: etl, ofCombined: $0) } }
            return place
        }
        let described: [OutputColumn]
        do { described = try await warehouse.describe(typedSQL) } catch let error as WarehouseError { throw error.at(own(error.position)) }
        try (etl ?? query).refuseDuplicates(described.map(\.name))
        let typed: TypedStatement
        do {
            typed = try await prover.type(typedSQL, over: resolved.tables, environment: environment)
        } catch let error as WarehouseError {
            // The warehouse has accepted the statement: what the prover lacks or refuses makes it training-only.
            let obstacle: Obstacle
            switch error.kind {
            case .unavailable, .busy, .timeout:
                logger.warning("the prover is away; a statement was not typed", metadata: ["reason": "\(error.reason)"])
                obstacle = Obstacle(construct: "prover", hint: "the private PostgreSQL that types queries is away; save the query again when it is back")
            default: obstacle = Obstacle(construct: error.message, position: own(error.position), hint: error.hint ?? "training uses it; serving cannot")
            }
            return AnalysedStatement(
                sql: sql, request: query.request, schema: Schema(described.map { .init(name: $0.name, type: $0.type) }), tables: resolved.tables, canonicalSQL: nil,
                compiler: nil, obstacles: training + [obstacle], hasBinaryCollation: environment.hasBinaryCollation, timeZone: environment.timeZone)
        }
        try refuseFunctions(typed.functions, in: query)
        training += foldingObstacles(typed.functions, environment: environment, in: query)
        guard typed.columns == described else { throw disagreement(typed.columns, described) }
        return try await Self.finish(
            sql: sql, request: query.request, canonicalSQL: typed.canonicalSQL, columns: described, tables: resolved.tables,
            hasBinaryCollation: environment.hasBinaryCollation, timeZone: environment.timeZone, obstacles: training)
    }

    /// The last step, shared with a start-up that finds the canonical form in the catalog.
    static func finish(
        sql: String, request: RequestRelation?, canonicalSQL: String, columns: [OutputColumn], tables: [TableDefinition], hasBinaryCollation: Bool, timeZone: String,
        obstacles: [Obstacle]
    ) async throws -> AnalysedStatement {
        let input = ServingInput(
            canonicalSQL: canonicalSQL, views: Dictionary(uniqueKeysWithValues: tables.compactMap { table in table.viewSQL.map { (table.name, $0) } }),
            tables: tables, output: columns.map { ($0.name, $0.type) }, hasBinaryCollation: hasBinaryCollation, timeZone: timeZone, request: request,
            checksTies: true)
        let compiler = try await DeepStack.run { try ServingCompiler(input) }
        let provenNotNull = compiler.nullability
        let schema = Schema(columns.enumerated().map { index, column in .init(name: column.name, type: column.type, isNullable: !provenNotNull[index]) })
        let blocked = tables.compactMap(\.mirrorObstacle).filter { !obstacles.contains($0) }
        return AnalysedStatement(
            sql: sql, request: request, schema: schema, tables: tables, canonicalSQL: canonicalSQL, compiler: compiler, obstacles: obstacles + blocked,
            hasBinaryCollation: hasBinaryCollation, timeZone: timeZone)
    }

    /// The warehouse's own `request` would be hidden by the declared one, wherever the query means it.
    private func refuseNameTaken(_ query: CheckedQuery) async throws {
        guard query.request != nil else { return }
        let reference = RelationReference(schema: nil, name: RequestRelation.name)
        let found: ResolvedDefinitions
        do { found = try await warehouse.definitions(of: [reference]) } catch let error as WarehouseError where error.kind == .unknownTable { return }
        throw ExtractionError(
            .requestNameTaken, "the warehouse has a table '\(found.meaning[reference]?.description ?? RequestRelation.name)', and the query declares request values",
            hint: "rename the table, or take its schema from the search path: what 'request' means must not depend on who reads the query")
    }

    private func definitions(_ references: [RelationReference], in query: CheckedQuery) async throws -> ResolvedDefinitions {
        do {
            return try await warehouse.definitions(of: references)
        } catch let error as WarehouseError where error.kind == .unknownTable && error.position == nil {
            let use = query.relations.first { error.message.contains($0.name) }
            if use?.name == RequestRelation.name, use?.schema == nil {
                throw WarehouseError(
                    .unknownTable, error.message, reason: error.reason,
                    hint: "values that come with the call are declared: \"request\": {\"amount\": \"numeric(12,2)\"}", details: error.details, position: use?.position)
            }
            throw error.at(use?.position)
        }
    }

    /// The second lock on functions: by name and argument types, as PostgreSQL resolved them.
    private func refuseFunctions(_ functions: [FunctionSignature], in query: CheckedQuery) throws {
        for function in functions {
            let isPermitted = policy.permits(
                schema: function.schema, name: function.name, arguments: function.arguments, isVolatile: function.volatility == .volatile)
            if isPermitted { continue }
            throw ExtractionError(
                .functionNotPermitted, "function \(function.name)(\(function.arguments.joined(separator: ", "))) is not permitted",
                hint: "the functions that are permitted stand in architecture/sql-support.md", position: query.locate(function: function.name))
        }
    }

    /// Letter case is folded here as glibc's UTF-8 locales do. Another provider or character type folds otherwise.
    private func foldingObstacles(_ functions: [FunctionSignature], environment: WarehouseEnvironment, in query: CheckedQuery) -> [Obstacle] {
        if environment.foldsAsUnicode { return [] }
        let folding: Set = ["lower", "upper", "initcap", "texticlike", "texticnlike", "texticregexeq", "texticregexne"]
        return Set(functions.map(\.name)).intersection(folding).sorted().map { name in
            Obstacle(
                construct: "function \(name) under the character type \(environment.characterType)", position: query.locate(function: name),
                hint: "letter case is folded as in a UTF-8 locale of the C library; this database folds otherwise")
        }
    }

    private func disagreement(_ prover: [OutputColumn], _ warehouse: [OutputColumn]) -> ExtractionError {
        let differing = zip(prover, warehouse).first { $0 != $1 }
        let reason = differing.map { "the warehouse says \($1.name) is \($1.type), the prover \($0.name) is \($0.type)" }
        return ExtractionError(
            .typesDisagree, "the warehouse and the prover type this query differently", reason: reason,
            hint: "a table may have changed while it was saved: try again")
    }
}

extension WarehouseError {
    fileprivate func at(_ position: SourcePosition?) -> WarehouseError {
        WarehouseError(kind, message, reason: reason, hint: hint, details: details, position: position, sqlstate: sqlstate)
    }
}

extension WarehouseEnvironment {
    /// Whether upper and lower case are glibc's for UTF-8. Turkish, Azeri and Lithuanian have rules of their own.
    var foldsAsUnicode: Bool {
        let type = characterType.lowercased()
        if collation.hasPrefix("icu:") { return false }
        return (type.hasSuffix(".utf-8") || type.hasSuffix(".utf8")) && !["tr_", "az_", "lt_", "icu:"].contains(where: type.hasPrefix)
    }

    /// Whether text sorts by its bytes.
    var hasBinaryCollation: Bool { ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(collation) }
}
