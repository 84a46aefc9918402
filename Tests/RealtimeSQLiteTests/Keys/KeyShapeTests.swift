import Differential
import FeatureModel
import Realtime
import SQLDialect
import Testing

@Suite("A key reaches the rows it asks for, and the answer stays PostgreSQL's", .serialized)
struct KeyShapeTests {
    private static let orders = 2_100

    /// The whole tables, and what is left when only one customer's rows are kept.
    private actor Shop {
        static let shared = Shop()
        private var made: [String: Task<TwoEngines, any Error>] = [:]

        func engines(only customer: String = "") async throws -> TwoEngines {
            if let task = made[customer] { return try await task.value }
            let setup = KeyTables.setup(orders: KeyShapeTests.orders) + (customer.isEmpty ? "" : KeyTables.only(customer: customer))
            let task = Task { try await TwoEngines(setup: setup) }
            made[customer] = task
            return try await task.value
        }
    }

    @Test("the tables that it reaches are those that it may", arguments: KeyShape.every)
    func reach(_ shape: KeyShape) async throws {
        let keyed = try await Shop.shared.engines().keyed(shape)
        let reach = keyed.statement.reach
        switch shape.reach {
        case .all:
            #expect(reach.unreached.isEmpty, "\(keyed.statement.sql)")
            #expect(keyed.lookup.visitsFewRows, "SQLite scans: \(keyed.statement.sql)")
        case .allBut(let tables, let words):
            #expect(reach.unreached.map(\.name) == tables, "\(keyed.statement.sql)")
            #expect(!keyed.lookup.visitsFewRows)
            #expect(words.isEmpty || reach.reasons.contains { $0.contains(words) }, "\(reach.reasons)")
        case .shared(let tables):
            #expect(reach.unreached.isEmpty, "\(keyed.statement.sql)")
            #expect(reach.shared.map(\.name) == tables)
        }
    }

    @Test("the rows are those of the whole query with the key's condition around it", arguments: KeyShape.every)
    func sameRows(_ shape: KeyShape) async throws {
        let engines = try await Shop.shared.engines()
        let keyed = try await engines.keyed(shape)
        let present = try await engines.keys(of: shape)
        #expect(!present.isEmpty)
        let absent = shape.key.map { _ in "123456789" }
        for key in present + [absent] {
            let (expected, found) = (try await engines.filtered(keyed, key), try await engines.lookedUp(keyed, key))
            #expect(found == expected, "by \(key): \(keyed.statement.sql)")
        }
    }

    @Test("with an ETL they are those of the one query that somebody would write by hand", arguments: KeyShape.every.filter { $0.byHand != nil })
    func byHand(_ shape: KeyShape) async throws {
        let engines = try await Shop.shared.engines()
        let byHand = try #require(shape.writtenByHand)
        let (keyed, written) = (try await engines.keyed(shape), try await engines.keyed(byHand))
        for key in try await engines.keys(of: shape) {
            let (found, expected) = (try await engines.lookedUp(keyed, key), try await engines.lookedUp(written, key))
            #expect(found == expected, "by \(key): \(keyed.statement.sql)")
        }
    }

    @Test("without the rows of other customers it is the same answer, unless the report says otherwise", arguments: KeyShape.every)
    func hotRows(_ shape: KeyShape) async throws {
        let engines = try await Shop.shared.engines()
        let keyed = try await engines.keyed(shape)
        let isLocal = !keyed.statement.reach.shared.contains { KeyTables.ofCustomers.contains($0.name) }
        if shape.reach == .all, shape.name != "LEFT JOIN through what a LEFT JOIN found" { #expect(isLocal, "\(keyed.statement.reach)") }
        guard isLocal else { return }
        for customer in ["7", "38", "200"] {
            let hot = try await Shop.shared.engines(only: customer)
            let hotKeyed = try await hot.keyed(shape)
            for key in try await engines.keys(of: shape, first: customer) {
                #expect(try await hot.lookedUp(hotKeyed, key) == engines.filtered(keyed, key), "by \(key): \(keyed.statement.sql)")
            }
        }
    }
}
