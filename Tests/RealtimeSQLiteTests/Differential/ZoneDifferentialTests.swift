import Differential
import Testing

/// What a day, and a timestamp beside a timestamptz, mean where the clocks change.
@Suite("In a zone with daylight saving both engines give the same rows")
struct ZoneDifferentialTests {
    private static let setup = """
        CREATE TABLE visits(id int PRIMARY KEY, g int NOT NULL, tz timestamptz, ts timestamp);
        INSERT INTO visits SELECT i, i % 2, timestamptz '2024-03-09 12:00:00+00' + i * interval '7 hours 30 minutes', timestamp '2024-03-09 07:00:00' + i * interval '7 hours 30 minutes'
        FROM generate_series(0, 12) i;
        INSERT INTO visits SELECT 20 + i, i % 2, timestamptz '2024-11-02 12:00:00+00' + i * interval '6 hours', timestamp '2024-11-02 08:00:00' + i * interval '6 hours'
        FROM generate_series(0, 12) i;
        INSERT INTO visits VALUES (40, 0, NULL, NULL), (41, 0, '2024-04-10 07:00:00+00', '2024-03-10 02:30:00'), (42, 1, '2024-12-03 06:00:00+00', '2024-11-03 01:30:00');
        """

    private static let queries = [
        "SELECT g, id, count(*) OVER (PARTITION BY g ORDER BY tz RANGE interval '1 day' PRECEDING) AS a, sum(id) OVER (PARTITION BY g ORDER BY tz DESC RANGE interval '1 day 12 hours' PRECEDING) AS b, "
            + "max(ts) OVER (PARTITION BY g ORDER BY tz RANGE BETWEEN interval '2 days' PRECEDING AND interval '1 day' PRECEDING) AS c, "
            + "count(*) OVER (ORDER BY tz RANGE interval '24 hours' PRECEDING) AS d, count(*) OVER (ORDER BY ts RANGE interval '1 day' PRECEDING) AS e, "
            + "sum(id) OVER (ORDER BY tz RANGE BETWEEN interval '1 month' PRECEDING AND CURRENT ROW) AS f FROM visits",
        "SELECT id, tz IN (SELECT ts FROM visits) AS a, ts IN (SELECT tz FROM visits WHERE tz IS NOT NULL) AS b, (tz, id) IN (SELECT ts, id FROM visits) AS c, CASE tz WHEN ts THEN 1 ELSE 0 END AS d FROM visits",
        "SELECT id, array_agg(tz ORDER BY tz) AS list FROM visits GROUP BY id ORDER BY array_agg(tz ORDER BY tz), id",
    ]

    @Test("frames by days and months, IN over moments of the other kind, arrays of moments")
    func sameRows() async throws {
        let engines = try await TwoEngines(setup: Self.setup, timeZone: "America/New_York")
        for query in Self.queries {
            let verdict = try await engines.compare(query, keys: ["id"])
            guard case .identical(let rows) = verdict else {
                Issue.record("\(verdict): \(query)")
                continue
            }
            #expect(rows > 20)
        }
        await engines.close()
    }
}
