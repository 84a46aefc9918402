import Differential
import Realtime
import Testing

@Suite("Rows that tie where some are left out") struct TiedKeyTests {
    @Test(
        "are each an error when asked for by a key, whichever of them chance would keep",
        arguments: [
            "SELECT id, g FROM tied ORDER BY g, score LIMIT 2",
            "SELECT id, g FROM tied ORDER BY g, score OFFSET 2",
            "SELECT DISTINCT ON (g) g, id FROM tied WHERE id > 1 ORDER BY g, score",
        ])
    func eachIsAnError(_ sql: String) async throws {
        let shop = try await TwoEngines(
            setup: "CREATE TABLE tied(id int PRIMARY KEY, g int, score int); INSERT INTO tied VALUES (1, 1, 1), (2, 1, 5), (3, 1, 5), (4, 1, 9)")
        let keyed = try await shop.keyed(KeyShape("tied", sql, key: ["id"]))
        for id in ["2", "3"] {
            let error = await #expect(throws: RealtimeError.self) { try await shop.lookedUp(keyed, [id]) }
            #expect(error?.sqlstate == "P0001", "\(id)")
        }
        let others = try await shop.lookedUp(keyed, ["1"]).count + shop.lookedUp(keyed, ["4"]).count
        #expect(others == (sql.contains("DISTINCT") ? 0 : 1))
        await shop.close()
    }
}
