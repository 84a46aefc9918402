@testable import Certificate
import FeatureModel
import Testing
import Warehouse

@Suite("Adversarial rows")
struct ScenarioTests {
    private let parent = TableDefinition(
        name: TableName(schema: "s", name: "parent"), kind: .table,
        columns: [
            .init(name: "id", type: PostgresType(.int4), isNullable: false), .init(name: "name", type: PostgresType(.text), isNullable: false),
            .init(name: "at", type: PostgresType(.timestamptz), isNullable: true), .init(name: "unread", type: PostgresType(.text), isNullable: true),
        ], primaryKey: ["id"])
    private let child = TableDefinition(
        name: TableName(schema: "s", name: "child"), kind: .table,
        columns: [
            .init(name: "id", type: PostgresType(.int8), isNullable: false), .init(name: "parent", type: PostgresType(.int4), isNullable: true),
            .init(name: "price", type: .numeric(precision: 6, scale: 2), isNullable: true), .init(name: "score", type: PostgresType(.float8), isNullable: true),
        ], primaryKey: ["id"],
        foreignKeys: [.init(columns: ["parent"], references: TableName(schema: "s", name: "parent"), referencedColumns: ["id"])])
    private let sql = """
        SELECT p.id, p.name, sum(c.price) AS total FROM s.parent p LEFT JOIN s.child c ON c.parent = p.id AND c.score > 0.5::double precision
        WHERE p.name = 'gold'::text AND p.at >= '2024-03-31 00:00:00+00'::timestamp with time zone AND c.price < 19.99 AND c.id > 0 GROUP BY p.id, p.name LIMIT 7
        """

    private func scenarios(seed: Int = 1) throws -> [Scenario] { try AdversarialScenarios([sql], over: [parent, child], keys: ["id"], seed: seed).make() }

    private func values(_ column: String, of table: String) throws -> Set<String?> {
        var found: Set<String?> = []
        for rows in try scenarios().flatMap(\.rows) where rows.table.name == table {
            let place = try #require(rows.columns.firstIndex(of: column))
            found.formUnion(rows.rows.map { $0[place] })
        }
        return found
    }

    @Test("follow from the seed")
    func seed() throws {
        #expect(try scenarios().map(\.rows) == scenarios().map(\.rows))
        #expect(try scenarios().map(\.rows) != scenarios(seed: 2).map(\.rows))
    }

    @Test("keep NOT NULL and foreign keys", arguments: 1...20)
    func constraints(seed: Int) throws {
        for scenario in try scenarios(seed: seed) {
            let parents = Set(scenario.rows[0].rows.map { $0[0] })
            #expect(!scenario.rows[0].rows.contains { $0[0] == nil || $0[1] == nil }, "\(scenario.name)")
            #expect(scenario.rows[1].rows.allSatisfy { $0[0] != nil && ($0[1] == nil || parents.contains($0[1])) }, "\(scenario.name)")
        }
    }

    @Test("hold the query's constants and their neighbours, nulls, and what is odd about each type")
    func values() throws {
        #expect(try values("name", of: "parent").isSuperset(of: ["gold", "goldx", "GOLD", "", "é"]))
        #expect(try values("at", of: "parent").isSuperset(of: ["2024-03-31 00:00:00+00", "2024-03-30 23:59:59.999999+00", "2024-03-31 00:00:00.000001+00", nil, "infinity"]))
        #expect(try values("price", of: "child").isSuperset(of: ["19.99", "19.98", "20.00", "9999.99", "-9999.99", "0.005", nil]))
        #expect(try values("score", of: "child").isSuperset(of: ["0.5", "0.501", "Infinity", "1e308"]))
    }

    @Test("leave out what a mirror cannot hold, and what is not read")
    func leftOut() throws {
        #expect(try values("score", of: "child").isDisjoint(with: ["NaN", "-0"]))
        #expect(try values("unread", of: "parent") == [nil])
    }

    @Test("have tables without rows, single rows, and more rows than LIMIT takes")
    func sizes() throws {
        let all = try scenarios()
        #expect(all.contains { $0.rows.allSatisfy(\.rows.isEmpty) })
        #expect(all.contains { $0.rows[0].rows.count > 5 && $0.rows[1].rows.isEmpty })
        #expect(all.contains { $0.rows[0].rows.count == 1 })
        #expect(all.contains { $0.rows[0].rows.count == 17 })
    }

    @Test("documents have the members that the query asks for, of the kinds it casts them to")
    func documents() throws {
        let literals = try QueryLiterals(["SELECT ((e.doc -> 'a'::text) ->> 'b'::text)::integer AS n, e.doc ->> 'kind'::text AS k FROM s.e"])
        #expect(literals.paths["doc"] == [.init(keys: ["a", "b"], type: "int4"), .init(keys: ["kind"], type: nil)])
        let pool = ValuePool(.init(name: "doc", type: PostgresType(.jsonb), isNullable: true), literals)
        #expect(pool.near.contains { (try? JSONReader.read($0))?["a"]?["b"] == .string("42") })
        #expect(pool.near.allSatisfy { (try? JSONReader.read($0)) != nil })
    }
}
