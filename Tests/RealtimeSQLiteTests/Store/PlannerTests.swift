import EmbeddedSQL
import FeatureModel
import Testing

@testable import RealtimeSQLite

/// What SQLite's planner gets wrong unless it is told not to try.
@Suite("The planner")
struct PlannerTests {
    @Test("a LEFT JOIN that changes nothing does not turn the order of the tables behind it round")
    func unusedJoin() throws {
        let connection = try Connection(.memory)
        try connection.execute(
            """
            CREATE TABLE events (id INTEGER PRIMARY KEY, user_id INTEGER) STRICT; CREATE INDEX events_user ON events(user_id);
            CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT; INSERT INTO users VALUES (3);
            INSERT INTO events VALUES (0, 3), (21, 3), (24, 0);
            """)
        let rows = try connection.prepare(
            """
            SELECT a.id, c.id, count(*) OVER (PARTITION BY a.id ORDER BY c.id DESC) FROM events AS a
            LEFT JOIN users AS b ON b.id = a.user_id LEFT JOIN events AS c ON c.user_id = a.user_id ORDER BY 1, 2
            """)
        var found: [[Int64]] = []
        while try rows.step() { found.append([rows.int64(0), rows.int64(1), rows.int64(2)]) }
        #expect(found == [[0, 0, 2], [0, 21, 1], [21, 0, 2], [21, 21, 1], [24, 24, 1]])
    }

    @Test("pairs of values are sought by an index that does not name the row number, which it ends with anyway")
    func pairs() throws {
        let columns = [("id", PostgresType.Kind.int4), ("name", .text), ("a", .int4), ("b", .int4), ("c", .text), ("d", .text), ("e", .text), ("f", .int4)]
        let layout = try MirrorLayout(
            TableDefinition(
                name: TableName(schema: "public", name: "u"), kind: .table,
                columns: columns.map { TableDefinition.Column(name: $0.0, type: PostgresType($0.1), isNullable: $0.0 != "id") }, primaryKey: ["id"]))
        #expect(layout.indexed(["id", "name"]).isEmpty)
        func found(_ columns: [String]) throws -> Int64 {
            let connection = try Connection(.memory)
            try connection.execute(layout.createTable(named: "u"))
            try connection.execute(layout.createIndex(named: "i", on: "u", KeyIndex(key: columns, covered: [])))
            try connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25) INSERT INTO u(id, name) SELECT i, 'name ' || i FROM n")
            let rows = try connection.prepare("SELECT count(*) FROM u t WHERE (t.name, t.id) IN (SELECT s.name, s.id FROM u s WHERE 'name 7' <= s.name)")
            _ = try rows.step()
            return rows.int64(0)
        }
        #expect(try found(layout.indexed(["name", "id"])) == 3)
        // What SQLite 3.40 makes of it; were it 3, nothing would have to be left out.
        #expect(try found(["name", "id"]) == 0)
    }

    @Test("several values at once behind a FULL JOIN are not sought by an index", arguments: ["p(a)", "p(b)"])
    func pairsBehindFullJoin(index: String) throws {
        func rows(_ values: String, index: String? = nil) throws -> [[Int64?]] {
            let connection = try Connection(.memory)
            try connection.execute(
                """
                CREATE TABLE u (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE p (code INTEGER, a INTEGER, b INTEGER) STRICT;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) INSERT INTO u SELECT i FROM n;
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
                INSERT INTO p SELECT i, nullif(i % 4, 5 % i), nullif(i % 6 + 5 * (i % 2), 12) FROM n
                """)
            if let index { try connection.execute("CREATE INDEX i ON \(index)") }
            let rows = try connection.prepare(
                "SELECT u.id, t.code FROM u FULL JOIN p AS t ON t.b = u.id WHERE (\(values)) IN (SELECT s.a, s.b FROM p AS s) ORDER BY 1, 2")
            return try rows.rows { [$0.optionalInt64(0), $0.optionalInt64(1)] }
        }
        let right = try rows("t.a, t.b")
        #expect(right.count > 5)
        #expect(try rows("+t.a, +t.b", index: index) == right)
        // What SQLite 3.40 makes of it; were it right, nothing would have to be added.
        #expect(try rows("t.a, t.b", index: index) != right)
    }
}
