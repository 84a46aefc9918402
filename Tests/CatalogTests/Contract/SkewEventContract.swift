import Catalog
import FeatureModel
import Testing

extension CatalogContract {
    @Suite("Skew events")
    struct SkewEvents {
        @Test("lists the events of a project newest first, all or those of a query", arguments: CatalogBackend.allCases)
        func list(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            let events = (0..<6).map { Sample.event($0, query: $0 % 2) }
            for event in events.shuffled() { try await catalog.record(event) }
            try await catalog.record(Sample.event(99, project: Sample.other))
            await catalog.close()
            let reopened = try store.open()
            #expect(try await reopened.skewEvents(project: Sample.project, query: nil, limit: 100) == events.reversed())
            #expect(try await reopened.skewEvents(project: Sample.project, query: nil, limit: 2) == [events[5], events[4]])
            #expect(
                try await reopened.skewEvents(project: Sample.project, query: Sample.queryID(1), limit: 100) == [events[5], events[3], events[1]])
            #expect(try await reopened.skewEvents(project: Sample.project, query: nil, limit: 0).isEmpty)
        }

        @Test("lists later ones of the same moment first", arguments: CatalogBackend.allCases)
        func sameMoment(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let (first, second) = (Sample.event(1, query: 1), Sample.event(1, query: 2))
            try await catalog.record(first)
            try await catalog.record(second)
            #expect(try await catalog.skewEvents(project: Sample.project, query: nil, limit: 9) == [second, first])
        }

        @Test("keeps the newest of each project and lets older ones go", arguments: CatalogBackend.allCases)
        func trims(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open(retainedSkewEvents: 20)
            let quiet = Sample.event(0, project: Sample.other)
            try await catalog.record(quiet)
            for number in 0..<200 { try await catalog.record(Sample.event(number)) }
            let kept = try await catalog.skewEvents(project: Sample.project, query: nil, limit: 1_000)
            #expect((20..<100).contains(kept.count))
            #expect(kept == (0..<200).map { Sample.event($0) }.suffix(kept.count).reversed())
            #expect(try await catalog.skewEvents(project: Sample.other, query: nil, limit: 1_000) == [quiet])
        }

        @Test("loses none when 64 clients record at once", arguments: CatalogBackend.allCases)
        func concurrent(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            _ = try await concurrently(64) { try await catalog.record(Sample.event($0)) }
            #expect(try await catalog.skewEvents(project: Sample.project, query: nil, limit: 100) == (0..<64).map { Sample.event($0) }.reversed())
        }
    }
}
