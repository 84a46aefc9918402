import Differential
import Testing

@testable import SQLDialect

/// The random queries are worth what they write: every construct of the support table must be among them.
@Suite("Random queries write what the store answers")
struct GrammarCoverageTests {
    /// What PostgreSQL's parser makes of queries: names of functions and operators, kinds of nodes, and what the words of clauses say.
    private struct Written {
        var names: [String: Int] = [:]

        mutating func add(_ sql: String) throws {
            for node in try ParseTree.parse(sql).allNodes {
                note("node \(node.kindName)")
                switch node.kind {
                case .functionCall:
                    note("function \(node.strings("funcname").last ?? "")")
                    if node.bool("agg_within_group") { note("clause WITHIN GROUP") }
                    if node["agg_filter"] != nil { note("clause FILTER") }
                    if node["over"] != nil { note("window \(node.strings("funcname").last ?? "")") }
                case .expression: note("operator \(node.strings("name").last ?? "")")
                case .groupingSet: note("clause \(node.string("kind") ?? "")")
                case .rangeSubselect, .rangeFunction:
                    if node.bool("lateral") { note("clause LATERAL") }
                    if node.bool("ordinality") { note("clause ORDINALITY") }
                case .withClause: if node.bool("recursive") { note("clause RECURSIVE") }
                case .selectStmt:
                    if node.list("distinctClause").first.map({ $0.kind != .empty }) == true { note("clause DISTINCT ON") }
                    if !node.list("valuesLists").isEmpty { note("clause VALUES") }
                case .windowDef: for (bit, word) in Self.frames where node.int("frameOptions") & bit != 0 { note("frame \(word)") }
                default: break
                }
            }
        }

        private mutating func note(_ name: String) { names[name, default: 0] += 1 }

        /// Bits of `frameOptions` in PostgreSQL's `parsenodes.h`.
        static let frames = [
            (0x2, "RANGE"), (0x4, "ROWS"), (0x8, "GROUPS"), (0x8000, "EXCLUDE CURRENT ROW"), (0x10000, "EXCLUDE GROUP"), (0x20000, "EXCLUDE TIES"),
        ]
    }

    private static func written(seeds: Range<Int>) throws -> [String: Int] {
        var written = Written()
        for first in stride(from: seeds.lowerBound, to: seeds.upperBound, by: FuzzQuery.queriesPerTables) {
            let tables = FuzzQuery.tables(ofQuery: first)
            for seed in first..<min(first + FuzzQuery.queriesPerTables, seeds.upperBound) {
                try written.add(FuzzQuery(seed: seed, tables: tables).sql)
            }
        }
        return written.names
    }

    /// What the table holds and no query needs to write, and why.
    private static let exceptions: [String: String] = [:]

    @Test("every function, operator and aggregate of the support table, and every clause")
    func coverage() throws {
        let written = try Self.written(seeds: 0..<6_000)
        var wanted: Set<String> = []
        for entry in SupportTable.entries {
            switch entry.kind {
            case .function, .aggregate, .windowFunction: wanted.insert("function \(entry.name)")
            case .operator: wanted.insert("operator \(entry.name)")
            case .cast: break
            }
        }
        for name in Binder.rowFunctions.union(Binder.jsonFunctions).union(Binder.jsonAggregates).union(Binder.pathOperators.keys) {
            wanted.insert("function \(name)")
        }
        for name in ["concat", "concat_ws", "format", "num_nulls", "num_nonnulls", "now"] { wanted.insert("function \(name)") }
        for name in ["lag", "lead", "first_value", "last_value", "nth_value", "sum", "avg", "min", "max", "count"] { wanted.insert("window \(name)") }
        for kind in [
            NodeKind.subLink, .arrayExpr, .rowExpr, .groupingFunction, .indirection, .minMax, .coalesce, .caseExpr, .booleanTest, .nullTest,
            .typeCast, .commonTableExpr, .namedArgument,
            .sqlValueFunction,
        ] { wanted.insert("node \(kind.rawValue)") }
        for clause in [
            "WITHIN GROUP", "FILTER", "GROUPING_SET_ROLLUP", "GROUPING_SET_CUBE", "GROUPING_SET_SETS", "LATERAL", "ORDINALITY", "RECURSIVE",
            "DISTINCT ON", "VALUES",
        ] { wanted.insert("clause \(clause)") }
        for (_, word) in Written.frames { wanted.insert("frame \(word)") }
        let missing = wanted.subtracting(written.keys).subtracting(Self.exceptions.keys)
        #expect(missing.sorted() == [])
        #expect(Self.exceptions.keys.filter { written[$0] != nil } == [])
    }
}
