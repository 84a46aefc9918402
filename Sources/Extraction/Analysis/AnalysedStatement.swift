import Crypto
import FeatureModel
import Foundation
import SQLDialect

/// What is known about a statement against one state of the warehouse's definitions.
struct AnalysedStatement: Sendable {
    /// The user's own text, or query and SQL ETL combined: what PostgreSQL runs, unless it reads a request.
    let sql: String
    /// What it reads from the call itself.
    let request: RequestRelation?
    let schema: Schema
    /// Every relation read, views and what they stand on included.
    let tables: [TableDefinition]
    /// PostgreSQL's typed form; nil if the prover was away.
    let canonicalSQL: String?
    /// Nil if there is no canonical form to start from.
    let compiler: ServingCompiler?
    /// Reasons found so far why it cannot be served; compiling for a key may find more.
    var obstacles: [Obstacle]
    let hasBinaryCollation: Bool
    let timeZone: String

    /// What PostgreSQL can describe and plan without a call's values.
    var plannableSQL: String { request?.typed(sql) ?? sql }

    /// What PostgreSQL runs for all rows; of a request that it reads, the rows are in ``RequestRelation/setting``.
    var trainingSQL: String { request?.repeated(sql) ?? sql }

    func adding(_ obstacle: Obstacle) -> AnalysedStatement {
        var copy = self
        copy.obstacles.append(obstacle)
        return copy
    }

    func removing(_ construct: String) -> AnalysedStatement {
        var copy = self
        copy.obstacles.removeAll { $0.construct == construct }
        return copy
    }

    var definitionsDigest: String { Self.digest(of: tables) }

    /// Tables whose rows the realtime store must hold.
    var baseTables: [TableDefinition] { TableDefinition.mirrored(tables) }

    /// Changes with every definition, not with the planner's estimates.
    static func digest(of tables: [TableDefinition]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let stable = tables.sorted { $0.name < $1.name }.map { table in
            TableDefinition(
                name: table.name, kind: table.kind, columns: table.columns, primaryKey: table.primaryKey, uniqueKeys: table.uniqueKeys,
                foreignKeys: [], indexes: [], viewSQL: table.viewSQL, hasRowSecurity: table.hasRowSecurity, estimatedRows: -1)
        }
        // Strings and integers alone: encoding them cannot fail.
        let bytes = (try? encoder.encode(stable)) ?? Data()
        return SHA256.hash(data: bytes).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }
}

extension TableDefinition {
    /// Those of the relations whose rows the realtime store must hold, as it can hold them.
    static func mirrored(_ tables: [TableDefinition]) -> [TableDefinition] { tables.filter { $0.kind != .view }.map(\.mirrorable) }

    /// The columns the realtime store can hold. A query that reads another one is told by the compiler.
    var mirrorable: TableDefinition {
        let kept = columns.filter { Encoding.ofColumn($0.type) != nil }
        let names = Set(kept.map(\.name))
        return TableDefinition(
            name: name, kind: kind, columns: kept, primaryKey: primaryKey.allSatisfy(names.contains) ? primaryKey : [],
            uniqueKeys: uniqueKeys.filter { $0.allSatisfy(names.contains) }, foreignKeys: foreignKeys, indexes: indexes, viewSQL: viewSQL,
            hasRowSecurity: hasRowSecurity, estimatedRows: estimatedRows)
    }

    /// Why the rows of this relation cannot be kept in the realtime store.
    var mirrorObstacle: Obstacle? {
        switch kind {
        case .table, .partitioned, .view:
            guard hasRowSecurity else { return nil }
            return Obstacle(construct: "row-level security on \(name)", hint: "what a reader may see depends on who asks; serve from a table without it")
        case .materializedView:
            return Obstacle(construct: "materialized view \(name)", hint: "its changes cannot be followed; select from the tables it stands on")
        case .foreign:
            return Obstacle(construct: "foreign table \(name)", hint: "its changes cannot be followed; copy it into a table")
        case .other:
            return Obstacle(construct: "relation \(name)", hint: "only tables, partitioned tables and views can be served")
        }
    }
}
