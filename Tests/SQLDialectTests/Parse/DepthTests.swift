import FeatureModel
import SQLDialect
import Testing

/// Texts of exactly the largest size (64 KB), or as near as their shape allows, that nest as deeply as that permits.
@Suite struct DepthTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let name: String
        let open: String
        let middle: String
        let close: String

        var testDescription: String { name }

        func text(bytes: Int = 65_536) -> String {
            let count = (bytes - middle.utf8.count - 16) / (open.utf8.count + close.utf8.count)
            return "SELECT " + String(repeating: open, count: count) + middle + String(repeating: close, count: count)
        }
    }

    static let shapes: [Shape] = [
        Shape(name: "a sum", open: "1+", middle: "1", close: ""),
        Shape(name: "a power", open: "1^", middle: "1", close: ""),
        Shape(name: "concatenation", open: "''||", middle: "''", close: ""),
        Shape(name: "parentheses", open: "(", middle: "1", close: ")"),
        Shape(name: "opening parentheses", open: "(", middle: "1", close: ""),
        Shape(name: "parentheses around a SELECT", open: "(SELECT ", middle: "1", close: ")"),
        Shape(name: "unions", open: "1 UNION SELECT ", middle: "1", close: ""),
        Shape(name: "unions in parentheses", open: "1 UNION (SELECT ", middle: "1", close: ")"),
        Shape(name: "FROM (SELECT", open: "* FROM (SELECT ", middle: "1", close: ") t"),
        Shape(name: "CASE", open: "CASE WHEN a THEN b ELSE ", middle: "1", close: " END"),
        Shape(name: "CASE in its condition", open: "CASE WHEN ", middle: "true", close: " THEN 1 END"),
        Shape(name: "function calls", open: "abs(", middle: "1", close: ")"),
        Shape(name: "coalesce", open: "coalesce(", middle: "1", close: ")"),
        Shape(name: "NOT", open: "NOT ", middle: "true", close: ""),
        Shape(name: "minus before a number", open: "- ", middle: "1", close: ""),
        Shape(name: "minus before a column", open: "- ", middle: "a", close: ""),
        Shape(name: "plus", open: "+ ", middle: "1", close: ""),
        Shape(name: "arrays", open: "ARRAY[", middle: "1", close: "]"),
        Shape(name: "inner arrays", open: "ARRAY[[", middle: "1", close: "]]"),
        Shape(name: "bare brackets", open: "[", middle: "1", close: "]"),
        Shape(name: "subscripts", open: "a[", middle: "1", close: "]"),
        Shape(name: "AND", open: "a AND ", middle: "b", close: ""),
        Shape(name: "OR and AND in turns", open: "a AND (b OR ", middle: "c", close: ")"),
        Shape(name: "comparisons in parentheses", open: "a=(", middle: "1", close: ")"),
        Shape(name: "casts", open: "", middle: "1", close: "::int"),
        Shape(name: "IS NULL", open: "", middle: "a", close: " IS NULL"),
        Shape(name: "AT TIME ZONE", open: "", middle: "a", close: " AT TIME ZONE b"),
        Shape(name: "COLLATE", open: "", middle: "a", close: " COLLATE b"),
        Shape(name: "CAST", open: "CAST(", middle: "1", close: " AS int)"),
        Shape(name: "rows", open: "ROW(", middle: "1", close: ")"),
        Shape(name: "joins", open: "1 FROM t", middle: "", close: " CROSS JOIN t"),
        Shape(name: "joins in parentheses", open: "* FROM (", middle: "t", close: " CROSS JOIN t)"),
        Shape(name: "EXISTS", open: "EXISTS(SELECT ", middle: "1", close: ")"),
        Shape(name: "IN", open: "1 IN (SELECT ", middle: "1", close: ")"),
        Shape(name: "list of values", open: "1,", middle: "1", close: ""),
        Shape(name: "comments", open: "/*", middle: "", close: "*/1"),
        Shape(name: "quotes", open: "''", middle: "", close: "\"\""),
        Shape(name: "WITH", open: "1 FROM (WITH a AS (SELECT 1) SELECT ", middle: "1", close: ") x"),
        Shape(name: "FILTER", open: "sum(1) FILTER (WHERE ", middle: "a", close: ")"),
        Shape(name: "BETWEEN", open: "a BETWEEN b AND ", middle: "c", close: ""),
        Shape(name: "GROUPING SETS", open: "1 GROUP BY ROLLUP(", middle: "a", close: ")"),
    ]

    @Test("64 KB of nesting is answered, by a tree or by a refusal that says where", arguments: shapes)
    func nesting(shape: Shape) async throws {
        let sql = shape.text()
        #expect(sql.utf8.count <= 65_536)
        let outcome = try await DeepStack.run { () -> Result<Int, SQLDialectError> in
            Result { () throws(SQLDialectError) in try ParseTree.parse(sql).depth }
        }
        switch outcome {
        case .success(let depth): #expect(depth <= 500)
        case .failure(let error):
            #expect(error.kind == .tooDeep || error.kind == .syntax, "\(error)")
            #expect(error.position != nil, "\(error)")
        }
    }

    @Test("the largest canonical text is answered too", arguments: ["a sum", "unions", "casts", "parentheses", "NOT", "joins"])
    func canonical(name: String) async throws {
        let sql = try #require(Self.shapes.first { $0.name == name }).text(bytes: ParseLimits.canonical.bytes)
        let depth = try await DeepStack.run { () -> Int? in
            do { return try ParseTree.parse(sql, limits: .canonical).depth } catch let error as SQLDialectError {
                #expect(error.kind == .tooDeep || error.kind == .syntax, "\(error)")
                return nil
            }
        }
        #expect(depth ?? 0 <= ParseLimits.canonical.depth)
    }

    @Test("refuses 64 KB of what leaves a deep tree", arguments: ["a sum", "unions", "CASE", "function calls", "NOT", "minus before a column", "arrays", "casts", "EXISTS", "FROM (SELECT"])
    func tooDeep(name: String) async throws {
        let sql = try #require(Self.shapes.first { $0.name == name }).text()
        let error = try await #require(throws: SQLDialectError.self) { try await DeepStack.run { try ParseTree.parse(sql) } }
        #expect(error.kind == .tooDeep)
        #expect(error.hint != nil)
    }

    @Test("permits 64 KB of what is long but flat", arguments: ["AND", "list of values"])
    func flat(name: String) async throws {
        let sql = try #require(Self.shapes.first { $0.name == name }).text()
        let tree = try await DeepStack.run { try ParseTree.parse(sql) }
        #expect(tree.depth < 12)
    }

    @Test("answers 5,000 nested parentheses and 50,000 unions")
    func named() async throws {
        let parentheses = "SELECT " + String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
        let depth = try await DeepStack.run { try ParseTree.parse(parentheses).depth }
        #expect(depth < 10)
        let unions = "SELECT 1" + String(repeating: " UNION SELECT 1", count: 50_000)
        let error = try #require(throws: SQLDialectError.self) { try ParseTree.parse(unions) }
        #expect(error.kind == .tooLarge)
        let fits = "SELECT 1" + String(repeating: "\nUNION SELECT 1", count: 480)
        #expect(try ParseTree.parse(fits).depth < 500)
    }

    @Test("a size of 65,536 bytes is the last that is read")
    func size() throws {
        let sql = "SELECT '" + String(repeating: "é", count: 32_763) + "'"
        #expect(sql.utf8.count == 65_535)
        #expect(try ParseTree.parse(sql + " ").statements.count == 1)
        let error = try #require(throws: SQLDialectError.self) { try ParseTree.parse(sql + "  ") }
        #expect(error.kind == .tooLarge)
        #expect(error.message == "the SQL text has 65537 bytes; the limit is 65536")
    }

    @Test("many texts at once from ordinary threads are each answered")
    func crowd() async throws {
        let sql = try #require(Self.shapes.first { $0.name == "AND" }).text(bytes: 8_000)
        let depths = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<64 { group.addTask { try await DeepStack.run { try ParseTree.parse(sql).depth } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(depths.count == 64)
        #expect(Set(depths).count == 1)
    }
}
