import Catalog
import FeatureModel
import Foundation
import Testing

extension CatalogContract {
    @Suite("Contents")
    struct Contents {
        @Test("answers nil for an unknown id", arguments: CatalogBackend.allCases)
        func unknown(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            #expect(try await catalog.query(Sample.queryID(1)) == nil)
            #expect(try await catalog.etl(Sample.etlID(1)) == nil)
            #expect(try await catalog.queries(limit: 10, after: nil).isEmpty)
        }

        @Test("gives a query and an ETL back exactly, whatever their text holds", arguments: CatalogBackend.allCases)
        func roundTrip(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            let query = QueryContent(
                id: Sample.queryID(1), sql: Sample.awkward, canonicalDigest: "d", createdAt: Date(timeIntervalSince1970: 1_000.123_456_7),
                createdBy: Sample.awkward)
            let etl = ETLContent(
                id: Sample.etlID(1), language: .python, source: Sample.awkward, origin: "etl/demo.py", canonicalDigest: "d",
                createdAt: .distantFuture,
                createdBy: "")
            #expect(try await catalog.insert(query) == query)
            #expect(try await catalog.insert(etl) == etl)
            #expect(try await catalog.query(query.id) == query)
            #expect(try await catalog.etl(etl.id) == etl)
            // Swift calls canonically equivalent strings equal; the bytes have to be.
            #expect(try await catalog.query(query.id).map { Array($0.sql.utf8) } == Array(Sample.awkward.utf8))
            await catalog.close()
            let reopened = try store.open()
            #expect(try await reopened.query(query.id) == query)
            #expect(try await reopened.etl(etl.id) == etl)
        }

        @Test("keeps queries and ETLs of one id apart", arguments: CatalogBackend.allCases)
        func kinds(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            _ = try await catalog.insert(Sample.query(1))
            #expect(try await catalog.etl(Sample.etlID(1)) == nil)
        }

        @Test("keeps the first text saved under an id", arguments: CatalogBackend.allCases)
        func firstTextStays(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let first = Sample.query(1, sql: "SELECT 1 AS a")
            _ = try await catalog.insert(first)
            #expect(try await catalog.insert(Sample.query(1, sql: "select 1   as a -- again", at: 5)) == first)
            #expect(try await catalog.query(first.id) == first)
        }

        @Test("refuses other content under a known id", arguments: CatalogBackend.allCases)
        func collision(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let first = Sample.query(1, digest: "one")
            _ = try await catalog.insert(first)
            let error = await #expect(throws: CatalogError.self) { try await catalog.insert(Sample.query(1, sql: "SELECT 2", digest: "two")) }
            #expect(error?.kind == .identityCollision)
            #expect(try await catalog.query(first.id) == first)
        }

        @Test("leaves one document when 64 clients of two processes save the same query", arguments: CatalogBackend.allCases)
        func concurrentSaves(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let processes = [try store.open(), try store.open()]
            let answers = try await concurrently(64) { number in
                try await processes[number % 2].insert(Sample.query(1, sql: "SELECT \(String(repeating: " ", count: number))1", at: number))
            }
            #expect(Set(answers).count == 1)
            #expect(try await processes[0].queries(limit: 100, after: nil) == [answers[0]])
        }

        @Test("lists newest first, page by page, each content once", arguments: CatalogBackend.allCases)
        func pages(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            // Two at every moment: the id decides between them.
            let saved = try await concurrently(25) { try await catalog.insert(Sample.etl($0, at: $0 / 2)) }
            var listed: [ETLContent] = []
            var after: ETLID?
            repeat {
                let page = try await catalog.etls(limit: 10, after: after)
                listed += page
                after = page.last?.id
            } while after != nil
            #expect(listed == saved.sorted { ($0.createdAt, $0.id.hex) > ($1.createdAt, $1.id.hex) })
            #expect(try await catalog.etls(limit: 0, after: nil).isEmpty)
            #expect(try await catalog.etls(limit: 10, after: Sample.etlID(999)).isEmpty)
        }

        @Test("refuses a document that is too large, and goes on", arguments: CatalogBackend.allCases)
        func tooLarge(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let error = await #expect(throws: CatalogError.self) {
                try await catalog.insert(Sample.etl(1, source: String(repeating: "x", count: 16 << 20)))
            }
            #expect(error?.kind == .tooLarge)
            let large = Sample.etl(2, source: String(repeating: "y", count: 8 << 20))
            #expect(try await catalog.insert(large) == large)
        }

        @Test("refuses a document of a newer format and a damaged one, saying which it is", arguments: CatalogBackend.allCases)
        func unreadable(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            _ = try await catalog.insert(Sample.query(1))
            _ = try await catalog.insert(Sample.etl(1))
            try store.setFormat(2, ofEvery: "queries")
            try store.remove("source", ofEvery: "etls")
            let newer = await #expect(throws: CatalogError.self) { try await catalog.query(Sample.queryID(1)) }
            #expect(newer?.kind == .corrupt)
            #expect(newer?.message.contains("newer format") == true && newer?.message.contains(Sample.queryID(1).hex) == true)
            await #expect(throws: CatalogError.self) { try await catalog.queries(limit: 1, after: nil) }
            await #expect(throws: CatalogError.self) { try await catalog.insert(Sample.query(1)) }
            let damaged = await #expect(throws: CatalogError.self) { try await catalog.etl(Sample.etlID(1)) }
            #expect(damaged?.kind == .corrupt)
            #expect(damaged?.reason.contains("source") == true)
        }
    }
}
