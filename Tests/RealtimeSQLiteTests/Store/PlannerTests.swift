import EmbeddedSQL
import Testing

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
}
