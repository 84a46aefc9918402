import Catalog
import FeatureModel
import Testing

extension CatalogContract {
    @Suite("Names")
    struct Names {
        @Test("gives a taken name the next version, and leaves older versions as they are", arguments: CatalogBackend.allCases)
        func versions(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            let first = try await catalog.assign(Sample.draft("risk", query: 1))
            let second = try await catalog.assign(Sample.draft("risk", query: 2, etl: 1))
            let third = try await catalog.assign(Sample.draft("risk", query: 1))
            #expect([first, second, third].map(\.version) == [1, 2, 3])
            #expect(second.etlID == Sample.etlID(1) && second.owner == "ada")
            await catalog.close()
            let reopened = try store.open()
            #expect(try await reopened.name(Sample.name("risk"), version: 1, project: Sample.project) == first)
            #expect(try await reopened.name(Sample.name("risk"), version: 2, project: Sample.project) == second)
            #expect(try await reopened.name(Sample.name("risk"), version: nil, project: Sample.project) == third)
            #expect(try await reopened.name(Sample.name("risk"), version: 4, project: Sample.project) == nil)
            #expect(try await reopened.name(Sample.name("none"), version: nil, project: Sample.project) == nil)
        }

        @Test("answers the newest version again while the ids are the same", arguments: CatalogBackend.allCases)
        func sameIDs(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            let first = try await catalog.assign(Sample.draft("risk", query: 1, etl: 1))
            #expect(try await catalog.assign(Sample.draft("risk", query: 1, etl: 1)) == first)
            #expect(try await catalog.assign(Sample.draft("risk", query: 1)).version == 2)
        }

        @Test("keeps projects apart, and tells upper from lower case", arguments: CatalogBackend.allCases)
        func projects(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            _ = try await catalog.assign(Sample.draft("risk", query: 1))
            #expect(try await catalog.assign(Sample.draft("risk", query: 2, project: Sample.other)).version == 1)
            #expect(try await catalog.assign(Sample.draft("Risk", query: 2)).version == 1)
        }

        @Test("lists every version of a project, by name and version", arguments: CatalogBackend.allCases)
        func list(_ backend: CatalogBackend) async throws {
            let catalog = try backend.store().open()
            for number in 1...11 { _ = try await catalog.assign(Sample.draft("b", query: number)) }
            _ = try await catalog.assign(Sample.draft("a", query: 1))
            _ = try await catalog.assign(Sample.draft("C", query: 1))
            _ = try await catalog.assign(Sample.draft("z", query: 1, project: Sample.other))
            let listed = try await catalog.names(project: Sample.project)
            #expect(listed.map { "\($0.name)@\($0.version)" } == ["C@1", "a@1"] + (1...11).map { "b@\($0)" })
        }

        @Test("gives 64 clients of two processes 64 versions for different ids", arguments: CatalogBackend.allCases)
        func distinct(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let processes = [try store.open(), try store.open()]
            let records = try await concurrently(64) { try await processes[$0 % 2].assign(Sample.draft("risk", query: $0)) }
            #expect(records.map(\.version).sorted() == Array(1...64))
            #expect(try await processes[0].names(project: Sample.project) == records.sorted { $0.version < $1.version })
        }

        @Test("gives 64 clients one version for the same ids", arguments: CatalogBackend.allCases)
        func same(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let processes = [try store.open(), try store.open()]
            let records = try await concurrently(64) { try await processes[$0 % 2].assign(Sample.draft("risk", query: 1)) }
            #expect(Set(records).count == 1 && records[0].version == 1)
        }

        @Test("refuses a name of a newer format rather than counting on from it", arguments: CatalogBackend.allCases)
        func newerFormat(_ backend: CatalogBackend) async throws {
            let store = try backend.store()
            let catalog = try store.open()
            _ = try await catalog.assign(Sample.draft("risk", query: 1))
            try store.setFormat(2, ofEvery: "names")
            let error = await #expect(throws: CatalogError.self) { try await catalog.assign(Sample.draft("risk", query: 2)) }
            #expect(error?.kind == .corrupt)
            await #expect(throws: CatalogError.self) { try await catalog.names(project: Sample.project) }
        }
    }
}
