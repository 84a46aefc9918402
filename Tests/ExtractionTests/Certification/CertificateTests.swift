import Catalog
import CatalogSQLite
@testable import Extraction
import FeatureModel
import TestServers
import Testing

@Suite("Certificates of saved queries", .timeLimit(.minutes(3)))
struct CertificateTests {
    private static let setup = """
        CREATE TABLE orders (order_id bigint PRIMARY KEY, customer_id int, amount numeric(10,2), status text, at timestamptz);
        CREATE INDEX ON orders (customer_id);
        INSERT INTO orders SELECT n, n % 10, n * 1.25, CASE WHEN n % 3 = 0 THEN 'paid' ELSE 'open' END, timestamptz '2024-01-01' + n * interval '1 hour'
        FROM generate_series(1, 200) n;
        """
    private static let sql = """
        SELECT customer_id, count(*) AS n, sum(amount) FILTER (WHERE status = 'paid') AS paid, max(at) AS last FROM orders GROUP BY customer_id
        """

    private func run(_ body: (Workshop) async throws -> Void) async throws {
        let workshop = try await Workshop(Self.setup)
        do {
            try await body(workshop)
            await workshop.close()
        } catch {
            await workshop.close()
            throw error
        }
    }

    private func id(_ answer: JSONValue) throws -> QueryID { try #require(answer["query_id"]?.string.flatMap { QueryID($0) }) }

    @Test("is made at save, answered, kept, and shown with the query")
    func atSave() async throws {
        try await run { workshop in
            let saved = try await workshop.train(Self.sql, key: "customer_id")
            let certificate = try #require(saved["realtime"]?["certificate"])
            #expect(saved["realtime"]?["servable"] == true)
            #expect(certificate["verdict"] == "identical")
            #expect(certificate["keys"] == [["customer_id"]])
            #expect(certificate["compared"]?.int ?? 0 > 20 && certificate["rows"]?.int ?? 0 > 100, "\(certificate)")
            let record = try #require(try await workshop.catalog.binding(query: id(saved), etl: nil, project: .defaultProject)?.certificate)
            #expect(record.json == certificate)
            #expect(record.basis.serverVersion >= 150_000 && record.basis.timeZone == "UTC" && record.basis.statementsDigest.count == 64)
            let shown = try await workshop.useCases.listing.query(.id(id(saved)), project: .defaultProject)
            #expect(shown["realtime"]?["certificate"] == certificate)
        }
    }

    @Test("is not made twice for the same statements over the same tables")
    func reused() async throws {
        try await run { workshop in
            let first = try await workshop.train(Self.sql, key: "customer_id")
            let stages = workshop.lying.count
            let second = try await workshop.train(Self.sql, key: "customer_id")
            #expect(first["realtime"]?["certificate"] == second["realtime"]?["certificate"])
            #expect(workshop.lying.count == stages)
        }
    }

    @Test("a difference is shown over the fewest rows, and the query is saved and not served")
    func refused() async throws {
        try await run { workshop in
            workshop.lying.turn(on: true)
            let saved = try await workshop.train(Self.sql, key: "customer_id")
            #expect(saved["realtime"]?["servable"] == false)
            #expect(saved["data"]?.array?.count == 10, "training goes on")
            let reason = try #require(saved["realtime"]?["reasons"]?.array?.first)
            #expect(reason["construct"] == "an answer that is not PostgreSQL's")
            let example = try #require(saved["realtime"]?["certificate"]?["example"])
            #expect(example["tables"]?.array?.count == 1 && example["tables"]?.array?[0]["rows"]?.array?.count == 1, "\(example)")
            #expect(example["postgres"]?.array?.count == 1 && example["realtime"]?.array?.isEmpty == true)
            #expect(reason["hint"]?.string?.contains("over public.orders (customer_id, amount, status, at) = (") == true, "\(reason)")
            let id = try id(saved)
            await #expect { try await workshop.realtime(id, key: "customer_id", value: 3) } throws: { ($0 as? any Failure)?.code == "not_servable" }
            let required = await #expect(throws: ExtractionError.self) {
                try await workshop.train(Self.sql, key: "customer_id", requireRealtime: true)
            }
            #expect(required?.code == "not_servable")
        }
    }

    @Test("verifying again serves a query whose engines agree now, and refuses one whose engines part now")
    func verified() async throws {
        try await run { workshop in
            workshop.lying.turn(on: true)
            let id = try id(try await workshop.train(Self.sql, key: "customer_id"))
            workshop.lying.turn(on: false)
            let agreed = try await workshop.useCases.verifyQuery.run(.id(id), etl: nil, project: .defaultProject, seed: 99)
            #expect(agreed["realtime"]?["servable"] == true && agreed["realtime"]?["certificate"]?["seed"] == 99, "\(agreed)")
            let isServed = try await workshop.until { (try? await workshop.realtime(id, key: "customer_id", value: 3))?["data"]?.array?.count == 1 }
            #expect(isServed)
            workshop.lying.turn(on: true)
            let parted = try await workshop.useCases.verifyQuery.run(.id(id), etl: nil, project: .defaultProject, seed: nil)
            #expect(parted["realtime"]?["servable"] == false && parted["realtime"]?["certificate"]?["verdict"] == "different")
            await #expect { try await workshop.realtime(id, key: "customer_id", value: 3) } throws: { ($0 as? any Failure)?.code == "not_servable" }
            let binding = try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)
            #expect(binding?.isServable == false && binding?.certificate?.verdict == .different)
        }
    }

    @Test("is made anew in the background once a table is another; serving goes on meanwhile and ends with a difference")
    func altered() async throws {
        try await run { workshop in
            let saved = try await workshop.train(Self.sql, key: "customer_id")
            let id = try id(saved)
            func certificate() async throws -> CertificateRecord? {
                try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)?.certificate
            }
            let first = try #require(try await certificate())
            try workshop.database.run("ALTER TABLE orders ADD COLUMN note text")
            let isRenewed = try await workshop.until {
                guard let now = try await certificate() else { return false }
                return now.basis.definitionsDigest != first.basis.definitionsDigest && now.verdict == .identical
            }
            #expect(isRenewed)
            let report = try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)?.report
            #expect(report?.lookups.map(\.key) == [["customer_id"]], "the plans are those over the tables as they are now")
            workshop.lying.turn(on: true)
            try workshop.database.run("ALTER TABLE orders ADD COLUMN remark text")
            let isRefused = try await workshop.until {
                do {
                    _ = try await workshop.realtime(id, key: "customer_id", value: 3)
                    return false
                } catch let failure as any Failure { return failure.code == "not_servable" }
            }
            #expect(isRefused)
            // Refused at once, written down a moment later.
            let isKept = try await workshop.until { try await certificate()?.verdict == .different }
            #expect(isKept)
        }
    }

    @Test("is made before the first answer by a key that was not declared at save")
    func atFirstCall() async throws {
        try await run { workshop in
            let id = try id(try await workshop.train(Self.sql, key: "customer_id"))
            #expect(try await workshop.realtimeOnceLoaded(id, key: "n", value: 20)["data"]?.array?.count == 10)
            let certificate = try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)?.certificate
            #expect(certificate?.keys == [["customer_id"], ["n"]] && certificate?.verdict == .identical, "\(String(describing: certificate))")
            workshop.lying.turn(on: true)
            await #expect { try await workshop.realtimeOnceLoaded(id, key: "paid", value: "21.25") } throws: { ($0 as? any Failure)?.code == "not_servable" }
            let refused = try await workshop.catalog.binding(query: id, etl: nil, project: .defaultProject)
            #expect(refused?.isServable == false && refused?.certificate?.verdict == .different)
        }
    }

    @Test("a text is tried out without being saved, with both engines' rows side by side")
    func dryRun() async throws {
        try await run { workshop in
            let tried = try await workshop.useCases.verifyQuery.run(sql: Self.sql, request: nil, entityKey: ["customer_id"], seed: 5)
            #expect(tried["query_id"] == .null && tried["realtime"]?["certificate"]?["verdict"] == "identical", "\(tried)")
            let sample = try #require(tried["sample"])
            #expect(sample["postgres"]?.array?.count == 10)
            #expect(Set(sample["postgres"]?.array ?? []) == Set(sample["realtime"]?.array ?? []))
            #expect(try await workshop.catalog.bindingKeys().isEmpty)
            let unservable = try await workshop.useCases.verifyQuery.run(sql: "SELECT order_id, random() AS r FROM orders", request: nil, entityKey: nil, seed: nil)
            #expect(unservable["realtime"]?["servable"] == false && unservable["realtime"]?["certificate"] == nil)
            #expect(unservable["realtime"]?["reasons"]?.array?.isEmpty == false)
        }
    }
}
