import Catalog
import FeatureModel
import Testing

extension CatalogContract {
    @Suite("Bindings and baselines")
    struct Bindings {
        @Test("gives a binding back exactly, also after reopening", arguments: CatalogBackend.allCases)
        func roundTrip(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            let binding = Sample.binding(query: 1, etl: 2)
            try await catalog.save(binding)
            #expect(try await catalog.binding(query: Sample.queryID(1), etl: Sample.etlID(2), project: Sample.project) == binding)
            await catalog.close()
            let reopened = try store.open()
            #expect(try await reopened.bindingKeys() == [binding.key])
            #expect(try await reopened.binding(query: Sample.queryID(1), etl: Sample.etlID(2), project: Sample.project) == binding)
        }

        @Test("keeps one binding for each query, ETL or none, and project", arguments: CatalogBackend.allCases)
        func keys(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let saved = [
                Sample.binding(query: 1, project: Sample.other), Sample.binding(query: 1), Sample.binding(query: 1, etl: 1), Sample.binding(query: 2),
            ]
            for binding in saved.reversed() { try await catalog.save(binding) }
            #expect(try await catalog.bindingKeys() == saved.map(\.key))
            #expect(try await catalog.binding(query: Sample.queryID(1), etl: nil, project: Sample.project) == saved[1])
            #expect(try await catalog.binding(query: Sample.queryID(2), etl: Sample.etlID(1), project: Sample.project) == nil)
        }

        @Test("replaces a binding", arguments: CatalogBackend.allCases)
        func replaces(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            try await catalog.save(Sample.binding(query: 1, sql: "SELECT 1"))
            try await catalog.save(Sample.binding(query: 1, sql: nil))
            #expect(try await catalog.bindingKeys().count == 1)
            #expect(try await catalog.binding(query: Sample.queryID(1), etl: nil, project: Sample.project) == Sample.binding(query: 1, sql: nil))
        }

        @Test("keeps one binding when 64 clients save it at once", arguments: CatalogBackend.allCases)
        func concurrentSaves(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let processes = [try store.open(), try store.open()]
            _ = try await concurrently(64) { try await processes[$0 % 2].save(Sample.binding(query: 1, sql: "SELECT \($0)")) }
            #expect(try await processes[0].bindingKeys().count == 1)
        }

        @Test("gives one servable binding for each state of the tables", arguments: CatalogBackend.allCases)
        func byDefinitions(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            #expect(try await catalog.bindingsByDefinitions().isEmpty)
            for (query, digest, isServable) in [(1, "aa", false), (2, "aa", true), (3, "aa", true), (4, "c", false), (5, "b", true)] {
                try await catalog.save(Sample.binding(query: query, digest: digest, isServable: isServable))
            }
            let found = try await catalog.bindingsByDefinitions()
            #expect(found.map(\.definitionsDigest) == ["aa", "b"])
            #expect(found.allSatisfy { $0.isServable })
            try await catalog.save(Sample.binding(query: 5, digest: "b", isServable: false))
            #expect(try await catalog.bindingsByDefinitions().map(\.definitionsDigest) == ["aa"])
        }

        @Test("refuses a binding of a newer format", arguments: CatalogBackend.allCases)
        func newerFormat(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            try await catalog.save(Sample.binding(query: 1))
            try store.setFormat(9, ofEvery: "bindings")
            let error = await #expect(throws: CatalogError.self) {
                try await catalog.binding(query: Sample.queryID(1), etl: nil, project: Sample.project)
            }
            #expect(error?.kind == .corrupt)
        }

        @Test("numbers baselines from 1, for each query, ETL or none, and project, and answers the newest", arguments: CatalogBackend.allCases)
        func baselines(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            #expect(try await catalog.newestBaseline(query: Sample.queryID(1), etl: nil, project: Sample.project) == nil)
            for number in 1...11 {
                let draft = Sample.baseline(rows: number)
                let baseline = try await catalog.append(draft, query: Sample.queryID(1), etl: nil, project: Sample.project)
                #expect(baseline == Baseline(number: number, draft: draft))
            }
            let draft = Sample.baseline(rows: 99)
            #expect(try await catalog.append(draft, query: Sample.queryID(1), etl: Sample.etlID(1), project: Sample.project).number == 1)
            #expect(try await catalog.append(draft, query: Sample.queryID(1), etl: nil, project: Sample.other).number == 1)
            await catalog.close()
            let newest = try await store.open().newestBaseline(query: Sample.queryID(1), etl: nil, project: Sample.project)
            #expect(newest == Baseline(number: 11, draft: Sample.baseline(rows: 11)))
        }

        @Test("leaves no gap and no number twice when 64 clients append at once", arguments: CatalogBackend.allCases)
        func concurrentAppends(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let processes = [try store.open(), try store.open()]
            let baselines = try await concurrently(64) { number in
                try await processes[number % 2].append(
                    Sample.baseline(rows: number), query: Sample.queryID(1), etl: Sample.etlID(1), project: Sample.project)
            }
            #expect(baselines.map(\.number).sorted() == Array(1...64))
            #expect(baselines.enumerated().allSatisfy { $0.element.draft.rowCount == $0.offset })
        }
    }
}
