import Differential
import Realtime
import SQLDialect
import Testing

@Suite("A key of any type goes inside, its extreme values too", .serialized)
struct KeyTypeTests {
    private static let setup = """
        CREATE TABLE kinds (
            id int PRIMARY KEY, b boolean, i2 smallint, i4 int, i8 bigint, n numeric, m numeric(10,2), w numeric(30,5), f real, g double precision, t text,
            v varchar(20), d date, ts timestamp, tz timestamptz, u uuid, iv interval);
        INSERT INTO kinds VALUES
            (1, true, -32768, -2147483648, -9223372036854775808, 1e-30, -99999999.99, 1234567890123456789012345.12345, 0.1, 1e300, '', '', '0001-01-01',
             '1969-12-31 23:59:59.999999', '2024-03-31 01:30:00+00', '00000000-0000-0000-0000-000000000000', '-1 day'),
            (2, false, 32767, 2147483647, 9223372036854775807, 123456789012345678901234567890.5, 0, -0.00001, 3.4e38, 0.1, 'it''s "é" 😀', 'a b', '9999-12-31',
             '9999-12-31 23:59:59', '1900-01-01 00:00:00+00', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '1 mon 2 days'),
            (3, true, 0, 0, 0, 0, 0.01, 0, 1, 1, E'\\n;--', 'null', '1970-01-01', '1970-01-01', '1970-01-01 00:00:00+00',
             '12345678-1234-1234-1234-123456789abc', '0'),
            (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (5, true, -32768, -2147483648, -9223372036854775808, 1e-30, -99999999.99, 1234567890123456789012345.12345, 0.1, 1e300, '', '', '0001-01-01',
             '1969-12-31 23:59:59.999999', '2024-03-31 01:30:00+00', '00000000-0000-0000-0000-000000000000', '-1 day');
        """

    private actor Kinds {
        static let shared = Kinds()
        private var made: Task<TwoEngines, any Error>?

        func engines() async throws -> TwoEngines {
            if let made { return try await made.value }
            let task = Task { try await TwoEngines(setup: KeyTypeTests.setup) }
            made = task
            return try await task.value
        }
    }

    @Test(
        "into a grouped sub-select of a LEFT JOIN",
        arguments: ["b", "i2", "i4", "i8", "n", "m", "w", "f", "g", "t", "v", "d", "ts", "tz", "u", "iv"])
    func grouped(_ column: String) async throws {
        let sql = """
            SELECT a.\(column) AS k, a.id, g.rows, g.first FROM kinds a
            LEFT JOIN (SELECT \(column), count(*) AS rows, min(id) AS first FROM kinds GROUP BY \(column)) g ON g.\(column) = a.\(column)
            """
        let engines = try await Kinds.shared.engines()
        let keyed = try await engines.keyed(KeyShape(column, sql, key: ["k"], .all))
        #expect(keyed.statement.reach.unreached.isEmpty, "\(keyed.statement.sql)")
        #expect(keyed.lookup.visitsFewRows, "\(keyed.statement.sql)")
        let keys = try await engines.keys(of: keyed.shape)
        #expect(keys.count >= 2)
        for key in keys {
            let expected = try await engines.filtered(keyed, key)
            #expect(try await engines.lookedUp(keyed, key) == expected, "by \(key): \(keyed.statement.sql)")
            #expect(!expected.isEmpty)
        }
    }
}
